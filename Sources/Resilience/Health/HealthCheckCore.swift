/// The counter that turns checks into a state: HAProxy's (`src/check.c`).
///
/// It goes from 0 to `rise + fall - 1`; from `rise` on the server is up. A check that passes adds 1, and once `rise` is
/// reached the counter jumps to the top; one that fails takes 1 away, and below `rise` the counter drops to 0. So it
/// takes `fall` failures in a row to go down and `rise` successes in a row to come up. A server that was never checked
/// has the counter `rise`, as HAProxy's `init-state up` has it: the first check that fails takes it down, whatever
/// `fall` says, and the first that passes brings it to the top; see ``HealthCheckRules/Start-swift.enum``. When to
/// check is the caller's: after ``nextInterval``.
public struct HealthCheckCore: Hashable, Sendable {
    public let rules: HealthCheckRules
    /// The counter.
    public private(set) var health: Int
    /// Calls that have failed since one succeeded or a check passed.
    public private(set) var errors = 0
    private var isHurried = false

    public init(_ rules: HealthCheckRules) {
        self.rules = rules
        health =
            switch rules.start {
            case .fullyUp: rules.top
            case .up: rules.rise
            case .down: rules.rise - 1
            case .fullyDown: 0
            }
    }

    public var state: HealthState { health >= rules.rise ? .up : .down }

    /// How long to wait before the next check.
    public var nextInterval: Duration {
        if health == rules.top, !isHurried { return rules.interval }
        if health == 0 { return rules.downInterval ?? rules.interval }
        return rules.fastInterval ?? rules.interval
    }

    /// A check has ended. O(1).
    @discardableResult public mutating func record(isHealthy: Bool) -> HealthCheckTransition? {
        isHurried = false
        guard isHealthy else { return fail(.check) }
        errors = 0
        guard health < rules.top else { return nil }
        let before = state
        health += 1
        if health >= rules.rise { health = rules.top }
        return change(from: before, .check)
    }

    /// An ordinary call has ended. O(1).
    @discardableResult public mutating func observe(isHealthy: Bool) -> HealthCheckTransition? {
        guard let observing = rules.observing else { return nil }
        errors = isHealthy ? 0 : errors + 1
        guard errors >= observing.errors else { return nil }
        errors = 0
        isHurried = true
        switch observing.onError {
        case .fastInterval: return nil
        case .failCheck: break
        case .suddenDeath: if health > rules.rise { health = rules.rise + 1 }
        case .markDown: if state == .up { health = rules.rise }
        }
        return fail(.errors)
    }

    private mutating func fail(_ reason: HealthCheckTransition.Reason) -> HealthCheckTransition? {
        guard health > 0 else { return nil }
        let before = state
        health -= 1
        if health < rules.rise { health = 0 }
        return change(from: before, reason)
    }

    private func change(
        from before: HealthState, _ reason: HealthCheckTransition.Reason
    ) -> HealthCheckTransition? {
        HealthCheckTransition(from: before, to: state, reason: reason)
    }
}
