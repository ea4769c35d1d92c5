import Resilience

/// A circuit breaker under test: times are milliseconds since it was made.
final class BreakerStand {
    typealias Instant = ContinuousClock.Instant

    private static let start = ContinuousClock.now
    private(set) var core: CircuitBreakerCore<Instant>
    private(set) var transitions: [CircuitBreakerTransition] = []

    init(_ rules: CircuitBreakerRules) { core = CircuitBreakerCore(rules, at: Self.start) }

    static func instant(_ milliseconds: Double) -> Instant {
        start.advanced(by: .exact(milliseconds: milliseconds))
    }

    var state: CircuitBreakerState { core.state }
    /// Why it got into its state.
    var reason: CircuitBreakerTransition.Reason? { transitions.last?.reason }

    func admit(at time: Double) -> CircuitBreakerPermit? {
        let admission = core.admit(at: Self.instant(time))
        transitions += Array(admission.transitions)
        if case .admitted(let permit) = admission.decision { return permit }
        return nil
    }

    /// The wait that a rejection speaks of. `nil`: admitted, or not known.
    func retryAfter(at time: Double) -> Duration? {
        if case .rejected(let wait) = core.admit(at: Self.instant(time)).decision { return wait }
        return nil
    }

    @discardableResult func record(
        _ result: CircuitBreakerResult, _ permit: CircuitBreakerPermit, took: Duration = .zero, at time: Double
    ) -> CircuitBreakerRecord {
        let record = core.record(result, took: took, permit, at: Self.instant(time))
        transitions += Array(record.transitions)
        return record
    }

    /// A call that ends at once. Gives whether it was let through.
    @discardableResult func call(
        _ result: CircuitBreakerResult, took: Duration = .zero, at time: Double
    ) -> Bool {
        guard let permit = admit(at: time) else { return false }
        record(result, permit, took: took, at: time)
        return true
    }

    func calls(_ count: Int, _ result: CircuitBreakerResult, at time: Double) {
        for _ in 0..<count { call(result, at: time) }
    }

    func tick(at time: Double) { transitions += Array(core.tick(at: Self.instant(time))) }
    func read(at time: Double) { transitions += Array(core.read(at: Self.instant(time))) }
    func force(_ state: CircuitBreakerState, at time: Double) {
        transitions += Array(core.force(state, at: Self.instant(time)))
    }
    func change(_ rules: CircuitBreakerRules, at time: Double) {
        transitions += Array(core.change(rules, at: Self.instant(time)))
    }
    func snapshot(at time: Double) -> CircuitBreakerSnapshot { core.snapshot(at: Self.instant(time)) }
    func timeToTick(at time: Double) -> Duration? { core.timeToTick(at: Self.instant(time)) }
}

extension CircuitBreakerRules {
    /// The same simple breaker in every profile: half of at least 4 calls in 10 s; open for 5 s.
    static func ratio(_ profile: CircuitBreakerProfile, trials: Int = 1) throws -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: profile, trip: .ratio(0.5, minimum: 4), window: .time(.seconds(10)), open: .fixed(.seconds(5)),
            trials: trials, tick: profile == .envoy ? .seconds(1) : nil)
    }

    /// The same simple breaker in every profile: 3 failures in a row; open for 5 s.
    static func consecutive(_ profile: CircuitBreakerProfile, trials: Int = 1) throws -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: profile, trip: .consecutive(3), open: .fixed(.seconds(5)), trials: trials,
            tick: profile == .envoy ? .seconds(1) : nil)
    }
}
