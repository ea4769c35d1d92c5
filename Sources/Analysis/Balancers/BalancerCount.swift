/// What is counted of a load balancer.
public enum BalancerCount: UInt8, CaseIterable, Sendable {
    /// Calls that were sent to a server.
    case picks
    /// Calls for which there was no server.
    case refused
    /// Calls whose key had last gone to another server.
    case moved
    /// Servers left out because they behaved unlike the others.
    case ejections
    /// How often too few servers were healthy.
    case panics

    /// The name in reports and in the figures of lessons.
    public var name: String { "\(self)" }
}

/// What is counted of a server of a pool; its calls are those of a backend.
public enum ServerCount: UInt8, CaseIterable, Sendable {
    case picks
    /// How often health checks found it down.
    case down
    /// For how long, in nanoseconds.
    case downTime
    case ejections

    /// The name in reports and in the figures of lessons.
    public var name: String { "\(self)" }
    /// Whether it is a time, in nanoseconds, and not a number.
    public var isTime: Bool { self == .downTime }
}
