import Resilience
import Testing

/// The adaptive limits, each test named after its rule.
@Suite struct ConcurrencyLimitTests {
    static func limit(
        _ algorithm: ConcurrencyLimitRules.Algorithm, initial: Int = 20, min: Int? = nil, max: Int? = nil
    ) throws -> ConcurrencyLimit {
        ConcurrencyLimit(try ConcurrencyLimitRules(algorithm, initial: initial, min: min, max: max))
    }

    @Test func defaults() throws {
        let rules = try ConcurrencyLimitRules.Algorithm.allCases.map { try ConcurrencyLimitRules($0) }
        #expect(rules.map(\.initial) == [20, 20, 20, 20])
        #expect(rules.map(\.min) == [20, 1, 20, 3])
        #expect(rules.map(\.max) == [200, 1000, 200, 1000])
    }

    // MARK: 7.2 Vegas

    /// A limit of 20 has a step of 1: with q calls in the queue it gets 6, 1, 0 or -1 more.
    @Test(arguments: [
        // Of 40 ms so many times 2, less 1, are waiting: rounded up, q of the 20 stand in the queue.
        (1, 26), (2, 21), (3, 20), (6, 20), (7, 19), (19, 19),
    ])
    func vegas_stepsByTheQueue(queue: Int, next: Int) throws {
        var limit = try Self.limit(.vegas)
        limit.sample(took: .milliseconds(40 - (2 * queue - 1)), inFlight: 20)
        #expect(limit.limit == 20, "a new shortest time changes nothing else")
        limit.sample(took: .milliseconds(40), inFlight: 20)
        #expect(limit.limit == next)
    }

    /// log10 is cut to a whole number: 1 up to 99, 2 from 100 on.
    @Test(arguments: [(99, 105), (100, 112), (999, 1000)])
    func vegas_stepIsTheLogarithm(initial: Int, next: Int) throws {
        var limit = try Self.limit(.vegas, initial: initial)
        limit.sample(took: .milliseconds(10), inFlight: initial)
        limit.sample(took: .milliseconds(10), inFlight: initial)
        #expect(limit.limit == next)
    }

    @Test func vegas_dropTakesAStepAway() throws {
        var limit = try Self.limit(.vegas)
        limit.sample(took: .milliseconds(10), inFlight: 20)
        limit.sample(took: .milliseconds(10), inFlight: 1, wasDropped: true)
        #expect(limit.limit == 19)
    }

    @Test func vegas_unusedLimitStays() throws {
        var limit = try Self.limit(.vegas)
        limit.sample(took: .milliseconds(10), inFlight: 9)
        limit.sample(took: .milliseconds(10), inFlight: 9)
        #expect(limit.limit == 20)
        limit.sample(took: .milliseconds(10), inFlight: 10)
        #expect(limit.limit == 26)
    }

    /// After 30 times the limit times a number from 0.5 to 1 it takes the next call for the shortest.
    @Test(arguments: [(0.0, 300), (0.5, 450)])
    func vegas_probesForANewShortestTime(draw: Double, calls: Int) throws {
        var limit = ConcurrencyLimit(try ConcurrencyLimitRules(.vegas, max: 20), draw: draw)
        limit.sample(took: .milliseconds(1), inFlight: 1)
        // All of these stand in a queue, judging by the first; the limit is not used, so it stays.
        for _ in 2..<calls { limit.sample(took: .milliseconds(10), inFlight: 1) }
        var before = limit
        before.sample(took: .milliseconds(10), inFlight: 20, draw: draw)
        #expect(before.limit == 20, "the call that is taken for the shortest changes nothing else")
        before.sample(took: .milliseconds(10), inFlight: 1, wasDropped: false)
        // Without the probe this one would be in a queue of 18.
        before.sample(took: .milliseconds(10), inFlight: 20)
        #expect(before.limit == 20)
        limit.sample(took: .milliseconds(11), inFlight: 1)
        limit.sample(took: .milliseconds(11), inFlight: 20)
        #expect(limit.limit == 20)
    }

    // MARK: 7.3 Gradient2, AIMD, windows

    /// Steady calls: L' = .8L + .2(L + 4).
    @Test func gradient2_growsByItsQueue() throws {
        var limit = try Self.limit(.gradient2)
        var expected = 20.0
        for _ in 0..<50 {
            limit.sample(took: .milliseconds(10), inFlight: 200)
            expected = 0.8 * expected + 0.2 * (expected + 4)
            #expect(limit.limit == Int(expected + 1e-9))
        }
    }

    /// Slower than 1.5 times what they took for long: the gradient, never below a half.
    @Test func gradient2_fallsWithTheGradient() throws {
        var limit = try Self.limit(.gradient2, initial: 100)
        for _ in 0..<10 { limit.sample(took: .milliseconds(10), inFlight: 1) }
        #expect(limit.limit == 100, "not used: as it is")
        var slow = limit
        // The eleventh call weighs 2/601.
        let long = 10 * (1 - 2.0 / 601) + 20 * 2.0 / 601
        slow.sample(took: .milliseconds(20), inFlight: 100)
        #expect(slow.limit == Int(80 + 0.2 * (100 * 1.5 * long / 20 + 4)))
        limit.sample(took: .seconds(10), inFlight: 100)
        #expect(limit.limit == Int(80 + 0.2 * (100 * 0.5 + 4)))
    }

    /// The average of long is cut by 5 % while calls take less than half of it.
    @Test func gradient2_forgetsAnOverloadFaster() throws {
        var limit = try Self.limit(.gradient2, initial: 100, max: 1000)
        for _ in 0..<10 { limit.sample(took: .milliseconds(1000), inFlight: 1) }
        // From 1000 ms by 5 % and 1/300 each time: below 2 x 100 after 29 calls; without the cut it takes 660.
        for _ in 0..<60 { limit.sample(took: .milliseconds(100), inFlight: 1) }
        // Now 300 ms is slow again: 1.5 times the average is less.
        limit.sample(took: .milliseconds(400), inFlight: 100)
        #expect(limit.limit < 100)
    }

    @Test func aimd_oneMoreOrATenthLess() throws {
        var limit = try Self.limit(.aimd, initial: 100)
        limit.sample(took: .seconds(5), inFlight: 50)
        #expect(limit.limit == 101)
        limit.sample(took: .seconds(1), inFlight: 50)
        #expect(limit.limit == 101, "less than half of it is used")
        limit.sample(took: .seconds(5) + .nanoseconds(1), inFlight: 1)
        #expect(limit.limit == 90)
        limit.sample(took: .seconds(1), inFlight: 1, wasDropped: true)
        #expect(limit.limit == 81)
    }

    @Test func aimd_staysWithinItsLimits() throws {
        var limit = try Self.limit(.aimd)
        for _ in 0..<500 { limit.sample(took: .milliseconds(1), inFlight: 200) }
        #expect(limit.limit == 200)
        for _ in 0..<500 { limit.sample(took: .milliseconds(1), inFlight: 200, wasDropped: true) }
        #expect(limit.limit == 20)
    }

    /// One sample a second, of 10 calls or more that took at least 100 microseconds: their average.
    @Test func windowed_gathersASecond() throws {
        var limit = ConcurrencyLimit(try ConcurrencyLimitRules(.aimd, isWindowed: true))
        func add(_ calls: Int, took: Duration = .milliseconds(1), dropped: Bool = false, at time: Duration) {
            for call in 0..<calls {
                limit.sample(took: took, inFlight: 20, wasDropped: dropped && call == 0, at: time)
            }
        }
        add(1, at: .milliseconds(1))
        add(9, at: .milliseconds(900))
        #expect(limit.limit == 20, "the first call opens the window")
        add(1, at: .milliseconds(1002))
        #expect(limit.limit == 21)
        add(8, at: .milliseconds(1500))
        add(1, at: .milliseconds(2500))
        #expect(limit.limit == 21, "nine are too few")
        add(500, took: .microseconds(99), at: .milliseconds(3000))
        add(9, dropped: true, at: .milliseconds(3000))
        add(1, at: .milliseconds(3501))
        #expect(limit.limit == 20, "one drop counts for all; 18 is below the least")
    }

    // MARK: 7.4 Envoy

    /// The least while it measures (50 calls), then g L + sqrt(L) every 100 ms.
    @Test func envoy_measuresAloneAndThenGrows() throws {
        var limit = try Self.limit(.envoy, initial: 20)
        #expect(limit.limit == 3)
        for _ in 0..<49 { limit.sample(took: .milliseconds(10), inFlight: 3, at: .seconds(1)) }
        #expect(limit.limit == 3)
        limit.sample(took: .milliseconds(10), inFlight: 3, at: .seconds(1))
        #expect(limit.limit == 20)
        // g = 10 x 1.25 / 12.5 = 1.
        limit.sample(took: .milliseconds(12.5), inFlight: 20, at: .milliseconds(1050))
        limit.sample(took: .milliseconds(1), inFlight: 20, at: .milliseconds(1100))
        #expect(limit.limit == 24)
        // g is never above 2: 2 x 24 + sqrt 24 = 52.9.
        limit.sample(took: .milliseconds(1), inFlight: 20, at: .milliseconds(1200))
        #expect(limit.limit == 52)
    }

    @Test func envoy_fallsWithTheGradient() throws {
        var limit = try Self.limit(.envoy, initial: 100)
        for _ in 0..<50 { limit.sample(took: .milliseconds(10), inFlight: 3, at: .seconds(1)) }
        // g is never below 0.5: 50 + 10.
        limit.sample(took: .seconds(1), inFlight: 100, at: .milliseconds(1050))
        limit.sample(took: .seconds(1), inFlight: 100, at: .milliseconds(1100))
        #expect(limit.limit == 60)
    }

    /// After five windows at the least it measures again.
    @Test func envoy_measuresAgainAfterFiveWindowsAtTheLeast() throws {
        var limit = try Self.limit(.envoy, initial: 30, min: 30, max: 31)
        for _ in 0..<50 { limit.sample(took: .milliseconds(10), inFlight: 3, at: .seconds(1)) }
        var time = Duration.seconds(1)
        for _ in 0..<6 {
            time += .milliseconds(100)
            limit.sample(took: .seconds(1), inFlight: 30, at: time)
        }
        // It measures, and calls now take a second: that is normal from now on.
        time += .seconds(2)
        for _ in 0..<50 { limit.sample(took: .seconds(1), inFlight: 3, at: time) }
        limit.sample(took: .seconds(1), inFlight: 30, at: time + .milliseconds(50))
        limit.sample(took: .seconds(1), inFlight: 30, at: time + .milliseconds(100))
        #expect(limit.limit == 31)
    }
}
