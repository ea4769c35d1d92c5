/// Hosts of one priority: the first level gets the calls as long as enough of its hosts are available.
public struct PriorityLevel: Hashable, Sendable {
    public var available: Int
    public var hosts: Int

    public init(available: Int, of hosts: Int) {
        self.available = available
        self.hosts = hosts
    }
}

/// How calls are spread over levels of priority: Envoy's.
///
/// A level's health is the share of its hosts that are available, times the overprovisioning factor, at most 1. Levels
/// take, in order, as much as their health, and all of them more if the sum of their healths is below 1. Only then can
/// a level be in panic. When all are, calls are spread by the number of hosts.
///
/// Envoy computes with whole percents and gives the first level what is lost by that: 8 and 92 where its own
/// documentation says 7 and 93. The loads here are not rounded.
public struct PriorityLevels: Hashable, Sendable {
    public let overprovisioning: Double
    public let panic: PanicThreshold

    /// - Throws: ``PolicyError`` when the factor is below 1.
    public init(overprovisioning: Double = 1.4, panic: PanicThreshold = .envoy) throws(PolicyError) {
        try PolicyError.requireAtLeast(1.0, overprovisioning, "overprovisioning")
        self.overprovisioning = overprovisioning
        self.panic = panic
    }

    /// What each level gets.
    public struct Loads: Hashable, Sendable {
        /// 0...1 for each level; together 1.
        public let shares: [Double]
        /// Which levels use all their hosts.
        public let isPanic: [Bool]
        /// 0...1: whether the levels together can take everything.
        public let availability: Double
    }

    /// O(levels). Without any level there are no loads.
    public func loads(_ levels: [PriorityLevel]) -> Loads {
        let healths = levels.map(health)
        let sum = healths.reduce(0, +)
        // What is 1 but for rounding is 1: below it there may be panic.
        let availability = sum > 1 - 1e-9 ? 1 : sum
        let isPanic = levels.map { availability < 1 && panic.isPanic(available: $0.available, of: $0.hosts) }
        return Loads(
            shares: shares(levels, healths, availability, isTotalPanic: isPanic.allSatisfy { $0 }), isPanic: isPanic,
            availability: availability)
    }

    private func health(_ level: PriorityLevel) -> Double {
        level.hosts > 0 ? min(1, overprovisioning * Double(level.available) / Double(level.hosts)) : 0
    }

    private func shares(
        _ levels: [PriorityLevel], _ healths: [Double], _ availability: Double, isTotalPanic: Bool
    ) -> [Double] {
        let hosts = levels.reduce(0) { $0 + $1.hosts }
        if isTotalPanic, hosts > 0 { return levels.map { Double($0.hosts) / Double(hosts) } }
        // Nobody is available, and there is no panic: the calls go to the first level, and fail there.
        guard availability > 0 else { return levels.indices.map { $0 == 0 ? 1 : 0 } }
        var left = 1.0
        return healths.map { health in
            let load = min(left, health / availability)
            left -= load
            return load
        }
    }
}
