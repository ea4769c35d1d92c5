import Resilience
import Testing

/// Hystrix, gobreaker, pybreaker and Envoy, each test named after its rule.
@Suite struct OtherBreakerTests {
    // MARK: 1.14, 1.15 Hystrix

    @Test func hystrix_defaults() throws {
        let rules = try CircuitBreakerRules.hystrix()
        #expect(rules.trip == .ratio(0.5, minimum: 20))
        #expect(rules.window == .time(.seconds(10)))
        #expect(rules.tick == .milliseconds(500))
        #expect(rules.open.first == .seconds(5))
    }

    /// 20 buckets that have ended: at a tick, the one that begins with it is empty.
    @Test func hystrix_windowOfTwentyEndedBuckets() throws {
        for (time, state) in [(499.999, CircuitBreakerState.closed), (500, .open)] {
            let breaker = BreakerStand(try .hystrix())
            breaker.calls(20, .failure, at: 100)
            breaker.tick(at: time)
            #expect(breaker.state == state)
        }
        // 19 at 400, one more at 10 400: the tick at 10 000 is the last one that sees the 19.
        let breaker = BreakerStand(try .hystrix())
        breaker.calls(19, .failure, at: 400)
        breaker.calls(1, .failure, at: 10_400)
        breaker.tick(at: 10_500)
        #expect(breaker.state == .closed)
        let other = BreakerStand(try .hystrix())
        other.calls(19, .failure, at: 400)
        other.calls(1, .failure, at: 9_900)
        other.tick(at: 10_000)
        #expect(other.state == .open)
    }

    /// Whoever looks late finds it open since the tick.
    @Test func hystrix_tripsAtTheTickHoweverLateItIsSeen() throws {
        let breaker = BreakerStand(try .hystrix())
        breaker.calls(20, .failure, at: 100)
        #expect(breaker.timeToTick(at: 100) == .milliseconds(400))
        #expect(breaker.retryAfter(at: 2000) == .milliseconds(3500))
    }

    /// Successes that leave the window can trip it at a later tick.
    @Test func hystrix_tripsAtALaterTick() throws {
        let breaker = BreakerStand(try .hystrix(minimum: 10))
        breaker.calls(11, .success, at: 100)
        breaker.calls(10, .failure, at: 600)
        breaker.tick(at: 10_499)
        #expect(breaker.state == .closed)
        breaker.tick(at: 10_500)
        #expect(breaker.state == .open)
    }

    @Test func hystrix_percentageIsCutToAWholeNumber() throws {
        for (failures, state) in [(4999, CircuitBreakerState.closed), (5000, .open)] {
            let breaker = BreakerStand(try .hystrix())
            breaker.calls(10_000 - failures, .success, at: 0)
            breaker.calls(failures, .failure, at: 0)
            breaker.tick(at: 500)
            #expect(breaker.state == state)
        }
    }

    @Test func hystrix_probeSuccessClearsTheWindow() throws {
        let breaker = BreakerStand(try .hystrix())
        breaker.calls(20, .failure, at: 0)
        breaker.tick(at: 500)
        breaker.call(.success, at: 5700)
        #expect(breaker.state == .closed)
        #expect(breaker.snapshot(at: 5700).window.calls == 0)
        // The ticks begin anew as well.
        breaker.calls(20, .failure, at: 5800)
        breaker.tick(at: 6199)
        #expect(breaker.state == .closed)
        breaker.tick(at: 6200)
        #expect(breaker.state == .open)
    }

    /// Failed or given up: open for another sleep.
    @Test(arguments: [CircuitBreakerResult.failure, .ignored])
    func hystrix_probeFailureRestartsTheSleep(result: CircuitBreakerResult) throws {
        let breaker = BreakerStand(try .hystrix())
        breaker.calls(20, .failure, at: 0)
        breaker.tick(at: 500)
        let probe = try #require(breaker.admit(at: 6000))
        breaker.record(result, probe, at: 7000)
        #expect(breaker.state == .open && breaker.retryAfter(at: 7000) == .seconds(5))
    }

    // MARK: 1.16 gobreaker

    @Test func gobreaker_defaults_sixthFailureInARow() throws {
        let breaker = BreakerStand(try .gobreaker())
        breaker.calls(5, .failure, at: 0)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 3600e3)
        #expect(breaker.state == .open, "without an interval counts are never cleared")
        #expect(breaker.transitions.last?.openFor == .seconds(60))
    }

    /// Admits while requests less exclusions are below the most; that many successes in a row close it.
    @Test func gobreaker_halfOpenClosesAfterAllSuccesses() throws {
        let breaker = BreakerStand(try .gobreaker(trials: 3))
        breaker.calls(6, .failure, at: 0)
        let permits = (0..<9).compactMap { _ in breaker.admit(at: 61_000) }
        #expect(permits.count == 3)
        breaker.record(.ignored, permits[0], at: 61_001)
        let further = try #require(breaker.admit(at: 61_001))
        #expect(breaker.admit(at: 61_001) == nil)
        for permit in [permits[1], permits[2]] { breaker.record(.success, permit, at: 61_002) }
        #expect(breaker.state == .halfOpen)
        breaker.record(.success, further, at: 61_003)
        #expect(breaker.state == .closed)
    }

    @Test func gobreaker_anyTrialFailureOpens() throws {
        let breaker = BreakerStand(try .gobreaker(trials: 3))
        breaker.calls(6, .failure, at: 0)
        breaker.call(.success, at: 61_000)
        breaker.call(.success, at: 61_000)
        breaker.call(.failure, at: 61_000)
        #expect(breaker.state == .open)
    }

    @Test func gobreaker_everyChangeBumpsTheGenerationAndClears() throws {
        let breaker = BreakerStand(try .gobreaker())
        let late = (0..<3).compactMap { _ in breaker.admit(at: 0) }
        breaker.calls(6, .failure, at: 0)
        #expect(breaker.snapshot(at: 0).failuresInARow == 0)
        #expect(breaker.record(.failure, late[0], at: 1).counted == nil)
        breaker.call(.success, at: 61_000)
        #expect(breaker.state == .closed)
        #expect(breaker.record(.failure, late[1], at: 61_001).counted == nil)
        #expect(breaker.snapshot(at: 61_001).failuresInARow == 0)
    }

    @Test func gobreaker_intervalClearsTheCountsAndDropsOlderCalls() throws {
        let breaker = BreakerStand(try .gobreaker(interval: .seconds(10)))
        let late = try #require(breaker.admit(at: 0))
        breaker.calls(5, .failure, at: 10_000)
        #expect(breaker.snapshot(at: 10_000).failuresInARow == 5, "the interval owns its last instant")
        breaker.calls(1, .failure, at: 10_000.001)
        #expect(breaker.state == .closed && breaker.snapshot(at: 10_001).failuresInARow == 1)
        #expect(breaker.record(.failure, late, at: 10_002).counted == nil)
    }

    /// The interval is rounded up to whole buckets.
    @Test func gobreaker_rollingWindow() throws {
        let rules = try CircuitBreakerRules(
            profile: .gobreaker, trip: .ratio(0.5, minimum: 3), window: .time(.milliseconds(2500), bucket: .seconds(1)),
            open: .fixed(.seconds(60)))
        let breaker = BreakerStand(rules)
        breaker.calls(1, .failure, at: 500)
        breaker.calls(1, .failure, at: 1500)
        #expect(breaker.snapshot(at: 3000).window.calls == 2)
        #expect(breaker.snapshot(at: 3001).window.calls == 1)
        breaker.calls(1, .failure, at: 3000)
        #expect(breaker.state == .open)
    }

    // MARK: 1.17 pybreaker

    @Test func pybreaker_defaults() throws {
        let rules = try CircuitBreakerRules.pybreaker()
        #expect(rules.trip == .consecutive(5) && rules.trials == 1)
        #expect(rules.open.first == .seconds(60))
    }

    @Test func pybreaker_excludedErrorsCountAsSuccess() throws {
        let breaker = BreakerStand(try .pybreaker())
        for _ in 0..<5 {
            breaker.calls(4, .failure, at: 0)
            breaker.calls(1, .ignored, at: 0)
        }
        #expect(breaker.state == .closed && breaker.snapshot(at: 0).failuresInARow == 0)
        breaker.calls(5, .failure, at: 0)
        breaker.call(.ignored, at: 60_000)
        #expect(breaker.state == .closed)
    }

    @Test func pybreaker_onlyItHidesTheFailureThatTrips() {
        let hiding = CircuitBreakerProfile.allCases.filter { $0.hidesTrippingFailure }
        #expect(hiding == [.pybreaker])
    }

    // MARK: 1.18 to 1.20 Envoy, a single host

    @Test func envoy_defaults() throws {
        let rules = try CircuitBreakerRules.envoy()
        #expect(rules.trip == .consecutive(5) && rules.tick == .seconds(10))
        let breaker = BreakerStand(rules)
        breaker.calls(5, .failure, at: 0)
        #expect(breaker.transitions.last?.openFor == .seconds(30))
    }

    /// Back only in the sweep: 30 s and an interval of 10 s mean 30 to 40 s.
    @Test(arguments: [(0.0, 30_000.0), (1, 40_000), (9_999, 40_000), (10_000, 40_000), (10_001, 50_000)])
    func envoy_returnsInTheSweep(ejected: Double, back: Double) throws {
        let breaker = BreakerStand(try .envoy())
        breaker.calls(5, .failure, at: ejected)
        #expect(breaker.snapshot(at: back - 1).timeLeft == .milliseconds(1))
        #expect(breaker.admit(at: back - 0.001) == nil)
        #expect(breaker.admit(at: back) != nil)
    }

    /// base times multiplier, at most 300 s; the multiplier goes up by one with each ejection.
    @Test func envoy_durationGrowsWithTheMultiplier() throws {
        let breaker = BreakerStand(try .envoy())
        var time = 0.0
        for length in [30.0, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300] {
            breaker.calls(5, .failure, at: time)
            #expect(breaker.transitions.last?.openFor == .seconds(length))
            time += length * 1000
            breaker.tick(at: time)
            #expect(breaker.state == .closed && breaker.reason == .elapsed)
        }
    }

    /// One less for each sweep that finds the host back for an interval.
    @Test(arguments: [(0.0, 90.0), (9_999, 90), (10_000, 60), (19_999, 60), (20_000, 30), (90_000, 30)])
    func envoy_multiplierDecays(back: Double, length: Double) throws {
        let breaker = BreakerStand(try .envoy())
        breaker.calls(5, .failure, at: 0)
        breaker.calls(5, .failure, at: 30_000)
        breaker.tick(at: 90_000)
        breaker.calls(5, .failure, at: 90_000 + back)
        #expect(breaker.transitions.last?.openFor == .seconds(length))
    }

    @Test func envoy_counterResetsAfterADetection() throws {
        let breaker = BreakerStand(try .envoy())
        breaker.calls(5, .failure, at: 0)
        #expect(breaker.snapshot(at: 0).failuresInARow == 0)
        breaker.tick(at: 30_000)
        breaker.calls(4, .failure, at: 30_000)
        #expect(breaker.state == .closed)
    }

    // MARK: 1.24 Linkerd

    /// Seven in a row; 1 s doubled up to 60 s; one request decides.
    @Test func linkerd_penaltiesAreExponential() throws {
        let rules = try CircuitBreakerRules(
            profile: .pollyV8, trip: .consecutive(7), open: .growing(first: .seconds(1), factor: 2, most: .seconds(60)))
        let breaker = BreakerStand(rules)
        breaker.calls(7, .failure, at: 0)
        var time = 0.0
        for length in [1.0, 2, 4, 8, 16, 32, 60, 60] {
            #expect(breaker.transitions.last?.openFor == .seconds(length))
            time += length * 1000
            breaker.calls(3, .failure, at: time)
        }
        breaker.call(.success, at: time + 60_000)
        #expect(breaker.state == .closed)
    }
}
