import Resilience
import Testing

/// The table of boundary cases: one test a column, one case a row. The rows are written out here, not read off the
/// profiles.
@Suite struct BreakerBoundaryTests {
    // MARK: Trip test

    @Test(arguments: [
        // Each with its own defaults: so many failures in a row, from nothing, until it is open.
        (CircuitBreakerProfile.pollyV7, 5, 5), (.pollyV8, 100, 100), (.resilience4j, 100, 100), (.hystrix, 20, 20),
        (.gobreaker, 6, 6), (.pybreaker, 5, 5), (.envoy, 5, 5),
    ])
    func tripTest_countThatTrips(profile: CircuitBreakerProfile, failures: Int, trips: Int) throws {
        let breaker = BreakerStand(try Self.defaults(profile))
        breaker.calls(failures - 1, .failure, at: 100)
        breaker.tick(at: 500)
        #expect(breaker.state == .closed)
        breaker.calls(1, .failure, at: 600)
        breaker.tick(at: 1000)
        #expect(breaker.state == .open)
        #expect(breaker.reason == (breaker.core.rules.window == nil ? .consecutive : .ratio))
    }

    @Test(arguments: [
        // Of 100 calls, so many failures trip it, one fewer does not. Hystrix cuts 49.99 off to 49.
        (CircuitBreakerProfile.pollyV8, 10, 100), (.resilience4j, 50, 100), (.hystrix, 50, 100),
        (.hystrix, 5000, 10_000),
    ])
    func tripTest_shareThatTrips(profile: CircuitBreakerProfile, failures: Int, calls: Int) throws {
        for missing in [1, 0] {
            let breaker = BreakerStand(try Self.defaults(profile))
            // The successes first, so that the last call is a failure.
            breaker.calls(calls - failures + missing, .success, at: 100)
            breaker.calls(failures - missing, .failure, at: 100)
            breaker.tick(at: 500)
            #expect(breaker.state == (missing == 0 ? .open : .closed))
        }
    }

    /// Failures that are not in a row do not trip those that count them in a row.
    @Test(arguments: [CircuitBreakerProfile.pollyV7, .gobreaker, .pybreaker, .envoy])
    func tripTest_successBreaksTheRow(profile: CircuitBreakerProfile) throws {
        let breaker = BreakerStand(try Self.defaults(profile))
        for _ in 0..<10 {
            breaker.calls(4, .failure, at: 0)
            breaker.calls(1, .success, at: 0)
        }
        #expect(breaker.state == .closed)
    }

    static func defaults(_ profile: CircuitBreakerProfile) throws -> CircuitBreakerRules {
        switch profile {
        case .pollyV7: try .pollyV7(failures: 5, open: .seconds(5))
        case .pollyV8: try .pollyV8()
        case .resilience4j: try .resilience4j()
        case .hystrix: try .hystrix()
        case .gobreaker: try .gobreaker()
        case .pybreaker: try .pybreaker()
        case .envoy: try .envoy()
        }
    }

    // MARK: Evaluated on

    enum Evaluated { case failure, everyResult, tick }

    @Test(arguments: [
        (CircuitBreakerProfile.pollyV7, Evaluated.failure), (.pollyV8, .failure), (.resilience4j, .everyResult),
        (.hystrix, .tick), (.gobreaker, .failure), (.pybreaker, .failure), (.envoy, .everyResult),
    ])
    func evaluatedOn(profile: CircuitBreakerProfile, evaluated: Evaluated) throws {
        let breaker = BreakerStand(try .ratio(profile))
        breaker.calls(3, .failure, at: 100)
        #expect(breaker.state == .closed)
        // Now the window holds enough calls, and too many of them have failed.
        breaker.calls(1, .success, at: 101)
        #expect((breaker.state == .open) == (evaluated == .everyResult))
        breaker.calls(1, .failure, at: 102)
        #expect((breaker.state == .open) == (evaluated != .tick))
        breaker.tick(at: 499.999)
        #expect((breaker.state == .open) == (evaluated != .tick))
        breaker.tick(at: 500)
        #expect(breaker.state == .open)
    }

    // MARK: Open to half-open

    enum HalfOpening { case nextCall, nextCallOrReading, sweep }

    @Test(arguments: [
        (CircuitBreakerProfile.pollyV7, HalfOpening.nextCallOrReading), (.pollyV8, .nextCall),
        (.resilience4j, .nextCall), (.hystrix, .nextCall), (.gobreaker, .nextCallOrReading), (.pybreaker, .nextCall),
        (.envoy, .sweep),
    ])
    func openToHalfOpen(profile: CircuitBreakerProfile, by: HalfOpening) throws {
        let breaker = try Self.opened(profile, at: 100)
        breaker.tick(at: 5900)
        #expect(breaker.state == .open, "time alone changes nothing")
        breaker.tick(at: 6100)
        #expect(breaker.state == (by == .sweep ? .closed : .open))
        breaker.read(at: 6200)
        #expect((breaker.state == .halfOpen) == (by == .nextCallOrReading))
        let passes = breaker.call(.success, at: 6300)
        #expect(passes)
        #expect(breaker.transitions.contains { $0.to == .halfOpen } == (by != .sweep))
    }

    /// A timer, where there is one: resilience4j's automatic transition.
    @Test func openToHalfOpen_byItself() throws {
        let breaker = BreakerStand(try .resilience4j(halfOpensByItself: true))
        breaker.calls(100, .failure, at: 0)
        #expect(breaker.timeToTick(at: 10_000) == .seconds(50))
        breaker.tick(at: 59_999)
        #expect(breaker.state == .open)
        breaker.tick(at: 60_000)
        #expect(breaker.state == .halfOpen)
    }

    /// Open since that time, for 5 s.
    static func opened(_ profile: CircuitBreakerProfile, trials: Int = 1, at time: Double) throws -> BreakerStand {
        let breaker = BreakerStand(try .consecutive(profile, trials: trials))
        breaker.calls(3, .failure, at: time)
        breaker.force(.open, at: time)
        #expect(breaker.state == .open)
        return breaker
    }

    // MARK: At exactly the timeout

    @Test(arguments: [
        (CircuitBreakerProfile.pollyV7, true), (.pollyV8, true), (.resilience4j, false), (.hystrix, false),
        (.gobreaker, false), (.pybreaker, true), (.envoy, true),
    ])
    func atExactlyTheTimeout(profile: CircuitBreakerProfile, isOver: Bool) throws {
        for (late, passes) in [(-0.000_001, false), (0, isOver), (0.000_001, true)] {
            // Envoy sweeps at whole seconds: 6000 is one.
            let breaker = try Self.opened(profile, at: 1000)
            let passed = breaker.call(.success, at: 6000 + late)
            #expect(passed == passes, "\(late) ms after the timeout")
        }
    }

    // MARK: Probes

    @Test(arguments: [
        (CircuitBreakerProfile.pollyV7, 1, 1), (.pollyV8, 1, 1), (.resilience4j, 3, 3), (.hystrix, 1, 1),
        (.gobreaker, 3, 3), (.pybreaker, 3, 1), (.envoy, 1, 10),
    ])
    func probes(profile: CircuitBreakerProfile, trials: Int, admitted: Int) throws {
        let breaker = try Self.opened(profile, trials: trials, at: 1)
        let permits = (0..<10).compactMap { _ in breaker.admit(at: 5002) }
        #expect(permits.count == (profile == .envoy ? 0 : admitted))
        // Envoy has none: at the sweep everyone is back.
        if profile == .envoy {
            #expect((0..<10).compactMap { _ in breaker.admit(at: 6000) }.count == admitted)
        } else {
            #expect(permits.allSatisfy { $0.isTrial })
        }
        // Polly 7 lets another one through one break later; a lost probe of all others wedges the breaker.
        let later = (0..<10).compactMap { _ in breaker.admit(at: 10_002) }.count
        #expect(later == (profile == .pollyV7 ? 1 : profile == .envoy ? 10 : 0))
    }

    /// pybreaker's calls run one after the other, also the trials: with the answer comes the next.
    @Test func probes_pybreakerOneAfterTheOther() throws {
        let breaker = try Self.opened(.pybreaker, trials: 2, at: 0)
        let first = try #require(breaker.admit(at: 5000))
        #expect(breaker.admit(at: 5000) == nil)
        breaker.record(.success, first, at: 5001)
        #expect(breaker.state == .halfOpen)
        breaker.call(.success, at: 5002)
        #expect(breaker.state == .closed)
    }

    // MARK: Stale results

    enum Stale { case ignoredWhileOpen, countedWhileOpen, dropped }

    @Test(arguments: [
        (CircuitBreakerProfile.pollyV7, Stale.countedWhileOpen), (.pollyV8, .countedWhileOpen),
        (.resilience4j, .countedWhileOpen), (.hystrix, .countedWhileOpen), (.gobreaker, .dropped),
        (.pybreaker, .dropped),
    ])
    func staleResults_whileOpen(profile: CircuitBreakerProfile, stale: Stale) throws {
        let breaker = BreakerStand(try .ratio(profile))
        let late = try #require(breaker.admit(at: 0))
        breaker.calls(4, .failure, at: 100)
        breaker.tick(at: 500)
        let record = breaker.record(.failure, late, at: 600)
        #expect(breaker.state == .open)
        #expect(record.transitions.isEmpty)
        #expect((record.counted != nil) == (stale == .countedWhileOpen))
        let left = try #require(breaker.snapshot(at: 600).timeLeft)
        #expect(left <= .milliseconds(4900), "never extends the break")
    }

    enum StaleTrial { case moves, counts, dropped }

    @Test(arguments: [
        (CircuitBreakerProfile.pollyV7, StaleTrial.moves), (.pollyV8, .moves), (.resilience4j, .counts),
        (.hystrix, .moves), (.gobreaker, .dropped), (.pybreaker, .dropped),
    ])
    func staleResults_whileHalfOpen(profile: CircuitBreakerProfile, stale: StaleTrial) throws {
        for result in [CircuitBreakerResult.success, .failure] {
            let trials = profile == .resilience4j ? 4 : 1
            let breaker = BreakerStand(try .ratio(profile, trials: trials))
            let late = try #require(breaker.admit(at: 0))
            breaker.calls(4, .failure, at: 100)
            breaker.tick(at: 500)
            let trial = breaker.admit(at: 6000)
            #expect(trial != nil && breaker.state == .halfOpen)
            let record = breaker.record(result, late, at: 6001)
            #expect((breaker.state != .halfOpen) == (stale == .moves))
            #expect((record.counted != nil) == (stale != .dropped))
            if stale == .moves { #expect(breaker.state == (result == .success ? .closed : .open)) }
            if stale == .counts { #expect(breaker.snapshot(at: 6001).window.calls == 1) }
        }
    }

    /// Envoy goes on counting while the host is away, and begins anew when it is back.
    @Test func staleResults_envoyClearsOnReturn() throws {
        let breaker = BreakerStand(try .envoy())
        let late = (0..<8).compactMap { _ in breaker.admit(at: 0) }
        for permit in late { breaker.record(.failure, permit, at: 1000) }
        #expect(breaker.state == .open)
        #expect(breaker.snapshot(at: 1000).failuresInARow == 3)
        breaker.tick(at: 40_000)
        #expect(breaker.state == .closed)
        #expect(breaker.snapshot(at: 40_000).failuresInARow == 0)
    }
}
