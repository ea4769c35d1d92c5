import Testing

@testable import Scenario

/// What no request ever comes to.
@Suite struct UncalledTests {
    private func uncalled(_ flows: String) throws -> Set<String> {
        let yaml = """
            duration: 1s
            backends:
              api: { latency: 1ms }
              store: { latency: 1ms, operations: { get: { do: [ call: disk.read ] } } }
              disk: { latency: 1ms }
              pool: { latency: 1ms, balancer: roundRobin, servers: { count: 2 } }
            caches:
              pages: { ttl: 1s }
            flows:
            \(flows.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
              unused: [ call: pool.get ]
            clients:
              once: { flow: visit, at: 0s }
            """
        return try ScenarioDocument(yaml: yaml, file: "uncalled.yaml").scenario.uncalled
    }

    @Test func aFlowThatNoClientRunsCallsNobody() throws {
        #expect(
            try uncalled("visit: [ call: api.get ]") == ["store", "disk", "pool", "pool-1", "pool-2", "pages"])
    }

    @Test func whatAServiceCallsIsCalled() throws {
        let rest: Set = ["api", "pool", "pool-1", "pool-2", "pages"]
        #expect(try uncalled("visit: [ call: store.get ]") == rest)
    }

    @Test(arguments: [
        "fallback: { do: [ call: api.get ], or: [ call: pool.get ] }", "parallel: [ send: api.get, call: pool.get ]",
        "choose: [ { share: 0%, do: [ call: api.get, call: pool.get ] } ]",
    ]) func everyWayOfCallingCounts(_ step: String) throws {
        #expect(try uncalled("visit: [ { \(step) } ]") == ["store", "disk", "pages"])
    }

    @Test func aCacheIsUsedByItsSteps() throws {
        let step = "cache: { in: pages, key: k, do: [ call: api.get ] }"
        #expect(try !uncalled("visit: [ { \(step) } ]").contains("pages"))
        #expect(try !uncalled("visit: [ call: api.get, invalidate: { in: pages } ]").contains("pages"))
    }
}
