import Resilience

/// A bulkhead under test: times are milliseconds since it was made, calls have numbers.
final class BulkheadStand {
    private static let start = ContinuousClock.now
    private(set) var core: BulkheadCore<Int, ContinuousClock.Instant>

    init(_ rules: BulkheadRules) { core = BulkheadCore(rules, at: Self.start) }

    static func instant(_ milliseconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .exact(milliseconds: milliseconds))
    }

    func enter(_ call: Int, timeLeft: Duration? = nil, at time: Double = 0) -> BulkheadEntry<Int> {
        core.enter(call, timeLeft: timeLeft, at: Self.instant(time))
    }

    @discardableResult func leave(
        took: Duration = .zero, wasDropped: Bool = false, at time: Double = 0
    ) -> [BulkheadRelease<Int>] {
        core.leave(took: took, wasDropped: wasDropped, at: Self.instant(time))
    }

    func abandon(_ call: Int, at time: Double = 0) -> Bool { core.abandon(call, at: Self.instant(time)) }
    func tick(at time: Double) -> [BulkheadRelease<Int>] { core.tick(at: Self.instant(time)) }
    func timeToTick(at time: Double) -> Duration? { core.timeToTick(at: Self.instant(time)) }
    func change(_ rules: BulkheadRules, at time: Double = 0) -> [BulkheadRelease<Int>] {
        core.change(rules, at: Self.instant(time))
    }
}
