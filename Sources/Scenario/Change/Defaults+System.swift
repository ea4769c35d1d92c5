/// What settings of backends, servers and caches stand for when a file does not write them.
extension Defaults {
    static func backend(_ path: [String], of backend: Backend, _ scenario: Scenario) -> String? {
        switch path {
        case ["hop"]: scenario.hop.written
        case ["concurrency"], ["queue"]: "unlimited"
        case ["errors"]: "0%"
        case ["clock"]: "0s"
        case ["answer"], ["answer", "status"]: ErrorAnswer.failed.written
        case _ where path.count == 3 && path[0] == "operations" && path[2] == "idempotent": "true"
        case _ where path.count == 3 && path[0] == "operations" && path[2] == "latency": backend.latency.written
        case _ where path.first == "balancer": backend.pool.flatMap { balancer(Array(path.dropFirst()), of: $0) }
        case _ where path.count == 3 && path[0] == "servers":
            backend.pool?.servers.first { $0.backend.name == path[1] }.flatMap { server(path[2], of: $0, scenario) }
        default: nil
        }
    }

    /// A server's own, or its pool's.
    private static func server(_ key: String, of server: Pool.Server, _ scenario: Scenario) -> String? {
        switch key {
        case "weight": Quantity.text(server.weight)
        case "member": String(server.isMember)
        case "latency": server.backend.latency.written
        case "concurrency": server.backend.concurrency.map(String.init) ?? "unlimited"
        case "queue": server.backend.queue.map(String.init) ?? "unlimited"
        case "errors": Quantity.percent(server.backend.errors)
        case "answer": server.backend.answer.written
        case "clock": server.backend.clock.written
        case "hop": (server.backend.hop ?? scenario.hop).written
        default: nil
        }
    }

    static func cache(_ path: [String], of cache: Cache) -> String? {
        switch path {
        case ["latency"], ["latency", "fixed"]: "0s"
        case ["ttl"], ["capacity"], ["flush", "batch"], ["flush", "maxDirty"]: "unlimited"
        case ["ttlJitter"]: "0%"
        case ["eviction"]: cache.eviction.rawValue
        case ["writes"]: cache.writes.rawValue
        case ["coalesce"]: "false"
        case ["refreshAhead"], ["staleFor"], ["early"]: "none"
        case ["flush", "every"]: if case .every(let interval) = cache.flush.timing { interval.written } else { nil }
        case ["flush", "after"]: if case .after(let delay) = cache.flush.timing { delay.written } else { nil }
        case ["flush", "grace"]: cache.flush.grace.written
        case ["flush", "retry"]: cache.flush.retry.written
        default: nil
        }
    }
}
