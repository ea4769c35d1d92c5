/// What went wrong, as policies tell failures apart.
public enum FailureKind: Hashable, Sendable {
    /// No answer in time.
    case timeout
    /// Nothing listens there, or it takes no connection: the call has not begun.
    case refused
    /// The connection broke before the answer was complete.
    case reset
    /// The other side has no room and has not begun.
    case rejected
    /// An answer with this HTTP status.
    case status(Int)
    /// A policy further in said no (circuit open, bulkhead full, no permit): nothing was sent.
    case policy
    /// The work was cancelled.
    case cancelled
    /// Anything else.
    case other

    /// Whether it is certain that the call has not begun, so that doing it again does it once.
    ///
    /// It speaks of the call that failed. Work of several calls may have done some of them: say that such work is not
    /// idempotent, and guard its calls one by one.
    public var isBeforeStart: Bool {
        switch self {
        case .refused, .rejected, .policy: true
        case .timeout, .reset, .status, .cancelled, .other: false
        }
    }
}
