import Trace

/// What a load balancer did in a window.
public struct BalancerMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// In the order of the scenario.
    public var servers: [ServerMetrics]
    /// In the order of ``BalancerCount``.
    private var counts: [Int]

    public subscript(count: BalancerCount) -> Int { counts[Int(count.rawValue)] }

    /// Calls that were sent to a server.
    public var picks: Int { self[.picks] }

    /// Most picks of a server over the mean of those that were in the pool: 1 is even. `nil`: nothing was picked.
    public var imbalance: Double? {
        let members = servers.filter { $0.wasMember || $0.picks > 0 }
        guard picks > 0, let most = members.map(\.picks).max() else { return nil }
        return Double(most) * Double(members.count) / Double(picks)
    }

    public func server(_ name: String) -> ServerMetrics? { servers.first { $0.name == name } }

    init(_ activity: BalancerActivity, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        counts = BalancerCount.allCases.map { activity.events($0).places(in: window).count }
        let picks = counts[Int(BalancerCount.picks.rawValue)]
        servers = activity.servers.map { ServerMetrics($0, of: picks, window, trace) }
    }
}

/// What became of a server of a pool in a window. Its calls are in ``BackendMetrics``.
public struct ServerMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// Of its pool's picks; `nil`: there were none.
    public var share: Double?
    /// Whether it was in the pool at any time of the window.
    public var wasMember: Bool
    /// In the order of ``ServerCount``.
    private var counts: [Int64]

    public subscript(count: ServerCount) -> Int64 { counts[Int(count.rawValue)] }

    public var picks: Int { Int(self[.picks]) }

    init(_ activity: ServerActivity, of all: Int, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        counts = ServerCount.allCases.map { activity.value($0, in: window) }
        let picks = counts[Int(ServerCount.picks.rawValue)]
        share = all == 0 ? nil : Double(picks) / Double(all)
        wasMember = activity.isMember.maximum(in: window) > 0
    }
}
