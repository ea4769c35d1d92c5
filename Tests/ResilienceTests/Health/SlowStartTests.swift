import Resilience
import Testing

/// Slow start, each test named after its rule.
@Suite struct SlowStartTests {
    static func factors(_ rules: SlowStartRules, at seconds: [Double]) -> [Double] {
        seconds.map { rules.factor(after: .exact(milliseconds: $0 * 1000)) }
    }

    @Test func envoy_growsLinearlyWithAFloor() throws {
        let rules = try SlowStartRules.envoy(window: .seconds(60))
        #expect(Self.factors(rules, at: [0, 5.999, 6, 30, 59.994, 60, 600]) == [0.1, 0.1, 0.1, 0.5, 0.9999, 1, 1])
    }

    /// (t / window)^(1 / aggression)
    @Test(arguments: [
        (2.0, 0.5, 0.7071067811865476), (0.5, 0.5, 0.25), (4, 0.0001, 0.1), (1.5, 0.3, 0.4481404746557165),
    ])
    func envoy_aggression(aggression: Double, share: Double, factor: Double) throws {
        let rules = try SlowStartRules.envoy(window: .seconds(100), aggression: aggression)
        #expect(abs(rules.factor(after: .exact(milliseconds: share * 100_000)) - factor) < 1e-12)
    }

    /// max(t, 1): the least counts from the first instant on.
    @Test func envoy_timeIsAtLeastOne() throws {
        let rules = try SlowStartRules.envoy(window: .milliseconds(1000), aggression: 1, least: 0)
        #expect(Self.factors(rules, at: [0, 0.001, 0.0019, 0.002]) == [0.001, 0.001, 0.001, 0.002])
    }

    @Test func haproxy_growsLinearlyFromNothing() throws {
        let rules = try SlowStartRules.haproxy(window: .seconds(40))
        #expect(Self.factors(rules, at: [0, 1, 10, 39, 40, 41]) == [0, 0.025, 0.25, 0.975, 1, 1])
    }

    /// On joining; where there are active checks, only when these have passed.
    @Test func envoy_enteredOnJoiningOrAfterChecks() throws {
        let rules = try SlowStartRules.envoy(window: .seconds(60))
        #expect(
            rules.applies(to: .joined, hasActiveChecks: false) && rules.applies(to: .recovered, hasActiveChecks: true))
        #expect(!rules.applies(to: .joined, hasActiveChecks: true))
        #expect(!rules.applies(to: .recovered, hasActiveChecks: false))
    }

    @Test func haproxy_neverAtProcessStart() throws {
        let rules = try SlowStartRules.haproxy(window: .seconds(60))
        #expect(!rules.applies(to: .processStart, hasActiveChecks: true))
        #expect(rules.applies(to: .recovered, hasActiveChecks: true))
    }

    @Test func beginsWhenTheServerGetsCalls() throws {
        let start = ContinuousClock.now
        var server = SlowStart<ContinuousClock.Instant>(try .haproxy(window: .seconds(10)))
        #expect(server.factor(at: start) == 1)
        server.begin(.processStart, hasActiveChecks: true, at: start)
        #expect(server.factor(at: start) == 1)
        server.begin(.recovered, hasActiveChecks: true, at: start.advanced(by: .seconds(5)))
        #expect(server.factor(at: start.advanced(by: .seconds(7))) == 0.2)
        #expect(server.factor(at: start.advanced(by: .seconds(15))) == 1)
    }

    /// Other rules hold from the beginning of what is under way, not from the moment of the change.
    @Test func otherRulesKeepTheBeginning() throws {
        let start = ContinuousClock.now
        var server = SlowStart<ContinuousClock.Instant>(try .haproxy(window: .seconds(10)))
        server.change(try .haproxy(window: .seconds(20)))
        #expect(server.end == nil && server.factor(at: start) == 1)
        server.begin(.joined, hasActiveChecks: false, at: start)
        #expect(server.factor(at: start.advanced(by: .seconds(5))) == 0.25)
        server.change(try .haproxy(window: .seconds(40)))
        #expect(server.factor(at: start.advanced(by: .seconds(10))) == 0.25)
        #expect(server.end == start.advanced(by: .seconds(40)))
        server.change(try .envoy(window: .seconds(5)))
        #expect(server.factor(at: start.advanced(by: .seconds(10))) == 1)
    }

    @Test func badRulesAreRefused() {
        #expect(throws: PolicyError.self) { try SlowStartRules.envoy(window: .zero) }
        #expect(throws: PolicyError.self) { try SlowStartRules.envoy(window: .seconds(1), aggression: 0) }
        #expect(throws: PolicyError.self) { try SlowStartRules.envoy(window: .seconds(1), least: 2) }
    }
}
