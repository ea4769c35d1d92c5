import Analysis
import Model
import Scenario

/// One figure of a run: `flow.dashboard.latency.p99`.
public struct Metric: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case flow, client, backend, cache, policy, balancer, server, request
    }

    public enum Measure: Hashable, Sendable {
        case count(Count)
        case latency(Latency)
        /// Share of what ended that ended well: requests of a flow or a client, calls of a backend.
        case success
        /// Share of a cache's look-ups that found an entry.
        case hitRatio
        case cache(CacheCount)
        /// When the last call arrived at a backend.
        case lastArrival
        /// What a layer of a policy did, by the layer's name in its policy.
        case layer(String, LayerCount)
        case balancer(BalancerCount)
        /// Most picks of a server over the mean of its pool.
        case imbalance
        case server(ServerCount)
        /// Share of its pool's picks that went to a server.
        case share
        case request(RequestMeasure)
    }

    public enum Count: String, CaseIterable, Hashable, Sendable {
        case requests, calls, ok, failed, degraded, rejected, timedOut, maxInFlight, maxQueued
        case arrivalsPeak = "arrivals.peak"
    }

    public enum Latency: String, CaseIterable, Hashable, Sendable {
        case min, mean, p50, p95, p99, max
        /// Of the first request and of the last, in the order in which they start. Not for backends.
        case first, last
    }

    public var kind: Kind
    public var name: String
    public var measure: Measure

    public init(kind: Kind, name: String, measure: Measure) {
        self.kind = kind
        self.name = name
        self.measure = measure
    }

    public var unit: MetricUnit {
        switch measure {
        case .count, .cache, .balancer, .imbalance: .number
        case .layer(_, let count): count.isTime ? .time : .number
        case .server(let count): count.isTime ? .time : .number
        case .request(let measure): measure.unit
        case .latency, .lastArrival: .time
        case .success, .hitRatio, .share: .share
        }
    }
}

extension Metric.Kind {
    /// What can be asked, by the name that authors write. Of a policy nothing: its layers are asked. What is asked of a
    /// request names others.
    var measures: [String: Metric.Measure] {
        var measures: [String: Metric.Measure] = [:]
        let latencies: [Metric.Latency]
        let counts: [Metric.Count]
        switch self {
        case .flow, .client:
            latencies = Metric.Latency.allCases
            counts = [.requests, .ok, .failed] + (self == .flow ? [.degraded, .maxInFlight] : [])
            measures["success"] = .success
        case .backend:
            latencies = [.min, .mean, .p50, .p95, .p99, .max]
            counts = [.calls, .ok, .failed, .rejected, .timedOut, .maxInFlight, .maxQueued, .arrivalsPeak]
            measures["success"] = .success
            measures["lastArrival"] = .lastArrival
        case .cache:
            (latencies, counts) = ([], [])
            for count in CacheCount.allCases { measures[count.name] = .cache(count) }
            measures["ratio"] = .hitRatio
        case .policy, .request: (latencies, counts) = ([], [])
        case .balancer:
            (latencies, counts) = ([], [])
            for count in BalancerCount.allCases { measures[count.name] = .balancer(count) }
            measures["imbalance"] = .imbalance
        case .server:
            (latencies, counts) = ([], [])
            for count in ServerCount.allCases { measures[count.name] = .server(count) }
            measures["share"] = .share
        }
        for latency in latencies { measures["latency.\(latency.rawValue)"] = .latency(latency) }
        for count in counts { measures[count.rawValue] = .count(count) }
        return measures
    }

    /// Whom a scenario has of that kind.
    func names(in scenario: Scenario) -> [String] {
        switch self {
        case .flow: scenario.flows.map(\.name)
        case .client: scenario.clients.map(\.name)
        case .backend:
            scenario.backends.flatMap { $0.pool.map { $0.servers.map(\.backend.name) } ?? [$0.name] }
        case .cache: scenario.caches.map(\.name)
        case .policy: scenario.policies.map(\.name)
        case .request: []
        case .balancer: scenario.backends.filter { $0.pool != nil }.map(\.name)
        case .server: scenario.backends.flatMap { $0.pool?.servers.map(\.backend.name) ?? [] }
        }
    }
}

extension Layer {
    /// What can be asked of it.
    var counts: [LayerCount] { LayerCount.counts(of: rule.kind) }
}

/// A change of one value of a scenario for the whole run: `backends.cosmos.concurrency = 20`.
public struct Setting: Hashable, Sendable {
    public var path: String
    /// As written in YAML.
    public var value: String

    public init(path: String, value: String) {
        self.path = path
        self.value = value
    }
}
