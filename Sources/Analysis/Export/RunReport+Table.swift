import Trace

extension RunReport {
    /// The report for people: what happened to flows, to backends, their latencies, caches, pools, and layers of
    /// policies.
    public var table: String {
        let facts = [
            scenario.withoutControls, "seed \(seed)", "\(events) events", "\(Self.seconds(end.seconds)) s",
            "digest \(digest)",
        ]
        var parts = [facts.joined(separator: "  ") + "\n"]
        if !metrics.flows.isEmpty { parts.append(flowTable.text) }
        if !metrics.backends.isEmpty { parts.append(backendTable.text) }
        if let latencyTable { parts.append(latencyTable.text + (hasFailures ? Self.failuresCount : "")) }
        if !metrics.caches.isEmpty { parts.append(cacheTable.text) }
        if !metrics.balancers.isEmpty { parts += [balancerTable.text, serverTable.text] }
        parts += layerTables.map(\.text)
        return parts.joined(separator: "\n")
    }

    private var flowTable: TextTable {
        let isDegraded = metrics.flows.contains { $0.degraded > 0 }
        var table = TextTable(headings: ["flow", "requests", "ok", "failed"] + (isDegraded ? ["degraded"] : []))
        for flow in metrics.flows {
            let counts = [flow.requests, flow.ok, flow.failed] + (isDegraded ? [flow.degraded] : [])
            table.add([flow.name] + counts.map { String($0) })
        }
        return table
    }

    private var backendTable: TextTable {
        var table = TextTable(headings: [
            "backend", "calls", "ok", "failed", "rejected", "timed out", "max in flight", "max queued",
        ])
        for backend in metrics.backends {
            let counts = [
                backend.calls, backend.ok, backend.failed, backend.rejected, backend.timedOut, backend.maxInFlight,
                backend.maxQueued,
            ]
            table.add([backend.name] + counts.map { String($0) })
        }
        return table
    }

    /// Whether something failed whose latency is in the table: a quick refusal lowers every percentile.
    private var hasFailures: Bool {
        metrics.flows.contains { $0.failed > 0 }
            || metrics.backends.contains { $0.failed + $0.rejected + $0.timedOut > 0 }
    }

    private static let failuresCount = "What failed is counted too.\n"

    /// `nil`: nothing was measured.
    private var latencyTable: TextTable? {
        let parts = metrics.flows.map { ($0.name, $0.latency) } + metrics.backends.map { ($0.name, $0.latency) }
        if parts.allSatisfy({ $0.1 == nil }) { return nil }
        var table = TextTable(headings: ["latency, ms", "mean", "p50", "p95", "p99", "max"])
        for case (let name, let latency?) in parts {
            let values = [
                latency.mean, Double(latency.p50), Double(latency.p95), Double(latency.p99), Double(latency.max),
            ]
            table.add([name] + values.map { Self.threeDigits($0 / 1e6) })
        }
        return table
    }

    /// Of what only some caches do, the columns that say something.
    private var cacheTable: TextTable {
        let always: [CacheCount] = [.evictions, .expired, .stored, .invalidated]
        let sometimes: [CacheCount] = [
            .abandoned, .stale, .expiredServed, .joined, .refreshes, .written, .coalesced, .flushes, .maxDirty, .lost,
        ]
        let shown = always + sometimes.filter { count in metrics.caches.contains { $0[count] > 0 } }
        var table = TextTable(headings: ["cache", "hits", "misses", "hit ratio"] + shown.map(Self.heading))
        for cache in metrics.caches {
            table.add(
                [cache.name, String(cache.hits), String(cache.misses), Self.percent(cache.hitRatio)]
                    + shown.map { String(cache[$0]) })
        }
        return table
    }

    private var balancerTable: TextTable {
        var table = TextTable(headings: ["balancer"] + BalancerCount.allCases.map(\.name) + ["imbalance"])
        for balancer in metrics.balancers {
            let imbalance = balancer.imbalance.map { Self.fixed($0, decimals: 2) } ?? "-"
            table.add([balancer.name] + BalancerCount.allCases.map { String(balancer[$0]) } + [imbalance])
        }
        return table
    }

    private var serverTable: TextTable {
        var table = TextTable(headings: ["server", "picks", "share", "down", "down, s", "ejections"])
        for server in metrics.balancers.flatMap(\.servers) {
            table.add([
                server.name, String(server.picks), Self.percent(server.share), String(server[.down]),
                Self.seconds(Double(server[.downTime]) / 1e9), String(server[.ejections]),
            ])
        }
        return table
    }

    private static func percent(_ share: Double?) -> String {
        share.map { fixed($0 * 100, decimals: 1) + "%" } ?? "-"
    }

    private static func heading(_ count: CacheCount) -> String {
        switch count {
        case .evictions: "evicted"
        case .expiredServed: "served expired"
        case .maxDirty: "max dirty"
        default: count.name
        }
    }

    /// One for each kind of layer that there is, since each is counted in its own way.
    private var layerTables: [TextTable] {
        Component.Kind.allCases.filter(\.isLayer).compactMap { kind in
            let layers = metrics.policies.flatMap { policy in
                policy.layers.filter { $0.kind == kind }.map { (name: "\(policy.name).\($0.name)", counts: $0.counts) }
            }
            if layers.isEmpty { return nil }
            var table = TextTable(headings: ["\(kind)"] + LayerCount.counts(of: kind).map(Self.heading))
            for layer in layers { table.add([layer.name] + layer.counts.map(Self.cell)) }
            return table
        }
    }

    private static func heading(_ count: LayerCount) -> String {
        switch count {
        case .givenUp: "given up"
        case .halfOpened: "half-opened"
        case .openTime: "open, s"
        case .maxInside: "max inside"
        case .maxQueued: "max queued"
        default: count.name
        }
    }

    private static func cell(_ count: LayerMetrics.Count) -> String {
        count.count.isTime ? seconds(Double(count.value) / 1e9) : String(count.value)
    }

    /// At least three significant digits: percentiles are no more exact than that.
    static func threeDigits(_ value: Double) -> String {
        fixed(value, decimals: value >= 100 || value == 0 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)
    }

    private static func seconds(_ value: Double) -> String { JSON.text((value * 1e3).rounded() / 1e3) }

    /// A number with so many decimals, rounded half away from zero.
    private static func fixed(_ value: Double, decimals: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value * Double(scale)).rounded()
        guard abs(scaled) < 9e18 else { return value.description }
        let whole = Int64(scaled)
        guard decimals > 0 else { return String(whole) }
        let fraction = String((whole % scale).magnitude)
        let sign = whole < 0 ? "-" : ""
        return sign + String((whole / scale).magnitude) + "." + String(repeating: "0", count: decimals - fraction.count)
            + fraction
    }
}
