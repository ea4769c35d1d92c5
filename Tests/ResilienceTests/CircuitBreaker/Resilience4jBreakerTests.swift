import Resilience
import Testing

/// resilience4j's circuit breaker, each test named after its rule.
@Suite struct Resilience4jBreakerTests {
    // MARK: 1.8

    @Test func resilience4j_defaults() throws {
        let rules = try CircuitBreakerRules.resilience4j()
        #expect(rules.trip == .ratio(0.5, minimum: 100))
        #expect(rules.window == .count(100))
        #expect(rules.slow == .init(after: .seconds(60), ratio: 1))
        #expect(rules.trials == 10)
        #expect(rules.open.first == .seconds(60))
        #expect(rules.maxHalfOpen == nil && !rules.halfOpensByItself)
    }

    /// Trials that take too long open it again.
    @Test func resilience4j_maxWaitInHalfOpen() throws {
        let breaker = BreakerStand(try .resilience4j(maxHalfOpen: .seconds(5)))
        breaker.calls(100, .failure, at: 0)
        let trial = breaker.admit(at: 61_000)
        #expect(trial != nil && breaker.state == .halfOpen)
        #expect(breaker.timeToTick(at: 62_000) == .seconds(4))
        breaker.tick(at: 65_999.999)
        #expect(breaker.state == .halfOpen)
        breaker.tick(at: 66_000)
        #expect(breaker.state == .open && breaker.reason == .overdue)
        // From then on, not from when it is looked at.
        #expect(breaker.snapshot(at: 66_000).timeLeft == .seconds(60))
        #expect(breaker.admit(at: 126_000) == nil)
        #expect(breaker.admit(at: 126_000.001) != nil)
    }

    // MARK: 1.9 Windows

    @Test func resilience4j_countWindowEvictsTheOldest() throws {
        let breaker = BreakerStand(try .resilience4j(ratio: 1, minimum: 4, window: .count(4)))
        breaker.calls(1, .success, at: 0)
        breaker.calls(3, .failure, at: 0)
        #expect(breaker.snapshot(at: 0).window == CircuitBreakerCell(calls: 4, failures: 3))
        breaker.calls(1, .success, at: 0)
        #expect(breaker.snapshot(at: 0).cells.map(\.failures) == [1, 1, 1, 0])
        breaker.calls(3, .failure, at: 0)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.state == .open)
    }

    @Test func resilience4j_minimumIsAtMostTheCountWindow() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 100, window: .count(5)))
        breaker.calls(4, .failure, at: 0)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.state == .open)
    }

    /// N seconds by the clock, the one that runs included; the minimum is not clamped.
    @Test func resilience4j_timeWindowOfWholeSeconds() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 3, window: .time(.seconds(2))))
        breaker.calls(1, .failure, at: 999)
        breaker.calls(1, .failure, at: 1000)
        #expect(breaker.snapshot(at: 1999).window.calls == 2)
        // At 2000 the first second is gone, although its call is only 1001 ms old.
        #expect(breaker.snapshot(at: 2000).window.calls == 1)
        breaker.calls(1, .failure, at: 2000)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 2999)
        #expect(breaker.state == .open)
        #expect(breaker.snapshot(at: 2999).cells.map(\.calls) == [1, 2])
    }

    @Test func resilience4j_timeWindowIsWholeSeconds() {
        for window in [Duration.milliseconds(999), .milliseconds(1500)] {
            #expect(throws: PolicyError.self) { try CircuitBreakerRules.resilience4j(window: .time(window)) }
        }
    }

    // MARK: 1.10, 1.11

    @Test func resilience4j_noDecisionBelowTheMinimum() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 10))
        for _ in 0..<9 {
            let permit = try #require(breaker.admit(at: 0))
            #expect(breaker.record(.failure, permit, at: 0).measure == .tooFewCalls)
        }
        let permit = try #require(breaker.admit(at: 0))
        #expect(breaker.record(.failure, permit, at: 0).measure == .rate(1))
        #expect(breaker.state == .open)
    }

    @Test func resilience4j_aCallIsSlowOnlyBeyondTheThreshold() throws {
        let breaker = BreakerStand(
            try .resilience4j(minimum: 2, slow: .init(after: .seconds(2), ratio: 0.5)))
        breaker.call(.success, took: .seconds(2), at: 0)
        #expect(breaker.snapshot(at: 0).window.slow == 0)
        breaker.call(.success, took: .seconds(2) + .nanoseconds(1), at: 0)
        #expect(breaker.state == .open && breaker.reason == .slow)
    }

    @Test func resilience4j_slowFailuresCountInBothRates() throws {
        let breaker = BreakerStand(
            try .resilience4j(ratio: 0.6, minimum: 4, slow: .init(after: .seconds(2), ratio: 0.6)))
        breaker.call(.failure, took: .seconds(3), at: 0)
        breaker.call(.success, at: 0)
        breaker.call(.success, at: 0)
        let snapshot = breaker.snapshot(at: 0)
        #expect(snapshot.failureRate == snapshot.slowRate && snapshot.window.slow == 1)
    }

    /// 50 failures, then 50 successes: open at call 100.
    @Test func resilience4j_golden_fiftyFailuresThenFiftySuccesses() throws {
        let breaker = BreakerStand(try .resilience4j())
        breaker.calls(50, .failure, at: 0)
        breaker.calls(49, .success, at: 0)
        #expect(breaker.state == .closed)
        breaker.calls(1, .success, at: 0)
        #expect(breaker.state == .open && breaker.reason == .ratio)
    }

    // MARK: 1.12 Half-open

    static func halfOpen(trials: Int = 10, minimum: Int = 100) throws -> (BreakerStand, [CircuitBreakerPermit]) {
        let breaker = BreakerStand(try .resilience4j(minimum: minimum, trials: trials))
        breaker.calls(100, .failure, at: 0)
        return (breaker, (0..<50).compactMap { _ in breaker.admit(at: 61_000) })
    }

    @Test(arguments: [(4, CircuitBreakerState.closed), (5, .open)])
    func resilience4j_theTrialsDecideTogether(failures: Int, next: CircuitBreakerState) throws {
        let (breaker, permits) = try Self.halfOpen()
        #expect(permits.count == 10)
        for (index, permit) in permits.enumerated() {
            #expect(breaker.state == .halfOpen)
            breaker.record(index < failures ? .failure : .success, permit, at: 62_000)
        }
        #expect(breaker.state == next && breaker.reason == .trial)
    }

    @Test func resilience4j_fewerTrialsDecideBelowAMinimumOfTen() throws {
        let (breaker, permits) = try Self.halfOpen(minimum: 3)
        #expect(permits.count == 10)
        for permit in permits.prefix(3) { breaker.record(.success, permit, at: 62_000) }
        #expect(breaker.state == .closed)
    }

    @Test func resilience4j_ignoredResultsGiveThePermitBack() throws {
        let (breaker, permits) = try Self.halfOpen(trials: 2)
        #expect(permits.count == 2)
        breaker.record(.ignored, permits[0], at: 62_000)
        #expect(breaker.state == .halfOpen)
        #expect(breaker.admit(at: 62_000) != nil)
        #expect(breaker.admit(at: 62_000) == nil)
    }

    @Test func resilience4j_onlyPermitsOfTheseTrialsAreGivenBack() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 2, trials: 1))
        let late = try #require(breaker.admit(at: 0))
        breaker.calls(2, .failure, at: 0)
        let trial = breaker.admit(at: 61_000)
        #expect(trial != nil)
        breaker.record(.ignored, late, at: 61_000)
        #expect(breaker.admit(at: 61_000) == nil)
    }

    // MARK: 1.13

    @Test func resilience4j_growingOpenWaits() throws {
        let breaker = BreakerStand(
            try .resilience4j(
                minimum: 2, open: .growing(first: .seconds(1), factor: 2, most: .seconds(5)), trials: 1))
        breaker.calls(2, .failure, at: 0)
        var time = 0.0
        for length in [1000.0, 2000, 4000, 5000, 5000] {
            #expect(breaker.transitions.last?.openFor == .milliseconds(length))
            #expect(breaker.admit(at: time + length) == nil)
            time += length + 1
            breaker.call(.failure, at: time)
        }
        // Closed once, it begins with the first length again.
        breaker.call(.success, at: time + 5001)
        breaker.calls(2, .failure, at: time + 5001)
        #expect(breaker.transitions.last?.openFor == .seconds(1))
    }

    @Test func resilience4j_openStillRecordsLateResults() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 2, window: .count(10)))
        let late = try #require(breaker.admit(at: 0))
        breaker.calls(2, .failure, at: 0)
        breaker.record(.success, late, at: 100)
        #expect(breaker.snapshot(at: 100).window == CircuitBreakerCell(calls: 3, failures: 2))
        // After trials it is their window that goes on.
        let trials = (0..<10).compactMap { _ in breaker.admit(at: 61_000) }
        for trial in trials.prefix(2) { breaker.record(.failure, trial, at: 61_000) }
        #expect(breaker.state == .open)
        breaker.record(.success, trials[2], at: 61_100)
        #expect(breaker.snapshot(at: 61_100).window == CircuitBreakerCell(calls: 3, failures: 2))
    }

    @Test func resilience4j_forcedOpenDisabledAndMetricsOnly() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 2))
        breaker.force(.forcedOpen, at: 0)
        #expect(breaker.admit(at: 1e9) == nil)
        #expect(breaker.retryAfter(at: 1e9) == nil)
        breaker.force(.disabled, at: 1e9)
        breaker.calls(50, .failure, at: 1e9)
        #expect(breaker.state == .disabled && breaker.snapshot(at: 1e9).window.calls == 0)
        breaker.force(.metricsOnly, at: 1e9)
        breaker.calls(50, .failure, at: 1e9)
        #expect(breaker.state == .metricsOnly && breaker.snapshot(at: 1e9).window.failures == 50)
        breaker.force(.closed, at: 1e9)
        #expect(breaker.snapshot(at: 1e9).window.calls == 0)
        #expect(breaker.transitions.allSatisfy { $0.reason == .forced })
    }
}
