import Resilience
import Testing

/// Polly's circuit breakers, versions 7 and 8, each test named after its rule.
@Suite struct PollyBreakerTests {
    // MARK: 1.1, 1.2 Version 7, consecutive

    @Test func pollyV7_anySuccessZeroesTheCounter() throws {
        let breaker = BreakerStand(try .pollyV7(failures: 3, open: .seconds(5)))
        for _ in 0..<5 {
            breaker.calls(2, .failure, at: 0)
            breaker.calls(1, .success, at: 0)
        }
        breaker.calls(2, .failure, at: 0)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.state == .open && breaker.reason == .consecutive)
    }

    @Test func pollyV7_resultsWhileOpenNeverExtendTheBreak() throws {
        let breaker = BreakerStand(try .pollyV7(failures: 1, open: .seconds(5)))
        let late = (0..<3).compactMap { _ in breaker.admit(at: 0) }
        breaker.record(.failure, late[0], at: 0)
        let second = breaker.record(.failure, late[1], at: 4000)
        let third = breaker.record(.success, late[2], at: 4500)
        #expect(second.counted == nil && third.counted == nil)
        #expect(breaker.state == .open)
        #expect(breaker.call(.success, at: 5000))
    }

    @Test func pollyV7_unhandledErrorsAreNotCounted() throws {
        let breaker = BreakerStand(try .pollyV7(failures: 2, open: .seconds(5)))
        breaker.calls(1, .failure, at: 0)
        breaker.calls(9, .ignored, at: 0)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.state == .open, "they neither count nor break the row")
    }

    @Test func pollyV7_takingATrialRearmsTheBlock() throws {
        let breaker = BreakerStand(try .pollyV7(failures: 1, open: .seconds(5)))
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.admit(at: 6000) != nil)
        #expect(breaker.admit(at: 10_999) == nil)
        #expect(breaker.retryAfter(at: 10_999) == .milliseconds(1))
        #expect(breaker.admit(at: 11_000) != nil)
        #expect(breaker.admit(at: 11_000) == nil)
    }

    @Test func pollyV7_trialSuccessClosesAndFailureOpensForAFullPeriod() throws {
        for result in [CircuitBreakerResult.success, .failure] {
            let breaker = BreakerStand(try .pollyV7(failures: 2, open: .seconds(5)))
            breaker.calls(2, .failure, at: 0)
            let trial = try #require(breaker.admit(at: 6000))
            breaker.record(result, trial, at: 7000)
            #expect(breaker.state == (result == .success ? .closed : .open))
            if result == .failure {
                #expect(breaker.retryAfter(at: 7000) == .seconds(5))
                #expect(breaker.reason == .trial)
            } else {
                breaker.calls(1, .failure, at: 7000)
                #expect(breaker.state == .closed, "the counter begins anew")
            }
        }
    }

    // MARK: 1.3 to 1.7 Version 8

    @Test func pollyV8_defaults() throws {
        let rules = try CircuitBreakerRules.pollyV8()
        #expect(rules.trip == .ratio(0.1, minimum: 100))
        #expect(rules.window == .time(.seconds(30)))
        #expect(rules.open.first == .seconds(5))
    }

    @Test func pollyV8_atLeastTwoCallsAndHalfASecond() throws {
        #expect(throws: PolicyError.self) { try CircuitBreakerRules.pollyV8(minimum: 1) }
        #expect(throws: PolicyError.self) { try CircuitBreakerRules.pollyV8(window: .milliseconds(499)) }
        #expect(throws: PolicyError.self) { try CircuitBreakerRules.pollyV8(open: .milliseconds(499)) }
        let least = try CircuitBreakerRules.pollyV8(minimum: 2, window: .milliseconds(500), open: .milliseconds(500))
        #expect(least.trials == 1)
    }

    /// What is not handled, such as a cancellation, counts as a success.
    @Test func pollyV8_unhandledErrorsCountAsSuccess() throws {
        let breaker = BreakerStand(try .pollyV8(ratio: 0.5, minimum: 4))
        breaker.calls(3, .ignored, at: 0)
        breaker.calls(2, .failure, at: 0)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.state == .open)
        breaker.call(.ignored, at: 6000)
        #expect(breaker.state == .closed, "also as a trial")
    }

    /// Ten parts, each beginning with its first call, dropped when that is as old as the window is long.
    @Test func pollyV8_windowOfTenPartsFromTheirFirstCalls() throws {
        let breaker = BreakerStand(try .pollyV8(ratio: 1, minimum: 2, window: .seconds(10)))
        breaker.calls(1, .success, at: 300)
        // Not aligned to a clock: this one still belongs to the part that began at 300.
        breaker.calls(1, .success, at: 1299)
        breaker.calls(1, .success, at: 1300)
        #expect(breaker.snapshot(at: 1300).cells.map(\.calls) == [2, 1])
        #expect(breaker.snapshot(at: 10_299).window.calls == 3)
        // Both calls of the first part go with its beginning.
        #expect(breaker.snapshot(at: 10_300).window.calls == 1)
        #expect(breaker.snapshot(at: 11_300).window.calls == 0)
    }

    @Test func pollyV8_noMoreThanTenPartsAtOnce() throws {
        let breaker = BreakerStand(try .pollyV8(ratio: 1, minimum: 2, window: .seconds(10)))
        for time in stride(from: 0.0, to: 30_000, by: 100) {
            breaker.calls(1, .success, at: time)
            let snapshot = breaker.snapshot(at: time)
            #expect(snapshot.cells.count <= 10)
            #expect(snapshot.cells.reduce(0) { $0 + $1.calls } == snapshot.window.calls)
        }
        #expect(breaker.snapshot(at: 29_900).window.calls == 100)
    }

    /// Below 200 ms: one part that is emptied as a whole. Version 8 has no such windows, version 7 does.
    @Test func pollyV7_below200MillisecondsOneTumblingWindow() throws {
        let rules = try CircuitBreakerRules(
            profile: .pollyV7, trip: .ratio(1, minimum: 2), window: .time(.milliseconds(199)),
            open: .fixed(.seconds(5)))
        let breaker = BreakerStand(rules)
        breaker.calls(3, .success, at: 198)
        #expect(breaker.snapshot(at: 198).window.calls == 3)
        #expect(breaker.snapshot(at: 199).window.calls == 0, "it began when the breaker was made")
        breaker.calls(1, .success, at: 250)
        #expect(breaker.snapshot(at: 448).window.calls == 1)
        #expect(breaker.snapshot(at: 449).window.calls == 0)
    }

    @Test func pollyV8_metricsAreKeptThroughOpenAndResetOnClose() throws {
        let breaker = BreakerStand(try .pollyV8(ratio: 0.5, minimum: 4))
        let late = try #require(breaker.admit(at: 0))
        breaker.calls(4, .failure, at: 0)
        #expect(breaker.state == .open)
        breaker.record(.failure, late, at: 1000)
        #expect(breaker.snapshot(at: 1000).window == CircuitBreakerCell(calls: 5, failures: 5))
        breaker.calls(1, .failure, at: 5000)
        #expect(breaker.state == .open)
        #expect(breaker.snapshot(at: 5000).window.calls == 5, "a half-open failure is not counted")
        breaker.calls(1, .success, at: 10_000)
        #expect(breaker.state == .closed)
        #expect(breaker.snapshot(at: 10_000).window.calls == 0, "the window is empty")
    }

    @Test func pollyV7Advanced_leavesOneSuccessInTheWindow() throws {
        let breaker = BreakerStand(try .ratio(.pollyV7))
        breaker.calls(4, .failure, at: 0)
        breaker.calls(1, .success, at: 5000)
        #expect(breaker.state == .closed)
        #expect(breaker.snapshot(at: 5000).window == CircuitBreakerCell(calls: 1))
    }

    @Test func pollyV8_oneProbeForHoweverLong() throws {
        let breaker = BreakerStand(try .pollyV8(minimum: 2))
        breaker.calls(2, .failure, at: 0)
        let lost = breaker.admit(at: 5000)
        #expect(lost != nil)
        #expect(breaker.admit(at: 5000) == nil && breaker.admit(at: 1e9) == nil)
        #expect(breaker.state == .halfOpen)
    }

    @Test func pollyV8_lateResultMovesHalfOpen() throws {
        for result in [CircuitBreakerResult.success, .failure] {
            let breaker = BreakerStand(try .pollyV8(minimum: 2))
            let late = try #require(breaker.admit(at: 0))
            breaker.calls(2, .failure, at: 0)
            let probe = breaker.admit(at: 5000)
            #expect(probe != nil)
            breaker.record(result, late, at: 5001)
            #expect(breaker.state == (result == .success ? .closed : .open))
        }
    }

    /// The generator receives failure rate, failure count and half-open attempts: 0 first, one more for each half-open,
    /// none after a close.
    @Test func pollyV8_breakDurationGenerator() throws {
        let rules = try CircuitBreakerRules(
            profile: .pollyV8, trip: .ratio(0.5, minimum: 2), window: .time(.seconds(30)),
            open: .custom {
                .seconds($0.halfOpenings + 1) + .milliseconds($0.failures) + .microseconds($0.failureRate * 100)
            })
        let breaker = BreakerStand(rules)
        breaker.calls(1, .success, at: 0)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.transitions.last?.openFor == .seconds(1) + .milliseconds(1) + .microseconds(50))
        breaker.calls(1, .failure, at: 2000)
        #expect(breaker.transitions.last?.openFor == .seconds(2) + .milliseconds(1) + .microseconds(50))
        breaker.calls(1, .failure, at: 5000)
        #expect(breaker.transitions.last?.openFor == .seconds(3) + .milliseconds(1) + .microseconds(50))
        breaker.calls(1, .success, at: 9000)
        breaker.calls(2, .failure, at: 9000)
        #expect(breaker.transitions.last?.openFor == .seconds(1) + .milliseconds(2) + .microseconds(100))
    }

    @Test func pollyV8_rejectionCarriesRetryAfter() throws {
        let breaker = BreakerStand(try .pollyV8(minimum: 2))
        breaker.calls(2, .failure, at: 1000)
        #expect(breaker.retryAfter(at: 2500) == .milliseconds(3500))
        #expect(breaker.snapshot(at: 2500).timeLeft == .milliseconds(3500))
    }
}
