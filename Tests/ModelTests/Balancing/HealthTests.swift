import Scenario
import Testing
import Trace

@testable import Model

/// Health checks, panic and outlier ejection.
@Suite struct HealthTests {
    static let checked = "{ use: roundRobin, health: { every: 2s, timeout: 1s, rise: 2, fall: 3 } }"
    static let steady = "arrivals: { rate: 10/s }"

    func run(
        _ balancer: String = checked, _ servers: String = "{ s1: {}, s2: {} }", duration: String = "40s",
        _ interventions: Intervention...
    ) throws -> Trace {
        try pooled(servers, balancer, client: Self.steady, duration: duration, interventions: interventions)
    }

    // MARK: Checks

    @Test func threeFailedChecksTakeAServerDownAndTwoBringItBack() throws {
        let trace = try run(
            Self.checked, "{ s1: {}, s2: {} }", at(9000, .kill(backend: "s2")), at(21_000, .restore(backend: "s2")))
        #expect(
            trace.story(.serverDown, .serverUp) == ["14000 serverDown shop s2", "24010 serverUp shop s2"])
        let down = trace.all(.serverDown)[0]
        #expect(trace.why(down) == ["shop serverDown", "shop healthChecked"])
        let failed = trace.all(.healthChecked).filter { $0.outcome == .failed }
        #expect(failed.map(\.value) == [1, 2, 3, 4, 5, 6] && failed.allSatisfy { trace.name($0.detail) == "s2" })
        #expect(trace.picks("s2", from: 14_001, to: 24_010) == 0)
        #expect(trace.picks("s2", from: 9000, to: 14_000) > 20)
        #expect(trace.picks("s2", from: 24_010) > 70)
    }

    /// A check that gets no answer in time fails when its time is over.
    @Test(arguments: [Fault.hang, .blackhole, .slow(factor: 200)])
    func checksFailWithoutAnAnswerInTime(fault: Fault) throws {
        let trace = try run(
            Self.checked, "{ s1: {}, s2: {} }", at(5000, .inject(fault, backend: "s1", duration: .seconds(20))))
        #expect(
            trace.story(.serverDown, .serverUp) == ["11000 serverDown shop s1", "28010 serverUp shop s1"])
    }

    @Test func errorsFailChecksByTheirShare() throws {
        let trace = try run(
            "{ use: roundRobin, health: { every: 100ms, timeout: 50ms, rise: 2, fall: 1000 } }",
            "{ s1: {}, s2: { errors: 30% } }", duration: "100s")
        let checks = trace.all(.healthChecked).filter { trace.name($0.detail) == "s2" }
        let failed = checks.count { $0.outcome == .failed }
        #expect(abs(Double(failed) / Double(checks.count) - 0.3) < 0.06)
    }

    /// Nothing in a run but the checks is another with them.
    @Test func checksTakeNoSlotAndShiftNoDraws() throws {
        func calls(_ balancer: String) throws -> [String] {
            let trace = try pooled(
                "{ s1: {}, s2: {} }", balancer, latency: "{ exponential: 80ms }", client: "arrivals: { poisson: 9/s }",
                duration: "20s", more: ", concurrency: 1")
            return trace.story(.callSent, .callArrived, .serviceStarted, .callFinished)
        }
        #expect(try calls("roundRobin") == calls(Self.checked))
    }

    @Test func checksChangeDuringARun() throws {
        let trace = try run(
            Self.checked, "{ s1: {}, s2: {} }", at(1000, .kill(backend: "s2")),
            at(7500, .set(path: "backends.shop.balancer.health", value: "none")),
            at(20_000, .set(path: "backends.shop.balancer.health", value: "{ every: 1s, timeout: 1s, fall: 1 }")))
        #expect(
            trace.story(.serverDown, .serverUp) == [
                "2000 serverDown shop s2", "7500 serverUp shop s2", "21000 serverDown shop s2",
            ])
        #expect(trace.all(.healthChecked).allSatisfy { $0.time <= .seconds(7) || $0.time >= .seconds(20) })
        #expect(trace.why(trace.all(.serverUp)[0]) == ["shop serverUp", " parameterSet"])
    }

    @Test func aServerThatComesBackStartsSlowly() throws {
        let trace = try run(
            "{ use: smoothWeighted, slowStart: 4s, health: { every: 1s, timeout: 1s, rise: 1, fall: 1 } }",
            "{ s1: {}, s2: {} }", at(3500, .inject(.down, backend: "s2", duration: .seconds(4))))
        let first = trace.all(.serverWeighed).first
        #expect(first?.time == trace.all(.serverUp).first?.time && first?.value == 100_000)
        #expect(trace.why(first).contains("shop serverUp"))
    }

    // MARK: Panic

    @Test func panicUsesAllServers() throws {
        let trace = try run(
            "{ use: roundRobin, panic: 50%, health: { every: 1s, timeout: 1s, rise: 1, fall: 1 } }", "{ count: 4 }",
            at(4500, .kill(backend: "shop-1")), at(8500, .kill(backend: "shop-2")),
            at(12_500, .kill(backend: "shop-3")), at(20_500, .restore(backend: "shop-1")))
        #expect(
            trace.story(.panicStarted, .panicEnded) == ["13000 panicStarted shop", "21010 panicEnded shop"])
        #expect(trace.all(.panicStarted)[0].value == 250_000)
        // Half of them is enough.
        #expect(trace.picks("shop-1", from: 9001, to: 13_000) == 0)
        #expect(trace.picks("shop-1", from: 13_001, to: 20_000) > 10)
        #expect(trace.picks("shop-2", from: 21_011) == 0)
    }

    @Test func withoutPanicNobodyIsLeft() throws {
        let trace = try run(
            "{ use: roundRobin, health: { every: 1s, timeout: 1s, rise: 1, fall: 1 } }", "{ count: 2 }",
            at(4500, .kill(backend: "shop-1")), at(4500, .kill(backend: "shop-2")))
        #expect(trace.all(.balancerRefused).first?.time == .milliseconds(5000))
        #expect(trace.picks("shop-1", from: 5001) + trace.picks("shop-2", from: 5001) == 0)
    }

    // MARK: Outliers

    static let ejecting =
        "{ use: roundRobin, outliers: { consecutive: 5, interval: 10s, base: 30s, maxEjected: 50% } }"

    /// Five in a row, 30 s and the sweep after that; a second ejection lasts twice as long.
    @Test func envoyEjectsAndTakesBackInASweep() throws {
        let trace = try run(Self.ejecting, "{ s1: {}, s2: { errors: 100% } }", duration: "110500ms")
        let story = trace.story(.serverEjected, .serverReturned)
        let kinds = ["serverEjected", "serverReturned", "serverEjected", "serverReturned"]
        #expect(story.map { String($0.split(separator: " ")[1]) } == kinds)
        let times = trace.events.filter { $0.kind == .serverReturned }.map(\.time.seconds)
        #expect(times == [40, 110])
        #expect(trace.all(.serverEjected).map(\.value) == [30_000_000_000, 60_000_000_000])
        #expect(
            trace.why(trace.all(.serverEjected)[0]).prefix(3) == [
                "shop serverEjected", "s2 outlierFound", "s2 callFinished",
            ])
        let found = trace.all(.outlierFound)[0]
        #expect(trace.name(found.detail) == "consecutive" && found.value == 5)
        #expect(trace.why(trace.all(.serverReturned)[0]).prefix(2) == ["shop serverReturned", "shop serverEjected"])
        let ejected = Int(trace.all(.serverEjected)[0].time.milliseconds)
        #expect(trace.picks("s2", from: ejected + 1, to: 40_000) == 0)
    }

    /// 10 % of two servers is not even one.
    @Test func envoyRefusesToEjectTooMany() throws {
        let trace = try run(
            "{ use: roundRobin, outliers: { consecutive: 5 } }", "{ s1: {}, s2: { errors: 100% } }", duration: "20s")
        #expect(trace.all(.serverEjected).isEmpty)
        let refused = try #require(trace.all(.ejectionRefused).first)
        #expect(refused.value == 0 && trace.why(refused).prefix(2) == ["shop ejectionRefused", "s2 outlierFound"])
    }

    /// gRPC ejects while the share that is out is below the limit.
    @Test func gRPCEjectsByShareOfFailures() throws {
        let trace = try run(
            "{ use: roundRobin, outliers: { like: grpc, failures: 60%, minHosts: 2, minRequests: 5, interval: 5s } }",
            "{ count: 3, shop-2: { errors: 90% } }", duration: "30s")
        let found = try #require(trace.all(.outlierFound).first)
        #expect(trace.name(found.component) == "shop-2" && trace.name(found.detail) == "failure percentage")
        #expect(found.time == .seconds(5) && found.value > 600_000)
        #expect(trace.all(.serverEjected).count == 1)
    }

    @Test func withoutTheRuleEveryoneComesBack() throws {
        let trace = try run(
            Self.ejecting, "{ s1: {}, s2: { errors: 100% } }",
            at(20_000, .set(path: "backends.shop.balancer.outliers", value: "none")))
        #expect(trace.story(.serverReturned) == ["20000 serverReturned shop s2"])
        #expect(trace.why(trace.all(.serverReturned)[0]) == ["shop serverReturned", " parameterSet"])
        #expect(trace.picks("s2", from: 20_001) > 90)
    }

    @Test func aServerThatLeavesAndComesBackIsNoOutlierAnyMore() throws {
        let trace = try run(
            Self.ejecting, "{ s1: {}, s2: { errors: 100% } }", at(10_000, .leave(server: "s2")),
            at(12_000, .join(server: "s2")))
        #expect(trace.all(.serverEjected).count >= 2)
        #expect(trace.picks("s2", from: 12_000, to: 13_000) == 5)
    }

    /// A client's own mistakes are not the server's.
    @Test func fourHundredsAreNoFailures() throws {
        let trace = try run(
            Self.ejecting, "{ s1: {}, s2: { errors: 100%, answer: 400 } }", duration: "20s")
        #expect(trace.all(.outlierFound).isEmpty)
    }
}
