/// How a call that goes wrong is answered.
public enum ErrorAnswer: Hashable, Sendable {
    /// 500, after the service time.
    case failed
    /// The connection breaks, after the service time.
    case reset
    /// Any of ``statuses``; at once, without a slot, for 429 and 503.
    /// `retryAfter`: how long the backend asks callers to wait.
    case status(Int, retryAfter: Duration? = nil)

    /// The statuses that a backend can answer with.
    public static let statuses = [400, 401, 403, 404, 409, 429, 500, 503]
}
