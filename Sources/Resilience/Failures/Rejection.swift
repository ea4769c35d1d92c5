/// The error of work that a policy turned away: mostly before it began, see ``hasBegun``.
public struct Rejection: ClassifiedError, Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A circuit breaker is open.
        case circuitOpen
        /// A bulkhead has no room.
        case bulkheadFull
        /// A bulkhead sent it away from its queue.
        case shed
        /// A rate limiter has no permit.
        case rateLimited
        /// Adaptive throttling: the backend turns too much away.
        case throttled
    }

    public var reason: Reason
    /// When it may be worth asking again, where the policy knows.
    public var retryAfter: Duration?
    /// Whether the work was done and failed: pybreaker's answer to the call that opens it.
    public var hasBegun: Bool

    public init(_ reason: Reason, retryAfter: Duration? = nil, hasBegun: Bool = false) {
        self.reason = reason
        self.retryAfter = retryAfter
        self.hasBegun = hasBegun
    }

    /// Only what the other side of a call says counts as Retry-After: a retry does not wait for ``retryAfter``.
    public var failure: Failure { Failure(hasBegun ? .other : .policy) }
}
