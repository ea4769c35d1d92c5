/// What settings of balancers stand for when a file does not write them.
extension Defaults {
    static func balancer(_ path: [String], of pool: Pool) -> String? {
        guard path.count > 1 else { return balancer(path.first) }
        let rest = Array(path.dropFirst())
        return switch path[0] {
        case "use": choice(rest, of: pool.algorithm)
        case "health": pool.health.flatMap { health(rest, $0) }
        case "outliers": pool.outliers.flatMap { outliers(rest, $0) }
        case "passive": pool.passive.flatMap { passive(rest, $0) }
        case "accrual": pool.accrual.flatMap { accrual(rest, $0) }
        case "slowStart": pool.slowStart.flatMap { slowStart(rest, $0) }
        default: nil
        }
    }

    private static func balancer(_ key: String?) -> String? {
        switch key {
        case nil, "use": Pool.Algorithm.roundRobin.written
        case "panic": "0%"
        case "subset": "unlimited"
        case "health", "outliers", "passive", "accrual", "slowStart": "none"
        default: nil
        }
    }

    private static func choice(_ path: [String], of algorithm: Pool.Algorithm) -> String? {
        switch (algorithm, path) {
        case (.ring(let points), ["ring"]): String(points)
        case (.sizedRing(let least, _), ["sizedRing"]), (.sizedRing(let least, _), ["sizedRing", "least"]):
            String(least)
        case (.sizedRing(_, let most), ["sizedRing", "most"]): String(most)
        case (.maglev(let size), ["maglev"]): String(size)
        case (.choices(let count), ["choices"]): String(count)
        case (.leastRequest(let count, _), ["leastRequest"]): String(count)
        case (.leastRequest(let count, _), ["leastRequest", "choices"]): String(count)
        case (.leastRequest(_, let bias), ["leastRequest", "bias"]): Quantity.text(bias)
        case (.ewma(let decay), ["ewma"]): decay.written
        case (.peakEWMA(let decay, _), ["peakEWMA"]), (.peakEWMA(let decay, _), ["peakEWMA", "decay"]): decay.written
        case (.peakEWMA(_, let initial), ["peakEWMA", "initial"]): initial?.written ?? "none"
        default: nil
        }
    }

    private static func health(_ path: [String], _ check: Pool.HealthCheck) -> String? {
        switch path {
        case ["every"]: check.every.written
        case ["fastEvery"], ["downEvery"], ["observe"]: "none"
        case ["timeout"]: check.timeout.written
        case ["rise"]: String(check.rise)
        case ["fall"]: String(check.fall)
        case ["start"]: check.start.rawValue
        case ["observe", "errors"]: check.observe.map { String($0.errors) }
        case ["observe", "then"]: check.observe?.then.rawValue
        default: nil
        }
    }

    private static func outliers(_ path: [String], _ rule: Pool.OutlierRule) -> String? {
        switch path {
        case ["like"]: rule.profile.rawValue
        case ["consecutive"]: rule.consecutive.map(String.init) ?? "none"
        case ["interval"]: rule.interval.written
        case ["base"]: rule.base.written
        case ["most"]: rule.most.written
        case ["jitter"]: rule.jitter.written
        case ["maxEjected"]: Quantity.percent(rule.maxEjected)
        case ["atLeastOne"]: String(rule.atLeastOne)
        case ["gateway"], ["deviations"], ["failures"]: "none"
        case ["minHosts"]: String(rule.minHosts)
        case ["minRequests"]: rule.minRequests.map(String.init) ?? minRequests(rule)
        case _ where path.count == 2 && path[0] == "enforced": enforced(path[1], rule.enforced)
        default: nil
        }
    }

    /// Envoy has two; where both are used no number stands for them.
    private static func minRequests(_ rule: Pool.OutlierRule) -> String? {
        switch (rule.deviations, rule.failures) {
        case (_, nil): "100"
        case (nil, _): "50"
        default: nil
        }
    }

    private static func enforced(_ key: String, _ enforced: Pool.OutlierRule.Enforcing) -> String? {
        switch key {
        case "consecutive": Quantity.percent(enforced.consecutive)
        case "gateway": Quantity.percent(enforced.gateway)
        case "deviations": Quantity.percent(enforced.deviations)
        case "failures": Quantity.percent(enforced.failures)
        default: nil
        }
    }

    private static func passive(_ path: [String], _ rule: Pool.PassiveRule) -> String? {
        switch path {
        case ["maxFails"]: String(rule.maxFails)
        case ["failTimeout"]: rule.failTimeout.written
        default: nil
        }
    }

    private static func accrual(_ path: [String], _ rule: Pool.AccrualRule) -> String? {
        switch path {
        case ["like"]: rule.profile.rawValue
        case ["failures"]: rule.failures.map(String.init) ?? "none"
        case ["min"]: rule.min.written
        case ["max"]: rule.max.written
        case ["jitter"] where rule.profile == .linkerd: Quantity.percent(rule.jitter)
        case ["successRate"]: rule.successRate.map { Quantity.percent($0) } ?? "none"
        case ["window"] where rule.profile == .finagle: rule.window.written
        case ["requests"] where rule.profile == .finagle: String(rule.requests)
        default: nil
        }
    }

    private static func slowStart(_ path: [String], _ rule: Pool.SlowStart) -> String? {
        switch path {
        case ["like"]: rule.profile.rawValue
        case ["aggression"] where rule.profile == .envoy: Quantity.text(rule.aggression)
        case ["least"] where rule.profile == .envoy: Quantity.percent(rule.least)
        default: nil
        }
    }
}
