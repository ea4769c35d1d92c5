import Resilience
import Testing

/// Impossible rules are thrown errors; extreme ones work.
@Suite struct RateLimitBadInputTests {
    @Test(arguments: [
        RateLimitRules.Algorithm.tokenBucket(rate: 0, burst: 1), .tokenBucket(rate: -1, burst: 1),
        .tokenBucket(rate: .nan, burst: 1), .tokenBucket(rate: .infinity, burst: 1), .tokenBucket(rate: 1, burst: 0),
        .tokenBucket(rate: 1, burst: 0.5), .tokenBucket(rate: 1, burst: .nan), .leakyBucket(rate: 0, burst: 1),
        .leakyBucket(rate: 0.000_1, burst: 1), .leakyBucket(rate: 1, burst: -1),
        .leakyBucket(rate: 1, burst: .infinity),
        .fixedWindow(limit: 0, window: .seconds(1)), .fixedWindow(limit: 1, window: .zero),
        .slidingWindow(limit: -1, window: .seconds(1)), .slidingLog(limit: 1, window: .seconds(-1)),
    ])
    func impossibleRulesThrow(algorithm: RateLimitRules.Algorithm) {
        #expect(throws: PolicyError.self) { try RateLimitRules(algorithm) }
    }

    @Test func negativeWaitThrows() {
        #expect(throws: PolicyError.self) {
            try RateLimitRules(.tokenBucket(rate: 1, burst: 1), maxWait: .seconds(-1))
        }
    }

    @Test(arguments: [
        RateLimitRules.Algorithm.tokenBucket(rate: 1e-300, burst: 1), .tokenBucket(rate: 1e12, burst: 1e300),
        .leakyBucket(rate: 0.001, burst: 1e12), .leakyBucket(rate: 1e12, burst: 0),
        .fixedWindow(limit: 1_000_000_000, window: .nanoseconds(1)),
        .fixedWindow(limit: 1, window: .seconds(Int64.max)),
        .slidingWindow(limit: 1_000_000_000, window: .nanoseconds(1)),
        .slidingWindow(limit: 1, window: .seconds(Int64.max)), .slidingLog(limit: 1, window: .seconds(Int64.max)),
        .fixedWindow(limit: 1, window: .nanoseconds(1) / 2),
    ])
    func extremesDoNotTrap(algorithm: RateLimitRules.Algorithm) throws {
        let limiter = try RateLimitStand(algorithm, maxWait: .seconds(Int64.max))
        for time in [0, 1, 1e6, 1e12, 1e15, 1e15, 1e15, 1e15] {
            _ = limiter.acquire(at: time)
            _ = limiter.acquire(Int.max, at: time)
            _ = limiter.acquire(-1, at: time)
            _ = limiter.available(at: time)
        }
        limiter.change(try RateLimitRules(.slidingLog(limit: 3, window: .seconds(1))), at: 1e15)
        #expect(limiter.passed(of: 5, at: 1e15) == 3)
    }
}
