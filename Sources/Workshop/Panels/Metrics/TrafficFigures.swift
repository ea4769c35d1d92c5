import Analysis
import Trace

/// A part of the system that a goal measures.
public struct Measured: Hashable, Sendable {
    public var kind: Metric.Kind
    public var name: String

    public init(kind: Metric.Kind, name: String) {
        self.kind = kind
        self.name = name
    }
}

/// The figures of a flow's requests, or of a client's.
struct TrafficFigures {
    var subject: Measured
    var id: NameID
    var requests: Int
    var ok: Int
    var failed: Int
    var degraded = 0
    var inFlight: Int
    var rate: Double
    var latency: LatencySummary?

    var name: String { subject.name }

    init(_ flow: FlowMetrics) {
        subject = Measured(kind: .flow, name: flow.name)
        (id, requests, ok, failed) = (flow.id, flow.requests, flow.ok, flow.failed)
        (inFlight, rate, latency, degraded) = (flow.inFlight, flow.rate, flow.latency, flow.degraded)
    }

    init(_ client: ClientMetrics) {
        subject = Measured(kind: .client, name: client.name)
        (id, requests, ok, failed) = (client.id, client.requests, client.ok, client.failed)
        (inFlight, rate, latency) = (client.inFlight, client.rate, client.latency)
    }
}

extension RunMetrics {
    /// The flows, after those flows and clients that a goal measures.
    func traffic(_ measured: [Measured]) -> [TrafficFigures] {
        let first = measured.compactMap(traffic)
        return first + flows.map { TrafficFigures($0) }.filter { !measured.contains($0.subject) }
    }

    /// `nil`: it is neither a flow nor a client of this run.
    func traffic(_ subject: Measured) -> TrafficFigures? {
        switch subject.kind {
        case .flow: flow(subject.name).map { TrafficFigures($0) }
        case .client: client(subject.name).map { TrafficFigures($0) }
        default: nil
        }
    }

    /// The backends, those first that a goal measures.
    func backends(_ measured: [Measured]) -> [BackendMetrics] {
        let isMeasured: (BackendMetrics) -> Bool = { backend in
            measured.contains { ($0.kind == .backend || $0.kind == .server) && $0.name == backend.name }
        }
        return backends.filter(isMeasured) + backends.filter { !isMeasured($0) }
    }

    /// The caches, those first that a goal measures.
    func caches(_ measured: [Measured]) -> [CacheMetrics] {
        let isMeasured: (CacheMetrics) -> Bool = { measured.contains(Measured(kind: .cache, name: $0.name)) }
        return caches.filter(isMeasured) + caches.filter { !isMeasured($0) }
    }
}
