/// What a circuit breaker does with calls.
public enum CircuitBreakerState: String, Hashable, Sendable, CaseIterable {
    /// Lets them through and counts their results.
    case closed
    /// Turns them away, for a time.
    case open
    /// Lets a few through, to see how they do.
    case halfOpen
    /// Turns them away until told otherwise.
    case forcedOpen
    /// Lets them through and counts nothing.
    case disabled
    /// Lets them through, counts, and never opens.
    case metricsOnly
}
