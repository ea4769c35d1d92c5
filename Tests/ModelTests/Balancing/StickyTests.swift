import Resilience
import Scenario
import Testing
import Trace

@testable import Model

/// Calls about keys: who gets which, and which of them move.
@Suite struct StickyTests {
    static let nine = (1...9).map { "s\($0): {}" }.joined(separator: ", ")
    static let hashing = ["modulo", "ring", "rendezvous", "{ maglev: 1009 }"]

    /// Each of 300 keys every 15 s, and a tenth server after 30 s.
    func run(_ algorithm: String, tenth: String = "joins: 30s", _ interventions: Intervention...) throws -> Trace {
        try pooled(
            "{ \(Self.nine), s10: { \(tenth) } }", "{ use: \(algorithm) }",
            client: "keys: user, arrivals: { rate: 20/s }", keys: "user: { loop: 300 }", duration: "60s",
            interventions: interventions)
    }

    @Test(arguments: hashing) func aKeyStaysWithItsServer(algorithm: String) throws {
        let trace = try run(algorithm, tenth: "member: false")
        #expect(trace.all(.balancerPicked).count == 1200)
        #expect(trace.all(.keyMoved).isEmpty)
        #expect(Set(trace.picks).count == 9)
    }

    /// One key in ten stays with modulo, and nine in ten with the others.
    @Test func fewKeysMoveToANewServerWithConsistentHashing() throws {
        let modulo = try run("modulo").all(.keyMoved)
        #expect((255...285).contains(modulo.count), "\(modulo.count)")
        for algorithm in Self.hashing.dropFirst() {
            let trace = try run(algorithm)
            let moved = trace.all(.keyMoved)
            #expect((15...60).contains(moved.count), "\(algorithm): \(moved.count)")
            #expect(moved.allSatisfy { $0.time >= .seconds(30) && $0.time < .seconds(45) })
            let targets = Set(moved.map { trace[$0.cause].map { trace.name($0.detail) } ?? "" })
            if !algorithm.contains("maglev") { #expect(targets == ["s10"]) }
        }
    }

    /// The same as the balancer for servers says.
    @Test func keysGoWhereTheCoreSendsThem() throws {
        let trace = try run("ring")
        let servers = try (1...9).map { try ServerRules("s\($0)") }
        let core = try LoadBalancerCore<VirtualTime>(.nginxRing, servers: servers)
        for (keyed, picked) in zip(trace.all(.requestKeyed), trace.all(.balancerPicked)).prefix(300) {
            let owner = core.server(for: LoadBalancerKey(trace.name(keyed.detail))).flatMap { core.name($0) }
            #expect(owner == trace.name(picked.detail))
        }
    }

    @Test func aMoveIsCausedByItsPickAndNamesTheKey() throws {
        let trace = try run("modulo")
        let moved = try #require(trace.all(.keyMoved).first)
        #expect(trace.why(moved).prefix(2) == ["shop keyMoved", "shop balancerPicked"])
        #expect(trace.name(moved.detail).hasPrefix("user-"))
        #expect(moved.request == trace[moved.cause]?.request)
    }

    @Test func keysOfAServerThatGoesDownMoveAndComeBack() throws {
        let trace = try pooled(
            "{ \(Self.nine) }", "{ use: ring, health: { every: 1s, timeout: 1s, rise: 1, fall: 1 } }",
            client: "keys: user, arrivals: { rate: 20/s }", keys: "user: { loop: 300 }", duration: "60s",
            interventions: [at(15_500, .kill(backend: "s4")), at(30_500, .restore(backend: "s4"))])
        let moved = trace.all(.keyMoved)
        let first = Set(moved.filter { $0.time < .seconds(31) }.map(\.detail))
        let second = Set(moved.filter { $0.time >= .seconds(31) }.map(\.detail))
        #expect(!first.isEmpty && first == second && moved.count == first.count + second.count)
    }

    /// The call's own key counts, and without one that of the request.
    @Test func aCallMayBeAboutAnotherKey() throws {
        let trace = try pooled(
            "{ \(Self.nine) }", "ring", client: "keys: user, arrivals: { rate: 20/s }", keys: "user: { loop: 300 }",
            call: "{ to: shop.get, key: basket }", duration: "10s")
        #expect(Set(trace.picks).count == 1)
    }

    @Test func algorithmsWithoutKeysMoveNone() throws {
        #expect(try run("roundRobin").all(.keyMoved).isEmpty)
        #expect(try run("roundRobin").all(.sectorOwned).isEmpty)
    }

    @Test func withoutKeysAnyoneIsPicked() throws {
        let trace = try pooled("{ \(Self.nine) }", "ring", client: "arrivals: { rate: 20/s }", duration: "20s")
        #expect(Set(trace.picks).count == 9)
    }

    // MARK: Who owns what

    /// Rebuilds the owners from the trace and compares them with the balancer's own at each change.
    @Test(arguments: hashing) func sectorsTellWhoOwnsTheKeySpace(algorithm: String) throws {
        let trace = try run(
            algorithm, tenth: "joins: 30s", at(40_000, .leave(server: "s3")))
        let atStart = trace.all(.sectorOwned).filter { $0.time == .zero }
        #expect(atStart.map(\.value) == Array(0..<Int64(EventKind.sectors)))
        var owners = [String](repeating: "", count: EventKind.sectors)
        for event in trace.all(.sectorOwned) {
            #expect(owners[Int(event.value)] != trace.name(event.detail))
            owners[Int(event.value)] = trace.name(event.detail)
        }
        let later = trace.all(.sectorOwned).filter { $0.time > .zero }
        #expect(later.allSatisfy { [.serverJoined, .serverLeft].contains(trace[$0.cause]?.kind) })
        #expect(!owners.contains("s3") && owners.contains("s10"))
        #expect(Set(later.map(\.time)) == [.seconds(30), .seconds(40)])
    }

    @Test func sectorsEndWithTheAlgorithm() throws {
        let trace = try run(
            "ring", tenth: "member: false", at(10_000, .set(path: "backends.shop.balancer.use", value: "random")))
        let later = trace.all(.sectorOwned).filter { $0.time > .zero }
        #expect(later.count == EventKind.sectors && later.allSatisfy { $0.detail == .none })
        #expect(trace.why(later[0]) == ["shop sectorOwned", " parameterSet"])
    }
}
