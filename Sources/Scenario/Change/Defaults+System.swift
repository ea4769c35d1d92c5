/// What settings of backends, servers, balancers and caches stand for when a file does not write them.
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

    private static func balancer(_ path: [String], of pool: Pool) -> String? {
        switch path {
        case [], ["use"]: Pool.Algorithm.roundRobin.written
        case ["panic"]: "0%"
        case ["subset"]: "unlimited"
        case ["health"], ["outliers"], ["slowStart"]: "none"
        case ["slowStart", "aggression"]: pool.slowStart.map { Quantity.text($0.aggression) }
        case _ where path.count > 1 && path[0] == "use": choice(Array(path.dropFirst()), of: pool.algorithm)
        case _ where path.count == 2 && path[0] == "health": pool.health.flatMap { health(path[1], $0) }
        case _ where path.count == 2 && path[0] == "outliers": pool.outliers.flatMap { outliers(path[1], $0) }
        default: nil
        }
    }

    private static func choice(_ path: [String], of algorithm: Pool.Algorithm) -> String? {
        switch (algorithm, path) {
        case (.ring(let points), ["ring"]): String(points)
        case (.maglev(let size), ["maglev"]): String(size)
        case (.choices(let count), ["choices"]): String(count)
        case (.ewma(let decay), ["ewma"]): decay.written
        case (.peakEWMA(let decay, _), ["peakEWMA"]), (.peakEWMA(let decay, _), ["peakEWMA", "decay"]): decay.written
        case (.peakEWMA(_, let initial), ["peakEWMA", "initial"]): initial.written
        default: nil
        }
    }

    private static func health(_ key: String, _ check: Pool.HealthCheck) -> String? {
        switch key {
        case "every": check.every.written
        case "timeout": check.timeout.written
        case "rise": String(check.rise)
        case "fall": String(check.fall)
        default: nil
        }
    }

    private static func outliers(_ key: String, _ rule: Pool.OutlierRule) -> String? {
        switch key {
        case "like": rule.profile.rawValue
        case "consecutive": rule.consecutive.map(String.init) ?? "none"
        case "interval": rule.interval.written
        case "base": rule.base.written
        case "most": rule.most.written
        case "maxEjected": Quantity.percent(rule.maxEjected)
        case "deviations", "failures": "none"
        case "minHosts": String(rule.minHosts)
        case "minRequests": String(rule.minRequests)
        default: nil
        }
    }

    static func cache(_ path: [String], of cache: Cache) -> String? {
        switch path {
        case ["latency"], ["latency", "fixed"]: "0s"
        case ["ttl"], ["capacity"], ["flush", "batch"]: "unlimited"
        case ["ttlJitter"]: "0%"
        case ["eviction"]: cache.eviction.rawValue
        case ["writes"]: cache.writes.rawValue
        case ["coalesce"]: "false"
        case ["refreshAhead"], ["staleFor"], ["early"]: "none"
        case ["flush", "every"]: cache.flush.every.written
        case ["flush", "retry"]: cache.flush.retry.written
        default: nil
        }
    }
}
