/// Below which share of available hosts all hosts are used, whatever their health: Envoy's panic threshold.
///
/// With too few left, sending everything to them would take them down as well.
public struct PanicThreshold: Hashable, Sendable {
    /// 0...1; with 0 there is no panic.
    public let share: Double

    /// Half of the hosts.
    public static let envoy = PanicThreshold(uncheckedShare: 0.5)
    /// None: Istio's `minHealthPercent` is 0.
    public static let istio = PanicThreshold(uncheckedShare: 0)

    /// - Throws: ``PolicyError`` when it is not a share.
    public init(_ share: Double) throws(PolicyError) {
        try PolicyError.requireShare(share, "panic")
        self.share = share
    }

    private init(uncheckedShare share: Double) { self.share = share }

    /// Strictly below; a pool without hosts has none available.
    public func isPanic(available: Int, of hosts: Int) -> Bool {
        let available = hosts > 0 ? Double(available) / Double(hosts) : 0
        return available < share
    }
}
