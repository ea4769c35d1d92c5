/// A number that is not the same in two runs.
public struct MetricDifference: Hashable, Sendable {
    public enum Section: UInt8, CaseIterable, Sendable { case flow, backend, cache, policy, balancer, server }

    /// Latencies and times are in nanoseconds, shares in 0...1, the others are counts.
    public enum Metric: Hashable, Sendable {
        case requests, calls, ok, failed, degraded, rejected, timedOut, cancelled
        case maxInFlight, maxQueued, utilisation, arrivalsPeak, lastArrival
        case meanLatency, p50Latency, p95Latency, p99Latency, maxLatency
        case hitRatio
        case cache(CacheCount)
        case layer(LayerCount)
        case balancer(BalancerCount)
        /// Most picks of a server over the mean.
        case imbalance
        case server(ServerCount)
        /// Of its pool's picks.
        case share
    }

    public var section: Section
    /// Of a layer of a policy the whole name: `guarded.retry`.
    public var name: String
    public var metric: Metric
    /// `nil`: not measured in that run, or the run has no such part.
    public var left: Double?
    public var right: Double?
    /// Of the right against the left: 0.1 is ten percent more. `nil` without both numbers, or when the left is 0.
    public var change: Double? {
        guard let left, let right, left != 0 else { return nil }
        return (right - left) / left
    }

    /// Flows, then backends, caches, layers of policies, balancers and their servers; in each the parts of the left run
    /// in its order, then those only in the right.
    static func all(_ left: RunMetrics, _ right: RunMetrics) -> [MetricDifference] {
        differences(.flow, left.flows.map { ($0.name, $0.values) }, right.flows.map { ($0.name, $0.values) })
            + differences(
                .backend, left.backends.map { ($0.name, $0.values) }, right.backends.map { ($0.name, $0.values) })
            + differences(.cache, left.caches.map { ($0.name, $0.values) }, right.caches.map { ($0.name, $0.values) })
            + differences(.policy, left.policies.flatMap(\.parts), right.policies.flatMap(\.parts))
            + differences(.balancer, left.balancers.map(\.part), right.balancers.map(\.part))
            + differences(.server, left.balancers.flatMap(\.parts), right.balancers.flatMap(\.parts))
    }

    fileprivate typealias Part = (name: String, values: [(Metric, Double?)])

    private static func differences(_ section: Section, _ left: [Part], _ right: [Part]) -> [MetricDifference] {
        var result: [MetricDifference] = []
        for part in left {
            let other = right.first { $0.name == part.name }?.values ?? []
            for (metric, value) in part.values {
                let otherValue = other.first { $0.0 == metric }?.1
                guard value != otherValue else { continue }
                result.append(
                    MetricDifference(
                        section: section, name: part.name, metric: metric, left: value, right: otherValue))
            }
        }
        for part in right where !left.contains(where: { $0.name == part.name }) {
            for (metric, value) in part.values where value != nil {
                result.append(
                    MetricDifference(section: section, name: part.name, metric: metric, left: nil, right: value))
            }
        }
        return result
    }
}

extension FlowMetrics {
    var values: [(MetricDifference.Metric, Double?)] {
        [
            (.requests, Double(requests)), (.ok, Double(ok)), (.failed, Double(failed)),
            (.degraded, Double(degraded)), (.maxInFlight, Double(maxInFlight)),
        ]
            + LatencySummary.values(latency)
    }
}

extension BackendMetrics {
    var values: [(MetricDifference.Metric, Double?)] {
        [
            (.calls, Double(calls)), (.ok, Double(ok)), (.failed, Double(failed)), (.rejected, Double(rejected)),
            (.timedOut, Double(timedOut)), (.cancelled, Double(cancelled)), (.maxInFlight, Double(maxInFlight)),
            (.maxQueued, Double(maxQueued)), (.utilisation, utilisation), (.arrivalsPeak, Double(arrivalsPeak)),
            (.lastArrival, lastArrival.map { Double($0.nanoseconds) }),
        ] + LatencySummary.values(latency)
    }
}

extension CacheMetrics {
    var values: [(MetricDifference.Metric, Double?)] {
        CacheCount.allCases.map { (.cache($0), Double(self[$0])) } + [(.hitRatio, hitRatio)]
    }
}

extension BalancerMetrics {
    fileprivate var part: MetricDifference.Part {
        (name, BalancerCount.allCases.map { (.balancer($0), Double(self[$0])) } + [(.imbalance, imbalance)])
    }

    fileprivate var parts: [MetricDifference.Part] {
        servers.map { server in
            (
                server.name,
                ServerCount.allCases.map { (.server($0), Double(server[$0])) } + [(.share, server.share)]
            )
        }
    }
}

extension PolicyMetrics {
    fileprivate var parts: [MetricDifference.Part] {
        layers.map { layer in
            ("\(name).\(layer.name)", layer.counts.map { (.layer($0.count), Double($0.value)) })
        }
    }
}

extension LatencySummary {
    static func values(_ latency: LatencySummary?) -> [(MetricDifference.Metric, Double?)] {
        [
            (.meanLatency, latency?.mean), (.p50Latency, latency.map { Double($0.p50) }),
            (.p95Latency, latency.map { Double($0.p95) }), (.p99Latency, latency.map { Double($0.p99) }),
            (.maxLatency, latency.map { Double($0.max) }),
        ]
    }
}
