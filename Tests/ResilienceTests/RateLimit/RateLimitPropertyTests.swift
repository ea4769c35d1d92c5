import Resilience
import Testing

/// Random schedules: what no algorithm may ever do.
@Suite struct RateLimitPropertyTests {
    struct Grant {
        /// ns: when it was asked for, and when the call passed.
        var asked: Int64
        var passes: Int64
        var permits: Int
    }

    /// Bursts and pauses, from nanoseconds to seconds.
    static func grants(_ rules: RateLimitRules, seed: UInt64, mostPermits: Int = 2) -> [Grant] {
        var dice = Dice(seed: seed)
        let start = ContinuousClock.now
        var core = RateLimitCore(rules, at: start)
        var now: Int64 = 0
        var grants: [Grant] = []
        for _ in 0..<2000 {
            now += [0, 0, 1, 1000, 1_000_000, 13_333_333, 250_000_000, 1_700_000_000][dice.below(8)]
            let permits = dice.oneIn(5) ? mostPermits : 1
            let instant = start.advanced(by: .nanoseconds(now))
            switch core.acquire(permits, at: instant) {
            case .granted(let wait):
                #expect(wait <= rules.maxWait)
                grants.append(Grant(asked: now, passes: now + Int64(wait / .nanoseconds(1)), permits: permits))
            case .rejected(let retryAfter):
                // What it says is true: then it lets it through, after no more than the longest wait.
                guard let retryAfter else { break }
                var later = core
                if case .rejected(let more) = later.acquire(permits, at: instant.advanced(by: retryAfter)) {
                    Issue.record("\(rules) said \(retryAfter), and then \(String(describing: more))")
                }
            }
        }
        return grants
    }

    @Test(arguments: [Duration.zero, .milliseconds(700)])
    func tokenBucket_neverMoreThanBurstAndRateTimesTime(maxWait: Duration) throws {
        for seed in UInt64(1)...10 {
            let (rate, burst) = (7.0, 5.0)
            let rules = try RateLimitRules(.tokenBucket(rate: rate, burst: burst), maxWait: maxWait)
            let grants = Self.grants(rules, seed: seed)
            var worst = -Double.infinity
            for first in grants.indices {
                var total = 0
                for last in first..<min(grants.count, first + 60) {
                    total += grants[last].permits
                    let time = Double(grants[last].passes - grants[first].passes) / 1e9
                    worst = max(worst, Double(total) - (burst + rate * time))
                }
            }
            #expect(worst <= 1e-6 && worst > -1, "seed \(seed): and all that is there is given")
        }
    }

    /// In any stretch as long as the window; the sliding estimate: within twice. The fixed one: in each of its own, for
    /// single permits (who takes two may have waited for the second alone).
    @Test(arguments: [Duration.zero, .milliseconds(700)])
    func windows_neverMoreThanTheLimit(maxWait: Duration) throws {
        let (limit, window) = (5, Int64(1_000_000_000))
        for seed in UInt64(1)...10 {
            let log = Self.grants(
                try RateLimitRules(.slidingLog(limit: limit, window: .seconds(1)), maxWait: maxWait), seed: seed)
            #expect(Self.most(log, within: window) <= limit, "seed \(seed)")
            let fixed = Self.grants(
                try RateLimitRules(.fixedWindow(limit: limit, window: .seconds(1)), maxWait: maxWait), seed: seed,
                mostPermits: 1)
            let cycles = Dictionary(grouping: fixed) { $0.passes / window }
            #expect(cycles.values.allSatisfy { $0.reduce(0) { $0 + $1.permits } <= limit }, "seed \(seed)")
            let sliding = Self.grants(
                try RateLimitRules(.slidingWindow(limit: limit, window: .seconds(1)), maxWait: maxWait), seed: seed)
            #expect(Self.most(sliding, within: window) <= 2 * limit, "seed \(seed)")
            #expect(!log.isEmpty && !fixed.isEmpty && !sliding.isEmpty)
        }
    }

    static func most(_ grants: [Grant], within window: Int64) -> Int {
        grants.indices.map { last in
            grants[...last].reversed().prefix { $0.passes > grants[last].passes - window }.reduce(0) { $0 + $1.permits }
        }.max() ?? 0
    }

    /// Whoever asks first passes first.
    @Test func waitersKeepTheirOrder() throws {
        for algorithm in [
            RateLimitRules.Algorithm.tokenBucket(rate: 3, burst: 2), .leakyBucket(rate: 3, burst: 4),
            .fixedWindow(limit: 3, window: .seconds(1)), .slidingWindow(limit: 3, window: .seconds(1)),
            .slidingLog(limit: 3, window: .seconds(1)),
        ] {
            let grants = Self.grants(try RateLimitRules(algorithm, maxWait: .seconds(3)), seed: 4)
            let isInOrder = zip(grants, grants.dropFirst()).allSatisfy { $0.passes <= $1.passes }
            #expect(isInOrder, "\(algorithm)")
        }
    }
}
