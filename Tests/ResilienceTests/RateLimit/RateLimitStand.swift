import Resilience

/// A rate limiter under test: times are milliseconds since it was made.
final class RateLimitStand {
    private static let start = ContinuousClock.now
    private var core: RateLimitCore<ContinuousClock.Instant>

    init(_ rules: RateLimitRules) { core = RateLimitCore(rules, at: Self.start) }

    convenience init(_ algorithm: RateLimitRules.Algorithm, maxWait: Duration = .zero) throws {
        self.init(try RateLimitRules(algorithm, maxWait: maxWait))
    }

    static func instant(_ milliseconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .exact(milliseconds: milliseconds))
    }

    func acquire(_ permits: Int = 1, maxWait: Duration? = nil, at time: Double) -> RateLimitDecision {
        core.acquire(permits, maxWait: maxWait, at: Self.instant(time))
    }

    /// How many of so many calls are let through at once.
    func passed(of calls: Int, at time: Double) -> Int {
        (0..<calls).count { _ in acquire(at: time) == .granted(wait: .zero) }
    }

    func available(at time: Double) -> Double { core.available(at: Self.instant(time)) }
    func change(_ rules: RateLimitRules, at time: Double) { core.change(rules, at: Self.instant(time)) }
}
