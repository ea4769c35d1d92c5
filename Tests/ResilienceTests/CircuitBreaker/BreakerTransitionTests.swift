import Resilience
import Testing

/// The table of transitions, interventions, and rules that cannot be.
@Suite struct BreakerTransitionTests {
    @Test func onlyTheTableCanBeExpressed() {
        var legal = 0
        for from in CircuitBreakerState.allCases {
            for to in CircuitBreakerState.allCases {
                for reason in CircuitBreakerTransition.Reason.allCases {
                    let transition = CircuitBreakerTransition(from: from, to: to, reason: reason)
                    if reason == .forced {
                        #expect((transition != nil) == (from != to))
                    } else if transition != nil {
                        legal += 1
                    }
                }
            }
        }
        // Closed to open for three reasons; open to half-open and to closed; half-open to closed, and to open for two.
        #expect(legal == 3 + 2 + 1 + 2)
        #expect(CircuitBreakerTransition(from: .closed, to: .halfOpen, reason: .elapsed) == nil)
        #expect(CircuitBreakerTransition(from: .forcedOpen, to: .halfOpen, reason: .elapsed) == nil)
        #expect(CircuitBreakerTransition(from: .open, to: .closed, reason: .trial) == nil)
    }

    @Test(arguments: CircuitBreakerProfile.allCases)
    func everyStateCanBeForced(profile: CircuitBreakerProfile) throws {
        let breaker = BreakerStand(try .consecutive(profile))
        for from in CircuitBreakerState.allCases {
            for to in CircuitBreakerState.allCases where to != from {
                breaker.force(from, at: 0)
                breaker.force(to, at: 0)
                #expect(breaker.state == to && breaker.reason == .forced)
                #expect(breaker.transitions.last?.from == from)
            }
        }
        let count = breaker.transitions.count
        breaker.force(breaker.state, at: 0)
        #expect(breaker.transitions.count == count, "it is there already")
    }

    @Test func forcedHalfOpenLetsOneTrialThrough() throws {
        for profile in CircuitBreakerProfile.allCases {
            let breaker = BreakerStand(try .consecutive(profile))
            breaker.force(.halfOpen, at: 0)
            #expect((0..<5).count { _ in breaker.admit(at: 0) != nil } == 1, "\(profile)")
        }
    }

    // MARK: New rules in the middle of it

    @Test func changedThresholdMeetsTheCountsThatAreThere() throws {
        let breaker = BreakerStand(try .pollyV7(failures: 10, open: .seconds(30)))
        breaker.calls(4, .failure, at: 0)
        breaker.change(try .pollyV7(failures: 5, open: .seconds(60)), at: 0)
        breaker.calls(1, .failure, at: 0)
        #expect(breaker.state == .open)
        #expect(breaker.transitions.last?.openFor == .seconds(60))
        // A running break ends as set.
        breaker.change(try .pollyV7(failures: 5, open: .seconds(1)), at: 1000)
        #expect(breaker.admit(at: 59_999) == nil && breaker.admit(at: 60_000) != nil)
    }

    @Test func anotherWindowBeginsEmpty() throws {
        let breaker = BreakerStand(try .resilience4j(minimum: 4, window: .count(10)))
        breaker.calls(3, .failure, at: 500)
        breaker.change(try .resilience4j(ratio: 0.9, minimum: 4, window: .count(10)), at: 600)
        #expect(breaker.snapshot(at: 600).window.calls == 3)
        breaker.change(try .resilience4j(minimum: 4, window: .time(.seconds(10))), at: 700)
        #expect(breaker.snapshot(at: 700).window.calls == 0)
        breaker.calls(4, .failure, at: 800)
        #expect(breaker.state == .open)
    }

    // MARK: Bad input

    typealias Rules = CircuitBreakerRules

    @Test func impossibleRulesThrow() {
        func refused(
            _ setting: String, _ location: SourceLocation = #_sourceLocation, _ make: () throws -> Rules
        ) {
            let error = #expect(throws: PolicyError.self, sourceLocation: location) { try make() }
            #expect(error?.setting == setting, sourceLocation: location)
        }
        refused("failures") { try .pollyV7(failures: 0, open: .seconds(1)) }
        for ratio in [0, -0.1, 1.1, .nan, .infinity] { refused("ratio") { try .resilience4j(ratio: ratio) } }
        refused("minimum") { try .resilience4j(minimum: 0) }
        refused("minimum") { try .pollyV8(minimum: 1) }
        refused("window") { try Rules(profile: .pollyV8, trip: .ratio(0.5, minimum: 2), open: .fixed(.seconds(1))) }
        refused("window") { try .resilience4j(window: .count(0)) }
        refused("window") { try .resilience4j(window: .time(.milliseconds(10))) }
        refused("window") { try .hystrix(window: .milliseconds(400)) }
        refused("window") { try .hystrix(window: .milliseconds(700)) }
        refused("window") { try .gobreaker(interval: .seconds(1), bucket: .seconds(2)) }
        refused("window") { try .pollyV8(window: .zero) }
        refused("bucket") { try .gobreaker(interval: .seconds(1), bucket: .zero) }
        refused("bucket") { try .gobreaker(interval: .seconds(1000), bucket: .nanoseconds(1)) }
        refused("bucket") {
            try Rules(
                profile: .hystrix, trip: .ratio(1, minimum: 1), window: .time(.seconds(2), bucket: .seconds(1)),
                open: .fixed(.seconds(1)))
        }
        refused("slow.ratio") { try .resilience4j(slow: .init(after: .seconds(1), ratio: 0)) }
        refused("slow.after") { try .resilience4j(slow: .init(after: .seconds(-1), ratio: 1)) }
        refused("slow") {
            try Rules(
                profile: .resilience4j, trip: .consecutive(3), slow: .init(after: .seconds(1), ratio: 1),
                open: .fixed(.seconds(1)))
        }
        refused("open") { try .pybreaker(open: .zero) }
        refused("open") { try .resilience4j(open: .growing(first: .seconds(-1), factor: 2)) }
        refused("growth") { try .resilience4j(open: .growing(first: .seconds(1), factor: 0.5)) }
        refused("growth") { try .resilience4j(open: .growing(first: .seconds(1), factor: .nan)) }
        refused("maxOpen") { try .resilience4j(open: .growing(first: .seconds(2), factor: 2, most: .seconds(1))) }
        refused("maxOpen") { try .envoy(base: .seconds(30), most: .seconds(29)) }
        refused("trials") { try .gobreaker(trials: 0) }
        refused("trials") {
            try Rules(profile: .pollyV7, trip: .consecutive(3), open: .fixed(.seconds(1)), trials: 2)
        }
        refused("maxHalfOpen") { try .resilience4j(maxHalfOpen: .zero) }
        refused("tick") { try .hystrix(tick: .zero) }
    }

    @Test(arguments: CircuitBreakerProfile.allCases)
    func extremeDurationsDoNotTrap(profile: CircuitBreakerProfile) throws {
        let longest = Duration.seconds(Int64.max)
        for open in [
            CircuitBreakerBreak.fixed(longest), .growing(first: .seconds(1), factor: 1e300),
            .linear(base: longest, most: longest), .custom { _ in longest }, .custom { _ in .seconds(-1) },
        ] {
            let rules = try CircuitBreakerRules(
                profile: profile, trip: .ratio(1, minimum: 2),
                window: profile == .resilience4j || profile == .hystrix ? .count(2) : .time(longest), open: open,
                maxHalfOpen: longest, halfOpensByItself: true, tick: longest)
            let breaker = BreakerStand(rules)
            for time in [0, 1, 1e6, 1e12, 1e15, 0] {
                breaker.calls(3, .failure, at: time)
                breaker.tick(at: time)
                breaker.force(.open, at: time)
                breaker.calls(1, .failure, at: time)
                breaker.force(.halfOpen, at: time)
                breaker.calls(2, .success, at: time)
                breaker.force(.closed, at: time)
                _ = breaker.timeToTick(at: time)
            }
            #expect(breaker.transitions.count > 6)
        }
    }
}
