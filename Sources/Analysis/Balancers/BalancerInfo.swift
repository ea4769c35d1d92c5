import Trace

/// A load balancer of a run, and the servers that the run shows.
public struct BalancerInfo: Hashable, Sendable, Identifiable {
    public var id: NameID
    public var name: String
    /// In the order of the scenario, those that join later included.
    public var servers: [NameID]
}

extension TraceIndex {
    /// In the order of the scenario.
    public var balancers: [BalancerInfo] {
        activity.balancers.map {
            BalancerInfo(id: $0.name, name: trace.name($0.name), servers: $0.servers.map(\.name))
        }
    }

    public func balancer(_ name: String) -> BalancerInfo? { balancers.first { $0.name == name } }

    /// What a balancer is set to at a cursor; `nil`: there is none of that name. O(settings · log n).
    public func settings(ofBalancer balancer: NameID, at cursor: Cursor) -> ComponentSettings? {
        activity.balancer(named: balancer)?.settings.settings(at: cursor.eventCount, in: trace)
    }

    /// The balancer of a server; `nil`: it belongs to none.
    public func balancer(of server: NameID) -> NameID? {
        activity.balancers.first { $0.server(named: server) != nil }?.name
    }
}
