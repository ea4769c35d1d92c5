/// How a piece of work ended. Raw values are part of the trace's format: never renumber.
public enum Outcome: UInt8, CaseIterable, Sendable {
    /// Not ended yet, or the event has no outcome.
    case none = 0
    case ok = 1
    /// The work was done and the answer is an error: HTTP's 500.
    case failed = 2
    /// Not accepted: the backend's queue was full.
    case rejected = 3
    /// Not accepted: the backend was down.
    case refused = 4
    case timedOut = 5
    case cancelled = 6
    /// The connection broke before the answer came.
    case reset = 7

    // Answers of a backend that is up and says no.
    /// 503.
    case unavailable = 8
    /// 429.
    case throttled = 9
    /// 400: the request is wrong, and stays wrong.
    case badRequest = 10
    /// 401.
    case unauthorized = 11
    /// 403.
    case forbidden = 12
    /// 404.
    case notFound = 13
    /// 409: someone else has changed the row since it was read.
    case conflict = 14

    // Decisions of a policy, before anything was sent.
    /// A circuit breaker is open.
    case shortCircuited = 20
    /// A bulkhead is full, or sent the call away from its queue.
    case shed = 21
    /// A rate limiter has no permit.
    case limited = 22

    public var isSuccess: Bool { self == .ok }

    /// Which of the few groups of a summary it counts in.
    public var group: Group {
        switch self {
        case .none, .cancelled: .cancelled
        case .ok: .ok
        case .timedOut: .timedOut
        case .rejected, .refused, .shortCircuited, .shed, .limited: .rejected
        case .failed, .reset, .unavailable, .throttled, .badRequest, .unauthorized, .forbidden, .notFound, .conflict:
            .failed
        }
    }

    /// What summaries tell apart.
    public enum Group: Hashable, Sendable, CaseIterable {
        case ok
        /// It was tried, and the answer is an error.
        case failed
        /// It was not tried.
        case rejected
        case timedOut
        case cancelled
    }
}
