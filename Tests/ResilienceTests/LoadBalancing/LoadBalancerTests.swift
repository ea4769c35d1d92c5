import Resilience
import Simulation
import Testing
import Trace

/// The load balancer round work.
@Suite struct LoadBalancerTests {
    static func servers(_ count: Int) throws -> [ServerRules] { try (1...count).map { try ServerRules("s\($0)") } }

    @Test func doesTheWorkWithTheServerItChooses() throws {
        let lines = try virtually { clock, diary in
            let balancer = try LoadBalancer(.roundRobin, servers: try Self.servers(2), clock: clock, random: { 0.5 })
            for _ in 0..<3 { try await balancer.execute { server in diary.note(server.name) } }
        }
        #expect(lines == ["0 s1", "0 s2", "0 s1"])
    }

    @Test func everyDecisionIsTold() throws {
        let lines = try virtually { clock, diary in
            let tell: @Sendable (LoadBalancerEvent) -> Void = { event in
                switch event {
                case .picked(let server, let considered, let pending):
                    diary.note("\(server.name) \(considered.map(\.score)) \(pending)")
                case .finished(let server, let took, let failed, let pending):
                    diary.note("\(server.name) \(took.map { "\($0)" } ?? "-") \(failed) \(pending)")
                case .joined(let server, let weight): diary.note("joined \(server.name) \(weight)")
                case .left(let server): diary.note("left \(server.name)")
                case .weighed(let server, let weight): diary.note("weighed \(server.name) \(weight)")
                case .availabilityChanged(let server, let isAvailable): diary.note("\(server.name) \(isAvailable)")
                case .algorithmChanged(let algorithm): diary.note("\(algorithm)")
                case .refused: diary.note("event: refused")
                }
            }
            let balancer = try LoadBalancer(
                .leastConnections, servers: try Self.servers(2), clock: clock, random: { 0.5 }, onEvent: tell)
            try await balancer.execute { _ in try await diary.pause(30) }
            _ = try? await balancer.execute { _ in
                try await diary.pause(10)
                throw Failure(.timeout)
            }
            let third = balancer.add(try ServerRules("s3", weight: 2))
            balancer.setWeight(third, 3)
            for server in balancer.servers { balancer.setAvailable(server, false) }
            do { try await balancer.execute { _ in } } catch { diary.note("\(Failure(error).kind)") }
            balancer.remove(third)
            try balancer.change(.random)
        }
        #expect(
            lines == [
                "0 s1 [0.0] 1", "30 s1 0.03 seconds false 0", "30 s2 [0.0] 1", "40 s2 0.01 seconds true 0",
                "40 joined s3 2.0", "40 weighed s3 3.0", "40 s1 false", "40 s2 false", "40 s3 false",
                "40 event: refused", "40 refused", "40 left s3", "40 random",
            ])
    }

    @Test func aCancelledRequestIsNoLongerPending() throws {
        let lines = try virtually { clock, diary in
            let tell: @Sendable (LoadBalancerEvent) -> Void = { event in
                guard case .finished(_, let took, let failed, let pending) = event else { return }
                diary.note("\(took == nil) \(failed) \(pending)")
            }
            let balancer = try LoadBalancer(
                .linkerdPeakEWMA, servers: try Self.servers(1), clock: clock, random: { 0.5 }, onEvent: tell)
            do {
                try await BulkheadTests.cancelling(after: 50, diary) {
                    try await balancer.execute { _ in try await diary.pause(1000) }
                }
            } catch { diary.note("\(type(of: error))") }
        }
        #expect(lines == ["50 true false 0", "50 CancellationError"])
    }

    /// nginx' counting of failures, through the wrapper: a caller's own mistakes do not count.
    @Test func failuresCountForMaxFails() throws {
        let lines = try virtually { clock, diary in
            let balancer = try LoadBalancer(
                .nginx, servers: [try .nginx("s1"), try .nginx("s2")], clock: clock, random: { 0.5 })
            _ = try? await balancer.execute { _ in throw Failure(.status(404)) }
            diary.note("\(balancer.servers.map(\.name))")
            _ = try? await balancer.execute { _ in throw Failure(.status(503)) }
            diary.note("\(balancer.servers.map(\.name))")
        }
        #expect(lines == [#"0 ["s1", "s2"]"#, #"0 ["s1"]"#])
    }

    @Test func theSameKeyGoesToTheSameServer() throws {
        let lines = try virtually { clock, diary in
            let balancer = try LoadBalancer(.nginxRing, servers: try Self.servers(9), clock: clock, random: { 0.5 })
            for _ in 0..<3 {
                try await balancer.execute(key: LoadBalancerKey("user:7")) { diary.note($0.name) }
            }
        }
        #expect(Set(lines).count == 1)
    }

    /// On real threads: requests are counted, and none is left over.
    @Test func manyTasksAtOnce() async throws {
        let balancer = try LoadBalancer(
            .shortestQueue, servers: try Self.servers(4), clock: ContinuousClock(), random: { 0.5 })
        let served = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2000 {
                group.addTask {
                    try? await balancer.execute { _ in
                        await Task.yield()
                        served.increment()
                    }
                }
            }
        }
        #expect(served.value == 2000)
        #expect(balancer.servers.map { balancer.pending($0) } == [0, 0, 0, 0])
    }
}
