import Scenario
import Testing
import Trace

@testable import Model

/// HAProxy's finer settings of checks, Envoy's of outlier detection, nginx' counting of failures, failure accrual.
@Suite struct WatcherTests {
    static let steady = "arrivals: { rate: 10/s }"

    func run(
        _ balancer: String, _ servers: String = "{ s1: {}, s2: {} }", duration: String = "40s",
        _ interventions: Intervention...
    ) throws -> Trace {
        try pooled(servers, balancer, client: Self.steady, duration: duration, interventions: interventions)
    }

    // MARK: HAProxy

    /// up: the first check decides; fullyUp: it takes all of `fall`.
    @Test func haproxy_theFirstFailedCheckTakesAFreshServerDown() throws {
        func down(_ start: String) throws -> [String] {
            try run(
                "{ use: roundRobin, health: { every: 2s, fall: 3\(start) } }", "{ s1: {}, s2: { errors: 100% } }"
            ).story(.serverDown)
        }
        #expect(try down("") == ["2010 serverDown shop s2"])
        #expect(try down(", start: fullyUp") == ["6010 serverDown shop s2"])
    }

    @Test func haproxy_aServerMayBeginDown() throws {
        let trace = try run("{ use: roundRobin, health: { every: 2s, rise: 2, start: down } }", duration: "5s")
        #expect(
            trace.story(.serverDown, .serverUp) == [
                "0 serverDown shop s1", "0 serverDown shop s2", "2010 serverUp shop s1", "2010 serverUp shop s2",
            ])
        #expect(trace.why(trace.all(.serverDown)[0]) == ["shop serverDown", "shop serverJoined"])
        #expect(trace.all(.balancerRefused).count == 21)
        let fully = try run("{ use: roundRobin, health: { every: 2s, rise: 2, start: fullyDown } }", duration: "5s")
        #expect(fully.all(.serverUp).first?.time.milliseconds == 4010)
    }

    /// Every 4 s; a second after it has come, each second on the way down, each 2 s while down.
    @Test func haproxy_checksHurryAndRest() throws {
        let trace = try run(
            "{ use: roundRobin, health: { every: 4s, timeout: 500ms, fall: 2, fastEvery: 1s, downEvery: 2s } }",
            "{ s1: {} }", duration: "11s", at(5000, .kill(backend: "s1")))
        #expect(trace.all(.healthChecked).map { $0.time.seconds.rounded() } == [1, 5, 6, 8, 10])
        #expect(trace.story(.serverDown) == ["6000 serverDown shop s1"])
    }

    @Test(arguments: [("markDown", 1), ("suddenDeath", 2), ("failCheck", 4), ("checkSoon", 4)])
    func haproxy_callsThatFailCount(then: String, runs: Int) throws {
        let trace = try run(
            """
            { use: roundRobin, health: { every: 30s, start: fullyUp, rise: 1, fall: 4,
                                         observe: { errors: 5, then: \(then) } } }
            """, "{ s1: {}, s2: { errors: 100% } }", duration: "20s")
        let down = trace.all(.serverDown).first
        if then == "checkSoon" {
            #expect(down == nil)
        } else {
            #expect(trace.name(try #require(down).detail) == "s2")
            let failed = trace.all(.callFinished).filter { !$0.outcome.isSuccess && $0.time <= down?.time ?? .zero }
            #expect(failed.count == 5 * runs)
            #expect(trace.why(down).prefix(2) == ["shop serverDown", "s2 callFinished"])
        }
    }

    @Test func haproxy_slowStartFollowsTheChecks() throws {
        let trace = try run(
            "{ use: smoothWeighted, slowStart: { window: 10s, like: haproxy }, health: { every: 2s } }",
            "{ s1: {}, s2: { joins: 1s } }", duration: "20s")
        let weights = trace.all(.serverWeighed)
        #expect(weights.map(\.value) == [0, 201_000, 401_000, 601_000, 801_000, 1_000_000])
        #expect(weights.map { $0.time.milliseconds } == [1000, 3010, 5010, 7010, 9010, 11_010])
    }

    // MARK: Envoy

    @Test func envoy_failuresOfGatewaysAreCountedApart() throws {
        func found(_ answer: String) throws -> [String] {
            let trace = try run(
                "{ use: roundRobin, outliers: { consecutive: none, gateway: 3, maxEjected: 50% } }",
                "{ s1: {}, s2: { errors: 100%, answer: \(answer) } }", duration: "10s")
            return trace.all(.outlierFound).map { "\(trace.name($0.detail)) \($0.value)" }
        }
        #expect(try found("503") == ["gateway 3"])
        #expect(try found("500") == [])
    }

    @Test func envoy_whatIsNotEnforcedIsOnlyFound() throws {
        let trace = try run(
            "{ use: roundRobin, outliers: { consecutive: 3, maxEjected: 50%, enforced: { consecutive: 0% } } }",
            "{ s1: {}, s2: { errors: 100% } }", duration: "10s")
        #expect(trace.all(.outlierFound).count > 3 && trace.all(.serverEjected).isEmpty)
        let half = try run(
            """
            { use: roundRobin, outliers: { consecutive: 2, maxEjected: 50%, interval: 1s, base: 1s, most: 1s,
                                           enforced: { consecutive: 50% } } }
            """, "{ s1: {}, s2: { errors: 100% } }", duration: "300s")
        let share = Double(half.all(.serverEjected).count) / Double(half.all(.outlierFound).count)
        #expect(abs(share - 0.5) < 0.12, "\(share)")
    }

    @Test func envoy_oneMayAlwaysBeOutAndEjectionsHaveJitter() throws {
        let trace = try run(
            "{ use: roundRobin, outliers: { consecutive: 5, atLeastOne: true, jitter: 9s } }",
            "{ s1: {}, s2: { errors: 100% } }", duration: "10s")
        let ejected = try #require(trace.all(.serverEjected).first)
        #expect(ejected.value > 30_000_000_000 && ejected.value <= 39_000_000_000)
    }

    /// 50 requests for the share of failures, 100 for success rates.
    @Test func envoy_fewestRequests() throws {
        func first(_ rule: String) throws -> Double? {
            try pooled(
                "{ count: 5, shop-2: { errors: 90% } }",
                "{ use: roundRobin, outliers: { consecutive: none, \(rule), maxEjected: 50% } }",
                client: "arrivals: { rate: 32/s }", duration: "21s"
            ).all(.serverEjected).first?.time.seconds
        }
        // 64 for each in an interval.
        #expect(try first("failures: 60%") == 10)
        #expect(try first("deviations: 1.5") == nil)
        #expect(try first("deviations: 1.5, minRequests: 60") == 10)
        #expect(try first("failures: 60%, minRequests: 70") == nil)
    }

    // MARK: nginx

    /// Out at the third failure, tried once after more than 5 whole seconds, out again.
    @Test func nginx_aServerThatFailsIsLeftOutAndTried() throws {
        let trace = try run(
            "{ use: roundRobin, passive: { maxFails: 3, failTimeout: 5s } }", "{ s1: {}, s2: { errors: 100% } }",
            duration: "11500ms", at(7000, .set(path: "backends.shop.servers.s2.errors", value: "0%")))
        #expect(trace.picks("s2", to: 6000) == 3)
        let story = trace.story(.serverEjected, .serverReturned)
        #expect(story.first == "510 serverEjected shop s2")
        #expect(trace.all(.serverEjected)[0].value == 5_000_000_000)
        #expect(
            trace.why(trace.all(.serverEjected)[0]).prefix(3) == [
                "shop serverEjected", "s2 outlierFound", "s2 callFinished",
            ])
        let back = try #require(trace.all(.serverReturned).first)
        #expect(back.time.milliseconds == 6000 && story.count == 3, "\(story)")
        #expect(trace.picks("s2", from: 6000, to: 6200) == 1)
    }

    @Test func nginx_withoutTheRuleEveryoneIsBack() throws {
        let trace = try run(
            "{ use: roundRobin, passive: { maxFails: 1, failTimeout: 60s } }", "{ s1: {}, s2: { errors: 100% } }",
            duration: "10s", at(5000, .set(path: "backends.shop.balancer.passive", value: "none")))
        #expect(trace.story(.serverReturned) == ["5000 serverReturned shop s2"])
        #expect(trace.why(trace.all(.serverReturned)[0]) == ["shop serverReturned", " parameterSet"])
        #expect(trace.picks("s2", to: 5000) == 1 && trace.picks("s2", from: 5000) == 25)
    }

    // MARK: Failure accrual

    /// Dead for 1 s after three failures, tried with one call, dead for 2 s, 4 s; alive once a call succeeds.
    @Test func linkerd_deadForLongerEachTime() throws {
        let trace = try run(
            "{ use: roundRobin, accrual: { failures: 3, min: 1s, max: 60s, jitter: 0% } }",
            "{ s1: {}, s2: { errors: 100% } }", duration: "20s",
            at(7000, .set(path: "backends.shop.servers.s2.errors", value: "0%")))
        #expect(trace.all(.serverEjected).map(\.value) == [1, 2, 4].map { $0 * 1_000_000_000 })
        #expect(trace.all(.serverReturned).count == 3)
        #expect(trace.all(.serverEjected).first?.time == .milliseconds(510))
        #expect(trace.all(.serverReturned).first?.time == .milliseconds(1510))
        #expect(trace.why(trace.all(.serverReturned)[0]).prefix(2) == ["shop serverReturned", "shop serverEjected"])
        let last = try #require(trace.all(.serverReturned).last?.time.milliseconds)
        #expect(trace.picks("s2", from: Int(last) + 200) > 45)
    }

    @Test func finagle_aLowSuccessRateMakesAServerDead() throws {
        let trace = try run(
            "{ use: roundRobin, accrual: { like: finagle, failures: none, successRate: 60%, window: 4s } }",
            "{ s1: {}, s2: { errors: 70% } }", duration: "20s")
        let found = try #require(trace.all(.outlierFound).first)
        #expect(trace.name(found.detail) == "success rate" && found.value < 600_000)
        #expect(trace.all(.serverEjected).first.map { $0.time >= .seconds(4) } == true)
        let none = try run(
            "{ use: roundRobin, accrual: { failures: 2, min: 60s } }", "{ s1: {}, s2: { errors: 100% } }",
            duration: "20s", at(5000, .set(path: "backends.shop.balancer.accrual", value: "none")))
        #expect(none.story(.serverReturned) == ["5000 serverReturned shop s2"])
    }
}
