import Scenario
import Testing
import Trace

@testable import Model

/// Servers that join and leave, weights, slow start, subsets, and settings that change.
@Suite struct MemberTests {
    static let every100ms = "arrivals: { rate: 10/s }"

    @Test func serversJoinAndLeaveAsPlanned() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { joins: 2s }, s3: { leaves: 3s } }", client: Self.every100ms, duration: "5s")
        #expect(
            trace.story(.serverJoined, .serverLeft) == [
                "0 serverJoined shop s1", "0 serverJoined shop s3", "2000 serverJoined shop s2",
                "3000 serverLeft shop s3",
            ])
        #expect(trace.picks("s2", to: 2000) == 0 && trace.picks("s2", from: 2000, to: 3000) >= 3)
        #expect(trace.picks("s3", to: 3000) >= 12 && trace.picks("s3", from: 3001) == 0)
    }

    @Test func interventionsBringServersInAndOut() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { member: false } }", client: Self.every100ms, duration: "4s",
            interventions: [
                at(1000, .join(server: "s2")), at(1500, .join(server: "s2")), at(2000, .leave(server: "s1")),
                at(3000, .set(path: "backends.shop.servers.s1.member", value: "false")),
                at(3500, .leave(server: "s2")),
            ])
        #expect(
            trace.story(.serverJoined, .serverLeft) == [
                "0 serverJoined shop s1", "1000 serverJoined shop s2", "2000 serverLeft shop s1",
                "3500 serverLeft shop s2",
            ])
        #expect(trace.picks("s2", from: 2000, to: 3500) == 15)
        #expect(trace.all(.balancerRefused).count == 5)
    }

    /// A setting that says who is a member says it of that moment, whatever was said before.
    @Test func settingMemberIsJoiningAndLeaving() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { leaves: 3500ms }, s3: {} }", client: Self.every100ms, duration: "4s",
            interventions: [
                at(500, .leave(server: "s1")),
                at(1000, .set(path: "backends.shop.servers.s1.member", value: "true")),
                at(1500, .set(path: "backends.shop.servers.s2.member", value: "false")),
                at(2000, .join(server: "s2")),
                at(2500, .set(path: "backends.shop.servers.s2.member", value: "false")),
                at(3000, .set(path: "backends.shop.servers.s2", value: "{ member: true }")),
            ])
        #expect(
            trace.story(.serverJoined, .serverLeft).dropFirst(3) == [
                "500 serverLeft shop s1", "1000 serverJoined shop s1", "1500 serverLeft shop s2",
                "2000 serverJoined shop s2", "2500 serverLeft shop s2", "3000 serverJoined shop s2",
            ])
        #expect(trace.why(trace.all(.serverJoined)[3]) == ["shop serverJoined", " parameterSet"])
    }

    /// When it joins or leaves by itself says nothing about whether it is there.
    @Test func aPlanInThePastChangesNothing() throws {
        let trace = try pooled(
            "{ s1: {}, s2: {}, s3: { joins: 9s } }", client: Self.every100ms, duration: "10s",
            interventions: [
                at(2000, .set(path: "backends.shop.servers.s2.joins", value: "1s")),
                at(3000, .set(path: "backends.shop.servers.s3.joins", value: "1s")),
                at(4000, .set(path: "backends.shop.servers.s3.joins", value: "5s")),
                at(6000, .set(path: "backends.shop.servers.s3.joins", value: "8s")),
            ])
        #expect(
            trace.story(.serverJoined, .serverLeft) == [
                "0 serverJoined shop s1", "0 serverJoined shop s2", "5000 serverJoined shop s3",
            ])
    }

    @Test func calledByASettingTheEventHasItsCause() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { member: false } }", client: Self.every100ms, duration: "2s",
            interventions: [at(1000, .set(path: "backends.shop.servers.s2.member", value: "true"))])
        #expect(trace.why(trace.all(.serverJoined).last) == ["shop serverJoined", " parameterSet"])
    }

    /// What it has may end, and its end is counted.
    @Test func aServerThatLeavesFinishesWhatItHas() throws {
        let trace = try pooled("{ s1: { leaves: 50ms }, s2: {} }", latency: "100ms", at: [0, 60])
        #expect(trace.story(.callFinished) == ["100 callFinished s1 get ok", "160 callFinished s2 get ok"])
    }

    @Test func weightsAndAlgorithmsChangeDuringARun() throws {
        let trace = try pooled(
            "{ s1: {}, s2: {} }", "weighted", client: Self.every100ms, duration: "9s",
            interventions: [
                at(3000, .set(path: "backends.shop.servers.s1.weight", value: "4")),
                at(6000, .set(path: "backends.shop.balancer.use", value: "roundRobin")),
            ])
        #expect(trace.picks("s2", to: 3000) == 15)
        #expect(trace.picks("s2", from: 3000, to: 6000) == 6)
        #expect(trace.picks("s2", from: 6000) == 15)
        #expect(
            trace.story(.balancerConfigured, .serverWeighed) == [
                "0 balancerConfigured shop algorithm=weighted", "3000 serverWeighed shop s1",
                "6000 balancerConfigured shop algorithm=roundRobin",
            ])
        #expect(trace.all(.serverWeighed)[0].value == 4_000_000)
        #expect(trace.why(trace.all(.serverWeighed)[0]) == ["shop serverWeighed", " parameterSet"])
    }

    @Test func everySettingIsTold() throws {
        let trace = try pooled(
            "{ count: 9 }",
            """
            { use: leastConnections, panic: 50%, slowStart: 30s, subset: 6, health: { every: 2s },
              outliers: { like: envoy } }
            """,
            at: [0], interventions: [at(10, .set(path: "backends.shop.balancer.panic", value: "0%"))])
        let told = trace.all(.balancerConfigured).map { "\(trace.name($0.detail)) \($0.value)" }
        #expect(
            told == [
                "algorithm=leastConnections 0", "panic 500000", "slowStart 30000000000", "subset 6",
                "checkEvery 2000000000", "checkTimeout 1000000000", "rise 2", "fall 3", "consecutive 5",
                "ejectFor 30000000000", "maxEjected 100000", "panic -1",
            ])
    }

    // MARK: Slow start

    /// Envoy: weight · max(10 %, time / window).
    @Test func slowStartGivesAServerItsShareBitByBit() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { joins: 10s } }", "{ use: smoothWeighted, slowStart: 20s }",
            client: "arrivals: { rate: 50/s }", duration: "40s")
        let weights = trace.all(.serverWeighed)
        #expect(weights.allSatisfy { trace.name($0.detail) == "s2" })
        #expect(weights.first?.value == 100_000 && weights.last?.value == 1_000_000)
        #expect(weights.first?.time == .seconds(10) && weights.last?.time == .seconds(30))
        #expect(zip(weights, weights.dropFirst()).allSatisfy { $0.value < $1.value })
        #expect(trace.why(weights.last).last == "shop serverJoined")
        // 0.1 of 1.1 at first, half at the end.
        #expect((7...14).contains(trace.picks("s2", from: 10_000, to: 12_000)))
        #expect(trace.picks("s2", from: 30_000, to: 40_000) == 250)
    }

    @Test func slowStartEndsWhenItIsTakenAway() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { joins: 1s } }", "{ use: smoothWeighted, slowStart: 20s }", client: Self.every100ms,
            duration: "6s", interventions: [at(3000, .set(path: "backends.shop.balancer.slowStart", value: "none"))])
        let last = trace.all(.serverWeighed).last
        #expect(last?.time == .seconds(3) && last?.value == 1_000_000)
        #expect(trace.why(last) == ["shop serverWeighed", " parameterSet"])
    }

    /// A change of slow start re-times what is under way, from its own beginning, and nothing else.
    @Test func anotherSlowStartKeepsTheBeginning() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { joins: 1s }, s3: { joins: 10s } }", "{ use: smoothWeighted, slowStart: 4s }",
            client: Self.every100ms, duration: "40s",
            interventions: [at(12_000, .set(path: "backends.shop.balancer.slowStart.window", value: "20s"))])
        func weights(_ server: String) -> [Event] {
            trace.all(.serverWeighed).filter { trace.name($0.detail) == server }
        }
        #expect(weights("s2").last?.time == .seconds(5))
        // Nearly half of 4 s, a tenth of 20 s; all of it 20 s after it has joined.
        let slow = weights("s3")
        #expect(slow.last { $0.time < .seconds(12) }?.value == 450_000)
        let changed = slow.first { $0.time == .seconds(12) }
        #expect(changed?.value == 100_000 && trace.why(changed).last == " parameterSet")
        #expect(slow.last?.time == .seconds(30) && slow.last?.value == 1_000_000)
        let shorter = try pooled(
            "{ s1: {}, s2: { joins: 1s } }", "{ use: smoothWeighted, slowStart: 20s }", client: Self.every100ms,
            duration: "30s",
            interventions: [at(11_000, .set(path: "backends.shop.balancer.slowStart", value: "5s"))])
        let last = shorter.all(.serverWeighed).last
        #expect(last?.time == .seconds(11) && last?.value == 1_000_000)
    }

    /// Whoever changes to an algorithm that ignores weights has no slow start, and the trace does not speak of one.
    @Test func withoutWeightsThereIsNoSlowStart() throws {
        let trace = try pooled(
            "{ s1: {}, s2: { joins: 2s } }", "{ use: smoothWeighted, slowStart: 4s }", client: Self.every100ms,
            duration: "10s", interventions: [at(1000, .set(path: "backends.shop.balancer.use", value: "random"))])
        #expect(trace.all(.serverWeighed).isEmpty)
    }

    // MARK: Subsets

    @Test func aSubsetIsAllThatTheBalancerSees() throws {
        let trace = try pooled(
            "{ count: 10 }", "{ use: roundRobin, subset: 4 }", client: Self.every100ms, duration: "4s")
        #expect(trace.all(.serverJoined).count == 4)
        #expect(Set(trace.picks).count == 4)
        #expect(Set(trace.picks) == Set(trace.all(.serverJoined).map { trace.name($0.detail) }))
        let whole = try pooled(
            "{ count: 10 }", "{ use: roundRobin, subset: 4 }", client: Self.every100ms, duration: "4s",
            interventions: [at(2000, .set(path: "backends.shop.balancer.subset", value: "unlimited"))])
        #expect(whole.all(.serverJoined).count == 10)
        #expect(Set(whole.picks).count == 10)
    }

    @Test func aServerOutsideThePoolIsUnknownToInterventions() throws {
        #expect(throws: RunError.self) {
            try pooled("{ s1: {} }", at: [0], interventions: [at(0, .join(server: "s9"))])
        }
        #expect(throws: RunError.self) {
            try pooled("{ s1: {} }", at: [0], interventions: [at(0, .leave(server: "shop"))])
        }
    }

    /// Faults work on a server as on any backend.
    @Test func aServerIsABackend() throws {
        let trace = try pooled(
            "{ s1: {}, s2: {} }", at: [0, 100, 1200, 1300], interventions: [
                at(1000, .kill(backend: "s2")), at(1000, .inject(.slow(factor: 4), backend: "s1", duration: nil)),
            ])
        #expect(
            trace.story(.callFinished) == [
                "10 callFinished s1 get ok", "110 callFinished s2 get ok", "1240 callFinished s1 get ok",
                "1300 callFinished s2 get refused",
            ])
    }
}
