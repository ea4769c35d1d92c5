/// What a ``CircuitBreaker`` decides.
public enum CircuitBreakerEvent: Hashable, Sendable {
    case admitted(isTrial: Bool)
    /// A call fails fast. retryAfter: until trials are let through; `nil`: not known.
    case rejected(retryAfter: Duration?)
    /// A call has ended. counted: as what, `nil` when it does not count; measure: what the trip test compares then.
    case recorded(counted: CircuitBreakerRecord.Counted?, measure: CircuitBreakerMeasure)
    case changed(CircuitBreakerTransition)
}
