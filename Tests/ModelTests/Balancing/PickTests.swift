import Scenario
import Testing
import Trace

@testable import Model

/// Who gets a call, and what the trace says about it.
@Suite struct PickTests {
    static let three = "{ s1: { weight: 3 }, s2: { weight: 2 }, s3: { weight: 1 } }"
    static let alike = "{ s1: {}, s2: {}, s3: {} }"

    @Test(arguments: [
        ("roundRobin", alike, "s1 s2 s3 s1 s2 s3"), ("weighted", three, "s1 s1 s1 s2 s2 s3"),
        ("smoothWeighted", three, "s1 s2 s1 s3 s2 s1"), ("leastConnections", three, "s1 s2 s1 s3 s2 s1"),
        ("idleQueue", alike, "s1 s2 s3 s1 s2 s3"),
    ]) func curriculumSequences(algorithm: String, servers: String, picks: String) throws {
        let trace = try pooled(servers, algorithm, at: [0, 100, 200, 300, 400, 500])
        #expect(trace.picks == picks.split(separator: " ").map(String.init))
        #expect(trace.all(.requestFinished).allSatisfy { $0.outcome == .ok })
    }

    @Test func aPickLeadsToTheCallOfItsServer() throws {
        let trace = try pooled("{ s1: {}, s2: { latency: 30ms } }", at: [0, 0])
        #expect(
            trace.story(.serverJoined, .balancerPicked, .callSent, .callFinished) == [
                "0 serverJoined shop s1", "0 serverJoined shop s2", "0 balancerPicked shop s1", "0 callSent s1 get",
                "0 balancerPicked shop s2", "0 callSent s2 get", "10 callFinished s1 get ok",
                "30 callFinished s2 get ok",
            ])
        let pick = trace.all(.balancerPicked)[1]
        let sent = trace.all(.callSent)[1]
        #expect(trace.why(sent).prefix(3) == ["s2 callSent", "shop balancerPicked", "web requestStarted"])
        #expect(pick.request == sent.request && pick.span == sent.parent && pick.value == 1)
        #expect(trace.components.map { "\(trace.name($0.name)) \($0.kind)" }.contains("shop balancer"))
    }

    @Test func requestsOnTheirWayAreCounted() throws {
        let trace = try pooled("{ s1: {} }", latency: "100ms", at: [0, 10, 20, 150])
        #expect(trace.all(.balancerPicked).map(\.value) == [1, 2, 3, 1])
    }

    /// The least loaded of two that are drawn: both are told, with their requests for each unit of weight.
    @Test func comparedCandidatesComeBeforeTheirPick() throws {
        let trace = try pooled("{ s1: { weight: 2 }, s2: {} }", "twoChoices", latency: "1s", at: [0, 10, 20, 30])
        var compared: [String: Int64] = [:]
        for event in trace.events {
            if event.kind == .balancerCompared { compared[trace.name(event.detail)] = event.value }
            guard event.kind == .balancerPicked else { continue }
            #expect(compared.count == 2)
            #expect(compared[trace.name(event.detail)] == compared.values.min())
            compared = [:]
        }
        #expect(trace.all(.balancerCompared).last?.value != 0)
    }

    @Test func latencyEstimatesAreTold() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { latency: 80ms } }", "peakEWMA", latency: "20ms",
            client: "arrivals: { rate: 10/s }", duration: "5s")
        #expect(trace.all(.serverScored).count == trace.all(.callFinished).count)
        #expect(trace.picks("s1") > 3 * trace.picks("s2"))
        let last = trace.all(.serverScored).last { trace.name($0.detail) == "s1" }
        #expect(abs((last?.value ?? 0) - 20_000_000) < 5_000_000)
    }

    /// The slow one gets its turn all the same from those that do not look.
    @Test func whoLooksAvoidsTheSlowServer() throws {
        func share(_ algorithm: String) throws -> Double {
            let trace = try pooled(
                "{ s1: {}, s2: {}, s3: { latency: { exponential: 500ms } } }", algorithm,
                latency: "{ exponential: 50ms }", client: "arrivals: { poisson: 20/s }", duration: "60s",
                more: ", concurrency: 1")
            return Double(trace.picks("s3")) / Double(trace.picks.count)
        }
        #expect(abs(try share("roundRobin") - 1.0 / 3) < 0.01)
        #expect(abs(try share("random") - 1.0 / 3) < 0.06)
        for algorithm in ["leastConnections", "shortestQueue", "twoChoices", "peakEWMA", "idleQueue"] {
            #expect(try share(algorithm) < 0.2, "\(algorithm)")
        }
    }

    @Test func nobodyThereIsARefusal() throws {
        let trace = try pooled("{ s1: { member: false } }", at: [0])
        #expect(trace.story(.balancerRefused, .callSent) == ["0 balancerRefused shop refused"])
        #expect(trace.all(.requestFinished)[0].outcome == .failed)
        #expect(trace.why(trace.all(.requestFinished)[0]).prefix(2) == ["web requestFinished", "shop balancerRefused"])
    }

    @Test func everyAttemptPicksAgain() throws {
        let trace = try pooled(
            "{ s1: { errors: 100% }, s2: {} }", at: [0], call: "{ to: shop.get, with: guarded }",
            policies: "policies: { guarded: [ { retry: { attempts: 3, backoff: constant, base: 1s } } ] }")
        #expect(trace.picks == ["s1", "s2"])
        #expect(trace.all(.requestFinished)[0].outcome == .ok)
    }

    /// A copy that lost says nothing about latency; its server has one request less all the same.
    @Test func hedgedCopiesGoToDifferentServers() throws {
        let trace = try pooled(
            "{ s1: { latency: 900ms }, s2: {} }", "leastConnections", at: [0, 2000],
            call: "{ to: shop.get, with: guarded }", policies: "policies: { guarded: [ { hedge: 100ms } ] }")
        #expect(trace.picks.prefix(2) == ["s1", "s2"])
        #expect(trace.all(.balancerPicked).allSatisfy { $0.value == 1 })
        let abandoned = try pooled(
            "{ s1: { latency: 900ms }, s2: {} }", "ewma", at: [0], call: "{ to: shop.get, with: guarded }",
            policies: "policies: { guarded: [ { hedge: 100ms } ] }")
        #expect(abandoned.all(.serverScored).count == 1)
    }

    @Test func aFanOutIsSpread() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { shop: { latency: 10ms, servers: { count: 4 } } }
            flows:
              page:
                - forEach: { in: { list: x, count: 8 }, as: item, do: [ { call: shop.get } ] }
                - parallel: [ { call: shop.get }, { call: shop.put } ]
            clients: { web: { flow: page, at: [0s] } }
            """)
        let round = (1...4).map { "shop-\($0)" }
        #expect(trace.picks.prefix(8) == (round + round)[...])
        #expect(trace.all(.requestFinished)[0].outcome == .ok)
        #expect(trace.all(.balancerPicked).count == 10)
    }

    /// Changing how it balances shifts nobody's service times.
    @Test func anotherAlgorithmLeavesOtherDrawsAlone() throws {
        func times(_ algorithm: String) throws -> [Int64] {
            let trace = try pooled(
                "{ count: 3 }", algorithm, latency: "{ exponential: 50ms }", client: "arrivals: { poisson: 5/s }",
                duration: "20s")
            return trace.all(.requestStarted).map(\.time.nanoseconds)
        }
        #expect(try times("random") == times("shortestQueue"))
        let one = try pooled("{ count: 3 }", "random", client: "arrivals: { poisson: 5/s }", seed: 3)
        let other = try pooled("{ count: 3 }", "random", client: "arrivals: { poisson: 5/s }", seed: 3)
        #expect(one.digest == other.digest)
    }
}
