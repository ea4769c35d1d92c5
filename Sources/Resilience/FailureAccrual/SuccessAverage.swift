/// Finagle's success rate within a duration: an average that moves with time, in whole milliseconds, and a count of the
/// calls of the window in five slots.
struct SuccessAverage<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    private let rule: FailureAccrualRules.SuccessRate
    private let window: Double
    private var requests: SlottedSum<Instant>
    private var time: ElapsedTime<Instant>
    private var stamp = 0.0
    /// `nil`: nothing counted yet.
    private(set) var value: Double?

    init(_ rule: FailureAccrualRules.SuccessRate, at now: Instant) {
        self.rule = rule
        window = Self.milliseconds(rule.window.clampedNanoseconds)
        requests = SlottedSum(slots: 5, over: rule.window, at: now)
        time = ElapsedTime(since: now)
    }

    private static func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds / 1_000_000) }

    mutating func restart(at now: Instant) { self = SuccessAverage(rule, at: now) }

    /// Whether it is too low now.
    @discardableResult mutating func add(success: Bool, at now: Instant) -> Bool {
        let stamp = Self.milliseconds(time.nanoseconds(at: now))
        let weight = Curves.decay((stamp - self.stamp) / window)
        let sample = success ? 1.0 : 0
        let next = value.map { sample * (1 - weight) + $0 * weight } ?? sample
        (self.stamp, value) = (stamp, next)
        requests.add(1, at: now)
        return stamp >= window && next < rule.required && requests.sum(at: now) >= rule.requests
    }
}
