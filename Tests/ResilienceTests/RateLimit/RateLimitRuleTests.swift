import Resilience
import Testing

/// The rules of rate limiting, each test named after its rule.
@Suite struct RateLimitRuleTests {
    // MARK: 7.7 Token bucket

    @Test func tokenBucket_startsFull() throws {
        let bucket = try RateLimitStand(.tokenBucket(rate: 10, burst: 5))
        #expect(bucket.passed(of: 9, at: 0) == 5)
    }

    @Test func tokenBucket_fillsWithFractionsUpToTheBurst() throws {
        let bucket = try RateLimitStand(.tokenBucket(rate: 10, burst: 5))
        #expect(bucket.passed(of: 5, at: 0) == 5)
        #expect(bucket.passed(of: 1, at: 99) == 0)
        #expect(abs(bucket.available(at: 99) - 0.99) < 1e-9)
        #expect(bucket.passed(of: 2, at: 100) == 1)
        #expect(bucket.passed(of: 2, at: 250) == 1)
        #expect(abs(bucket.available(at: 250) - 0.5) < 1e-9)
        #expect(bucket.passed(of: 9, at: 3_600_000) == 5)
    }

    @Test func tokenBucket_moreThanTheBurstIsNeverThere() throws {
        let bucket = try RateLimitStand(.tokenBucket(rate: 10, burst: 5))
        #expect(bucket.acquire(6, maxWait: .seconds(100), at: 0) == .rejected(retryAfter: nil))
        #expect(bucket.acquire(5, at: 0) == .granted(wait: .zero))
    }

    @Test func tokenBucket_reservationsGoBelowZero() throws {
        let bucket = try RateLimitStand(.tokenBucket(rate: 10, burst: 2), maxWait: .milliseconds(300))
        let waits = (0..<6).map { _ in bucket.acquire(at: 0) }
        #expect(
            waits == [
                .granted(wait: .zero), .granted(wait: .zero), .granted(wait: .milliseconds(100)),
                .granted(wait: .milliseconds(200)), .granted(wait: .milliseconds(300)),
                .rejected(retryAfter: .milliseconds(400)),
            ])
        #expect(bucket.available(at: 0) == -3)
    }

    @Test func tokenBucket_failedAttemptsCostNothing() throws {
        let bucket = try RateLimitStand(.tokenBucket(rate: 10, burst: 1))
        #expect(bucket.passed(of: 1000, at: 0) == 1)
        #expect(bucket.passed(of: 1000, at: 100) == 1)
        #expect(bucket.acquire(at: 150) == .rejected(retryAfter: .milliseconds(50)))
    }

    // MARK: 7.8 Leaky bucket

    /// 2 requests a second and a burst of 3: excess 0, 1, 2, 3, and the fifth at once is too many.
    @Test func leakyBucket_excessInThousandths() throws {
        let bucket = try RateLimitStand(.leakyBucket(rate: 2, burst: 3))
        #expect(bucket.passed(of: 9, at: 0) == 4)
        // 499 ms drain 998 thousandths.
        #expect(bucket.passed(of: 1, at: 499) == 0)
        #expect(bucket.passed(of: 9, at: 500) == 1)
        #expect(bucket.passed(of: 9, at: 1750) == 2)
    }

    @Test func leakyBucket_firstRequestHasNoExcess() throws {
        let bucket = try RateLimitStand(.leakyBucket(rate: 1, burst: 0))
        #expect(bucket.passed(of: 2, at: 5000) == 1)
        #expect(bucket.passed(of: 1, at: 5999) == 0)
        #expect(bucket.passed(of: 1, at: 6000) == 1)
    }

    @Test func leakyBucket_rejectsLeaveTheStateUnchanged() throws {
        let bucket = try RateLimitStand(.leakyBucket(rate: 1, burst: 1))
        #expect(bucket.passed(of: 500, at: 0) == 2)
        #expect(bucket.passed(of: 500, at: 500) == 0)
        #expect(bucket.passed(of: 500, at: 1000) == 1)
    }

    /// Without nodelay a request waits until its excess has run out.
    @Test func leakyBucket_delayIsExcessOverRate() throws {
        let bucket = try RateLimitStand(.leakyBucket(rate: 4, burst: 3), maxWait: .seconds(10))
        let waits = (0..<5).map { _ in bucket.acquire(at: 0) }
        #expect(
            waits == [
                .granted(wait: .zero), .granted(wait: .milliseconds(250)), .granted(wait: .milliseconds(500)),
                .granted(wait: .milliseconds(750)), .rejected(retryAfter: .milliseconds(250)),
            ])
    }

    // MARK: 7.9 resilience4j's cycles

    @Test func resilience4j_defaults() throws {
        let rules = try RateLimitRules.resilience4j()
        #expect(rules.algorithm == .fixedWindow(limit: 50, window: .nanoseconds(500)))
        #expect(rules.maxWait == .seconds(5))
    }

    @Test func resilience4j_cyclesAreAlignedToCreation() throws {
        let limiter = try RateLimitStand(.fixedWindow(limit: 3, window: .seconds(1)))
        #expect(limiter.passed(of: 9, at: 900) == 3)
        #expect(limiter.passed(of: 9, at: 999.999_999) == 0)
        #expect(limiter.passed(of: 9, at: 1000) == 3)
    }

    /// Twice the limit across a boundary.
    @Test func fixedCyclesAllowTwiceTheLimitAcrossABoundary() throws {
        let limiter = try RateLimitStand(.fixedWindow(limit: 100, window: .seconds(1)))
        #expect(limiter.passed(of: 500, at: 990) + limiter.passed(of: 500, at: 1010) == 200)
    }

    @Test func resilience4j_permitsAreNotSavedUp() throws {
        let limiter = try RateLimitStand(.fixedWindow(limit: 3, window: .seconds(1)))
        #expect(limiter.passed(of: 9, at: 7500) == 3)
    }

    @Test func resilience4j_reservationsGoBelowZeroWithinTheWait() throws {
        let limiter = try RateLimitStand(.fixedWindow(limit: 2, window: .seconds(1)), maxWait: .milliseconds(1750))
        let answers = (0..<7).map { _ in limiter.acquire(at: 250) }
        #expect(
            answers == [
                .granted(wait: .zero), .granted(wait: .zero), .granted(wait: .milliseconds(750)),
                .granted(wait: .milliseconds(750)), .granted(wait: .milliseconds(1750)),
                .granted(wait: .milliseconds(1750)), .rejected(retryAfter: .milliseconds(2750)),
            ])
        #expect(limiter.available(at: 250) == -4)
        #expect(limiter.available(at: 1000) == -2)
    }

    /// More than a cycle has: over several of them.
    @Test func resilience4j_largePermitsTakeSeveralCycles() throws {
        let limiter = try RateLimitStand(.fixedWindow(limit: 2, window: .seconds(1)), maxWait: .seconds(5))
        #expect(limiter.acquire(5, at: 0) == .granted(wait: .seconds(2)))
    }

    // MARK: 7.10 Sliding windows

    /// 42 before, 18 now, 15 s into 60 s: 42 x 45/60 + 18 = 49.5. At a limit of 50 one more is too many.
    @Test func slidingWindow_cloudflareGolden() throws {
        let window = try RateLimitStand(.slidingWindow(limit: 50, window: .seconds(60)))
        #expect(window.passed(of: 42, at: 10_000) == 42)
        #expect(window.passed(of: 18, at: 75_000) == 18)
        #expect(window.available(at: 75_000) == 50 - 49.5)
        #expect(window.passed(of: 1, at: 75_000) == 0)
        // 0.7 a second run out: the next one fits when half a call has.
        guard case .rejected(let wait?) = window.acquire(at: 75_000) else {
            Issue.record("rejected, and it says when")
            return
        }
        #expect(abs(wait / .seconds(1) - 0.5 / 0.7) < 1e-6)
    }

    @Test func slidingWindow_oldWindowsCountNothing() throws {
        let window = try RateLimitStand(.slidingWindow(limit: 50, window: .seconds(60)))
        #expect(window.passed(of: 60, at: 59_000) == 50)
        #expect(window.passed(of: 60, at: 60_000) == 0)
        #expect(window.passed(of: 60, at: 120_000) == 50)
    }

    @Test func slidingLog_isExact() throws {
        let log = try RateLimitStand(.slidingLog(limit: 3, window: .seconds(1)))
        #expect([0, 400, 800].allSatisfy { log.passed(of: 1, at: $0) == 1 })
        #expect(log.acquire(at: 999.999) == .rejected(retryAfter: .microseconds(1)))
        #expect(log.passed(of: 2, at: 1000) == 1)
        #expect(log.passed(of: 2, at: 1400) == 1)
        #expect(log.available(at: 1799) == 0)
        #expect(log.available(at: 1800) == 1)
    }

    @Test func slidingLog_reservesInOrder() throws {
        let log = try RateLimitStand(.slidingLog(limit: 2, window: .seconds(1)), maxWait: .seconds(2))
        let waits = [0, 100, 200, 300, 400, 400, 400].map { log.acquire(at: $0) }
        #expect(
            waits == [
                .granted(wait: .zero), .granted(wait: .zero), .granted(wait: .milliseconds(800)),
                .granted(wait: .milliseconds(800)), .granted(wait: .milliseconds(1600)),
                .granted(wait: .milliseconds(1700)), .rejected(retryAfter: .milliseconds(2600)),
            ])
    }

    // MARK: Changing the rules

    @Test func changedRulesKeepWhatIsUsed() throws {
        let bucket = try RateLimitStand(.tokenBucket(rate: 10, burst: 5))
        #expect(bucket.passed(of: 5, at: 0) == 5)
        bucket.change(try RateLimitRules(.tokenBucket(rate: 100, burst: 5)), at: 100)
        #expect(bucket.passed(of: 9, at: 100) == 1)
        #expect(bucket.passed(of: 9, at: 120) == 2)
        let fixed = try RateLimitStand(.fixedWindow(limit: 5, window: .seconds(1)))
        #expect(fixed.passed(of: 3, at: 100) == 3)
        fixed.change(try RateLimitRules(.fixedWindow(limit: 7, window: .seconds(1))), at: 200)
        #expect(fixed.passed(of: 9, at: 200) == 4)
    }
}
