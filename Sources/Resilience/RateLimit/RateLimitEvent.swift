/// What a rate limiter decided.
public enum RateLimitEvent: Hashable, Sendable {
    /// available: permits left after it.
    case admitted(available: Double)
    /// It passes after a wait.
    case delayed(Duration, available: Double)
    case rejected(retryAfter: Duration?)
}
