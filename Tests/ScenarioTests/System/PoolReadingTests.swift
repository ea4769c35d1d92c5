import Scenario
import Testing

/// Pools as they are read: what servers inherit, and how balancers choose.
@Suite struct PoolReadingTests {
    private func pool(_ servers: String, _ balancer: String = "leastConnections") throws -> Backend {
        let yaml = Shop.changed(
            "  rest: { latency: 10ms }",
            to: "  rest:\n    latency: 10ms\n    concurrency: 4\n    queue: 8\n    errors: 1%\n    hop: 2ms\n"
                + "    balancer: \(balancer)\n    servers: \(servers)")
        return try #require(try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.backends.last)
    }

    @Test func aServerTakesFromItsPoolWhatItDoesNotSay() throws {
        let backend = try pool("{ s1: {}, s2: { latency: 400ms, concurrency: unlimited, errors: 5% }, s3: }")
        let servers = try #require(backend.pool?.servers)
        var like = backend
        like.pool = nil
        #expect(servers.map(\.backend.name) == ["s1", "s2", "s3"])
        like.name = "s1"
        #expect(servers[0] == Pool.Server(backend: like))
        like.name = "s3"
        #expect(servers[2] == Pool.Server(backend: like))
        like.name = "s2"
        like.latency = .fixed(.milliseconds(400))
        like.concurrency = nil
        like.errors = 0.05
        #expect(servers[1] == Pool.Server(backend: like))
    }

    @Test func madeUpServersAreCalledAfterTheirPool() throws {
        let pool = try #require(try pool("{ count: 3, rest-2: { weight: 2 } }").pool)
        #expect(pool.servers.map(\.backend.name) == ["rest-1", "rest-2", "rest-3"])
        #expect(pool.servers.map(\.weight) == [1, 2, 1])
    }

    @Test func aServerThatJoinsIsOutsideUntilThen() throws {
        let pool = try #require(
            try pool("{ s1: {}, s2: { joins: 20s, leaves: 40s }, s3: { leaves: 5s }, s4: { member: false } }").pool)
        #expect(pool.servers.map(\.isMember) == [true, false, true, false])
        #expect(pool.servers.map(\.joins) == [nil, .seconds(20), nil, nil])
        #expect(pool.servers.map(\.leaves) == [nil, .seconds(40), .seconds(5), nil])
    }

    @Test(arguments: [
        ("roundRobin", Pool.Algorithm.roundRobin), ("weighted", .weighted), ("smoothWeighted", .smoothWeighted),
        ("leastConnections", .leastConnections), ("random", .random), ("weightedRandom", .weightedRandom),
        ("ipHash", .ipHash), ("modulo", .modulo), ("ring", .ring(points: 160)), ("rendezvous", .rendezvous),
        ("maglev", .maglev(size: 65_537)), ("twoChoices", .choices(2)), ("shortestQueue", .shortestQueue),
        ("idleQueue", .idleQueue), ("ewma", .ewma(decay: .seconds(10))),
        ("peakEWMA", .peakEWMA(decay: .seconds(10), initial: .milliseconds(30))),
        ("sizedRing", .sizedRing(least: 1024, most: 4096)), ("leastRequest", .leastRequest(choices: 2, bias: 1)),
        ("{ sizedRing: 100 }", .sizedRing(least: 100, most: 4096)),
        ("{ sizedRing: { least: 100, most: 200 } }", .sizedRing(least: 100, most: 200)),
        ("{ leastRequest: 4 }", .leastRequest(choices: 4, bias: 1)),
        ("{ leastRequest: { choices: 2, bias: 0.5 } }", .leastRequest(choices: 2, bias: 0.5)),
        ("{ peakEWMA: { decay: 10s, initial: none } }", .peakEWMA(decay: .seconds(10), initial: nil)),
        ("{ ring: 40 }", .ring(points: 40)), ("{ maglev: 101 }", .maglev(size: 101)),
        ("{ choices: 3 }", .choices(3)), ("{ ewma: 2s }", .ewma(decay: .seconds(2))),
        ("{ peakEWMA: 2s }", .peakEWMA(decay: .seconds(2), initial: .milliseconds(30))),
        (
            "{ peakEWMA: { decay: 2s, initial: 5ms } }",
            .peakEWMA(decay: .seconds(2), initial: .milliseconds(5))
        ),
    ])
    func everyAlgorithmIsReadAndWritten(written: String, algorithm: Pool.Algorithm) throws {
        #expect(try pool("{ count: 3 }", "{ use: \(written) }").pool?.algorithm == algorithm)
        #expect(algorithm.written == written)
        if !written.hasPrefix("{") { #expect(try pool("{ count: 3 }", written).pool?.algorithm == algorithm) }
    }

    @Test func whatABalancerLeavesOutHasItsDefaults() throws {
        #expect(try pool("{ count: 3 }", "{}").pool == pool("{ count: 3 }", "roundRobin").pool)
        let usual = try #require(
            try pool("{ count: 3 }", "{ use: ring, health: {}, outliers: {}, slowStart: 30s }").pool)
        #expect(usual.health == Pool.HealthCheck())
        #expect(usual.outliers == Pool.OutlierRule())
        #expect(usual.slowStart == Pool.SlowStart(window: .seconds(30)))
        #expect(usual.panic == 0)
        #expect(usual.subset == nil)
        let none = try #require(
            try pool("{ count: 3 }", "{ health: none, outliers: none, slowStart: none, subset: unlimited }").pool)
        #expect(none.health == nil && none.outliers == nil && none.slowStart == nil && none.subset == nil)
    }

    @Test func aBalancerHasAllItsSettings() throws {
        let pool = try #require(
            try pool(
                "{ count: 12 }",
                """
                { use: weighted, panic: 50%, subset: 10, slowStart: { window: 20s, aggression: 2 },
                  health: { every: 4s, timeout: 3s, rise: 1, fall: 5 },
                  outliers: { consecutive: none, interval: 5s, base: 10s, most: 60s, maxEjected: 50%, deviations: 1.5,
                              failures: 80%, minHosts: 3, minRequests: 20, like: grpc } }
                """
            ).pool)
        #expect(pool.panic == 0.5)
        #expect(pool.subset == 10)
        #expect(pool.slowStart == Pool.SlowStart(window: .seconds(20), aggression: 2))
        #expect(pool.health == Pool.HealthCheck(every: .seconds(4), timeout: .seconds(3), rise: 1, fall: 5))
        #expect(
            pool.outliers
                == Pool.OutlierRule(
                    profile: .grpc, consecutive: nil, interval: .seconds(5), base: .seconds(10), most: .seconds(60),
                    maxEjected: 0.5, deviations: 1.5, failures: 0.8, minHosts: 3, minRequests: 20))
    }

    @Test func watchersAndChecksHaveAllTheirSettings() throws {
        let haproxy = try #require(
            try pool(
                "{ count: 3 }",
                """
                { use: leastConnections, slowStart: { window: 5s, like: haproxy },
                  health: { fastEvery: 500ms, downEvery: 5s, start: fullyDown, observe: { errors: 4, then: markDown } },
                  outliers: { gateway: 3, jitter: 2s, atLeastOne: true, enforced: { gateway: 0%, deviations: 50% } } }
                """
            ).pool)
        #expect(
            haproxy.health
                == Pool.HealthCheck(
                    fastEvery: .milliseconds(500), downEvery: .seconds(5), start: .fullyDown,
                    observe: .init(errors: 4, then: .markDown)))
        var enforced = Pool.OutlierRule.Enforcing()
        (enforced.gateway, enforced.deviations) = (0, 0.5)
        #expect(
            haproxy.outliers
                == Pool.OutlierRule(gateway: 3, jitter: .seconds(2), atLeastOne: true, enforced: enforced))
        #expect(haproxy.slowStart == Pool.SlowStart(profile: .haproxy, window: .seconds(5), least: 0))
        let nginx = try pool("{ count: 3 }", "{ passive: { maxFails: 3, failTimeout: 5s } }").pool
        #expect(nginx?.passive == Pool.PassiveRule(maxFails: 3, failTimeout: .seconds(5)))
        #expect(try pool("{ count: 3 }", "{ passive: {} }").pool?.passive == Pool.PassiveRule())
        #expect(try pool("{ count: 3 }", "{ accrual: {} }").pool?.accrual == .usual(.linkerd))
        let finagle = try pool(
            "{ count: 3 }",
            """
            { accrual: { like: finagle, failures: none, successRate: 90%, window: 10s, requests: 2, min: 1s,
                         max: 9s } }
            """)
        #expect(
            finagle.pool?.accrual
                == Pool.AccrualRule(
                    profile: .finagle, failures: nil, successRate: 0.9, window: .seconds(10), requests: 2,
                    min: .seconds(1), max: .seconds(9)))
    }

    @Test func everyBackendIsThatWhichDoesTheWork() throws {
        let yaml = Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, servers: { count: 2 } }")
        let scenario = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario
        #expect(scenario.everyBackend.map(\.name) == ["sql", "rest-1", "rest-2"])
    }

    @Test func serversMaySayAllThereIsToSay() throws {
        let yaml = Shop.changed(
            "{ latency: 10ms }", to: "{ servers: { s1: { latency: 1ms }, s2: { latency: 2ms } } }")
        let backends = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.everyBackend
        #expect(backends.dropFirst().map(\.latency) == [.fixed(.milliseconds(1)), .fixed(.milliseconds(2))])
    }
}
