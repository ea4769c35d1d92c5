/// A cache beside the flows that use it (cache-aside).
public struct Cache: Hashable, Sendable {
    public var name: String
    /// What one look-up or one store costs, hit or miss.
    public var latency: Latency
    /// How long an entry is good.
    public var ttl: Duration

    public init(name: String, latency: Latency = .fixed(.zero), ttl: Duration) {
        self.name = name
        self.latency = latency
        self.ttl = ttl
    }
}
