import Trace

/// What a load balancer did in a window.
public struct BalancerMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// Calls that were sent to a server, and those for which there was none.
    public var picks: Int
    public var refused: Int
    /// Calls whose key had last gone to another server.
    public var moved: Int
    public var ejections: Int
    /// How often too few servers were healthy.
    public var panics: Int
    /// In the order of the scenario.
    public var servers: [ServerMetrics]

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
        picks = activity.picks.places(in: window).count
        refused = activity.refusals.places(in: window).count
        moved = activity.moves.places(in: window).count
        ejections = activity.ejections.places(in: window).count
        panics = activity.panics.places(in: window).count
        let all = picks
        servers = activity.servers.map { ServerMetrics($0, of: all, window, trace) }
    }
}

/// What became of a server of a pool in a window. Its calls are in ``BackendMetrics``.
public struct ServerMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    public var picks: Int
    /// Of its pool's picks; `nil`: there were none.
    public var share: Double?
    /// How often health checks found it down, and for how long, in nanoseconds.
    public var down: Int
    public var downTime: Int64
    public var ejections: Int
    /// Whether it was in the pool at any time of the window.
    public var wasMember: Bool

    init(_ activity: ServerActivity, of all: Int, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        picks = activity.picks.places(in: window).count
        share = all == 0 ? nil : Double(picks) / Double(all)
        down = activity.downs.places(in: window).count
        downTime = VirtualTime.seconds(activity.isDown.area(in: window) / 1e9).nanoseconds
        ejections = activity.ejections.places(in: window).count
        wasMember = activity.isMember.maximum(in: window) > 0
    }
}
