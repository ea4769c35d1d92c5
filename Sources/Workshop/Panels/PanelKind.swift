/// The panels, in the order in which `tab` visits them. Raw values are what lessons write.
public enum PanelKind: String, CaseIterable, Hashable, Sendable {
    case sequence, diagram, topology, trace, metrics, latency, log
    case breaker, bulkhead, limits, policies
    case retries, arrivals, answer
    case cache, hits, writes
    case balancer, ring
    case requests, compare, hops
}
