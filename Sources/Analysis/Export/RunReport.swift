import Trace

/// The result of a run in numbers: what `ensayo run` prints as a table, as JSON and as CSV.
///
/// The JSON is a contract, described by `docs/run.schema.json`. Times are milliseconds. A latency that was never
/// measured is `null`, not 0.
public struct RunReport: Hashable, Sendable {
    public var scenario: String
    public var seed: UInt64
    /// 16 hexadecimal digits.
    public var digest: String
    public var events: Int
    public var end: VirtualTime
    public var metrics: RunMetrics
    /// Of each backend, in the order of the metrics: who called it, and how often, in the order of the first calls.
    public var callers: [[Caller]]

    /// Somebody who calls a backend: a client, another backend, a cache.
    public struct Caller: Hashable, Sendable {
        public var name: String
        public var calls: Int
    }

    /// Of the whole run. O(n), for the digest.
    public init(_ index: TraceIndex) {
        scenario = index.trace.scenario
        seed = index.trace.seed
        digest = index.trace.digest.description
        events = index.trace.events.count
        end = index.trace.end
        metrics = RunMetrics.over(index)
        let counts = CallCounts(index)
        callers = metrics.backends.map { backend in
            (counts.callers[backend.id] ?? []).map { Caller(name: index.trace.name($0.caller), calls: $0.calls) }
        }
    }

    public var json: JSON {
        .members([
            "scenario": .string(scenario),
            "seed": .unsigned(seed),
            "digest": .string(digest),
            "events": .integer(Int64(events)),
            "virtualMs": .milliseconds(Double(end.nanoseconds)),
            "flows": .object(metrics.flows.map { JSON.Member(key: $0.name, value: Self.json($0)) }),
            "backends": .object(
                zip(metrics.backends, callers).map { JSON.Member(key: $0.name, value: Self.json($0, $1)) }),
            "policies": .object(metrics.policies.map { JSON.Member(key: $0.name, value: Self.json($0)) }),
            "caches": .object(metrics.caches.map { JSON.Member(key: $0.name, value: Self.json($0)) }),
            "balancers": .object(metrics.balancers.map { JSON.Member(key: $0.name, value: Self.json($0)) }),
        ])
    }

    private static func json(_ flow: FlowMetrics) -> JSON {
        .members([
            "requests": .integer(Int64(flow.requests)), "ok": .integer(Int64(flow.ok)),
            "failed": .integer(Int64(flow.failed)), "degraded": .integer(Int64(flow.degraded)),
            "latencyMs": json(flow.latency),
        ])
    }

    private static func json(_ backend: BackendMetrics, _ callers: [Caller]) -> JSON {
        .members([
            "calls": .integer(Int64(backend.calls)),
            "callers": .object(callers.map { JSON.Member(key: $0.name, value: .integer(Int64($0.calls))) }),
            "ok": .integer(Int64(backend.ok)),
            "failed": .integer(Int64(backend.failed)), "rejected": .integer(Int64(backend.rejected)),
            "timedOut": .integer(Int64(backend.timedOut)), "maxInFlight": .integer(Int64(backend.maxInFlight)),
            "maxQueued": .integer(Int64(backend.maxQueued)), "latencyMs": json(backend.latency),
        ])
    }

    private static func json(_ policy: PolicyMetrics) -> JSON {
        .object(
            policy.layers.map { layer in
                JSON.Member(key: layer.name, value: .object(layer.counts.map(json)))
            })
    }

    private static func json(_ count: LayerMetrics.Count) -> JSON.Member {
        count.count.isTime
            ? JSON.Member(key: count.count.name + "Ms", value: .milliseconds(Double(count.value)))
            : JSON.Member(key: count.count.name, value: .integer(count.value))
    }

    private static func json(_ cache: CacheMetrics) -> JSON {
        .object(
            CacheCount.allCases.map { JSON.Member(key: $0.name, value: .integer(Int64(cache[$0]))) }
                + [JSON.Member(key: "hitRatio", value: ratio(cache.hitRatio))])
    }

    private static func json(_ balancer: BalancerMetrics) -> JSON {
        let picks = balancer.servers.map { JSON.Member(key: $0.name, value: .integer(Int64($0.picks))) }
        let counts = BalancerCount.allCases.filter { $0 != .picks }
        return .object(
            [JSON.Member(key: "picks", value: .object(picks))]
                + counts.map { JSON.Member(key: $0.name, value: .integer(Int64(balancer[$0]))) }
                + [
                    JSON.Member(key: "imbalance", value: ratio(balancer.imbalance)),
                    JSON.Member(
                        key: "servers",
                        value: .object(balancer.servers.map { JSON.Member(key: $0.name, value: json($0)) })),
                ])
    }

    private static func json(_ server: ServerMetrics) -> JSON {
        .members([
            "share": ratio(server.share), "down": .integer(server[.down]),
            "downTimeMs": .milliseconds(Double(server[.downTime])), "ejections": .integer(server[.ejections]),
        ])
    }

    /// To a millionth.
    private static func ratio(_ value: Double?) -> JSON { .optional(value.map { ($0 * 1e6).rounded() / 1e6 }) }

    private static func json(_ latency: LatencySummary?) -> JSON {
        func value(_ nanoseconds: Double?) -> JSON { nanoseconds.map { .milliseconds($0) } ?? .null }
        return .members([
            "mean": value(latency?.mean), "p50": value(latency.map { Double($0.p50) }),
            "p95": value(latency.map { Double($0.p95) }), "p99": value(latency.map { Double($0.p99) }),
            "max": value(latency.map { Double($0.max) }),
        ])
    }
}

extension JSON {
    /// Nanoseconds as milliseconds, to the nanosecond.
    static func milliseconds(_ nanoseconds: Double) -> JSON { .number(nanoseconds.rounded() / 1e6) }
}
