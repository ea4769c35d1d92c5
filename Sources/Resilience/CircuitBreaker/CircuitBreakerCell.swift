/// A part of a circuit breaker's window: some calls, or all calls of a stretch of time.
public struct CircuitBreakerCell: Hashable, Sendable {
    public var calls: Int
    public var failures: Int
    public var slow: Int

    public init(calls: Int = 0, failures: Int = 0, slow: Int = 0) {
        self.calls = calls
        self.failures = failures
        self.slow = slow
    }

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
