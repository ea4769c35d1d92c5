import Resilience
import Simulation
import Testing
import Trace

/// A load balancer with checks, outlier detection, panic, slow start and subsets together.
@Suite struct ClusterTests {
    static func servers(_ count: Int) throws -> [ServerRules] { try (1...count).map { try ServerRules("s\($0)") } }

    static func words(_ event: ClusterEvent) -> String {
        switch event {
        case .joined(let server): "joined \(server)"
        case .left(let server): "left \(server)"
        case .weighed(let server, let weight): "weighed \(server) \(weight)"
        case .healthChanged(let server, let state): "\(state) \(server)"
        case .ejected(let server, let length): "ejected \(server) \(length)"
        case .returned(let server): "returned \(server)"
        case .spared(let server, let reason): "spared \(server) \(reason)"
        case .panicChanged(let isPanic): "panic \(isPanic)"
        }
    }

    /// Two checks fail, one brings it back, with a tenth of its weight that grows.
    @Test func aServerThatItsChecksTakeOutComesBackSlowly() throws {
        let rules = ClusterRules(
            .smoothWeighted,
            health: try HealthCheckRules(
                interval: .seconds(1), timeout: .milliseconds(500), rise: 1, fall: 2, start: .fullyUp),
            slowStart: try .envoy(window: .seconds(4)))
        let lines = try virtually { clock, diary in
            let cluster = try Cluster(
                rules, servers: try Self.servers(3), clock: clock, random: { 0.5 },
                onEvent: { diary.note(Self.words($0)) })
            let note = { diary.note(cluster.servers.map(\.name).joined(separator: " ")) }
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await cluster.checkHealth { server in
                        let now = clock.now.milliseconds
                        guard server.name == "s3", now > 1500, now < 5500 else { return }
                        // The last of its failures is that it does not answer.
                        if now > 4500 { try await diary.pause(2000) }
                        throw Failure(.refused)
                    }
                }
                for wait in [2500, 2000, 3500, 2500] {
                    try? await diary.pause(wait)
                    note()
                }
                group.cancelAll()
            }
        }
        #expect(
            lines == [
                "2500 s1 s2 s3", "3000 down 2", "4500 s1 s2", "6500 up 2", "6500 weighed 2 0.1", "8000 weighed 2 0.375",
                "8000 s1 s2 s3", "10500 weighed 2 1.0", "10500 s1 s2 s3",
            ])
    }

    /// With one well server of three all are used again, until the others are back.
    @Test func ejectionsLeadToPanicAndEndIt() throws {
        let rules = ClusterRules(
            .roundRobin,
            outliers: try OutlierDetectionRules(consecutive: .init(2), base: .seconds(10), maxEjected: 0.7),
            panic: .envoy)
        let lines = try virtually { clock, diary in
            let cluster = try Cluster(
                rules, servers: try Self.servers(3), clock: clock, random: { 0.5 },
                onEvent: { diary.note(Self.words($0)) })
            var picked: [String] = []
            for _ in 0..<8 {
                let name = try? await cluster.execute { server in
                    if server.name != "s3" { throw Failure(.status(503)) }
                    return server.name
                }
                picked.append(name ?? "-")
            }
            diary.note(picked.joined(separator: " "))
            diary.note("\(cluster.servers.count)")
            try await diary.pause(10_500)
            diary.note("\(cluster.servers.count)")
        }
        #expect(
            lines == [
                "0 ejected 0 10.0 seconds", "0 ejected 1 10.0 seconds", "0 panic true", "0 - - s3 - - s3 - -", "0 3",
                "10500 returned 0", "10500 returned 1", "10500 panic false", "10500 3",
            ])
    }

    /// Four of twelve for each client; who leaves is replaced.
    @Test func aSubsetIsAllThatIsSeen() throws {
        let start = ContinuousClock.now
        var all: Set<Int> = []
        for client in 0..<3 {
            let rules = ClusterRules(.random, subset: try .init(client: client, size: 4))
            var core = try ClusterCore<ContinuousClock.Instant>(rules, servers: try Self.servers(12), at: start)
            let seen = core.visible
            #expect(seen.count == 4 && core.eligible == seen)
            all.formUnion(seen)
            let pick = try #require(core.pick(at: start) { 0.3 })
            #expect(seen.contains(pick.server) && core.pending(pick.server) == 1)
            core.remove(pick.server, at: start)
            #expect(core.visible.count == 4 && !core.visible.contains(pick.server))
            // What it had ends, and changes nothing for anybody.
            core.finished(pick, took: .seconds(1), failure: .timeout, counts: true, at: start) { 0.5 }
            #expect(core.visible.allSatisfy { core.pending($0) == 0 })
        }
        #expect(all == Set(0..<12))
    }

    @Test func anEjectedServerThatPassesACheckIsBack() throws {
        let start = ContinuousClock.now
        let rules = ClusterRules(
            .roundRobin, health: try HealthCheckRules(),
            outliers: try OutlierDetectionRules(consecutive: .init(1), maxEjected: 1))
        var core = try ClusterCore<ContinuousClock.Instant>(rules, servers: try Self.servers(2), at: start)
        let pick = try #require(core.pick(at: start) { 0 })
        core.finished(pick, took: .zero, failure: .status(500), counts: true, at: start) { 0 }
        #expect(core.eligible == [1 - pick.server])
        core.checked(pick.server, isHealthy: true, at: start)
        #expect(core.eligible == [0, 1])
        #expect(core.takeEvents() == [.ejected(pick.server, for: .seconds(30)), .returned(pick.server)])
        // The first failed check takes a server down that has passed none.
        core.checked(1 - pick.server, isHealthy: false, at: start)
        #expect(core.eligible == [pick.server] && core.nextCheck(of: 9) == nil)
    }

    @Test func withoutAnyoneThereIsNobody() throws {
        let lines = try virtually { clock, diary in
            let rules = ClusterRules(
                .random, health: try HealthCheckRules(start: .down), slowStart: try .haproxy(window: .seconds(10)))
            let cluster = try Cluster(rules, servers: [], clock: clock, random: { 0.5 })
            let first = cluster.add(try ServerRules("s1"))
            do { try await cluster.execute { _ in } } catch { diary.note("\(Failure(error).kind)") }
            cluster.remove(first)
            let new = cluster.add(try ServerRules("s1"))
            diary.note("\(new.number) \(cluster.servers.count)")
        }
        #expect(lines == ["0 refused", "0 1 0"])
        #expect(throws: PolicyError.self) { try ClusterRules.Subset(client: 0, size: 0) }
        #expect(throws: PolicyError.self) {
            try ClusterCore<ContinuousClock.Instant>(
                ClusterRules(.random), servers: [try ServerRules("a"), try ServerRules("a")], at: .now)
        }
    }
}
