/// A part of a circuit breaker's window: some calls, or all calls of a stretch of time.
public struct CircuitBreakerCell: Hashable, Sendable {
    public var calls = 0
    public var failures = 0
    public var slow = 0

    mutating func add(failed: Bool, slow isSlow: Bool) {
        calls += 1
        if failed { failures += 1 }
        if isSlow { slow += 1 }
    }

    mutating func subtract(_ other: CircuitBreakerCell) {
        calls -= other.calls
        failures -= other.failures
        slow -= other.slow
    }
}
