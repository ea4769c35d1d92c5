/// A server that a load balancer may send to.
public struct ServerRules: Hashable, Sendable {
    /// `host` or `host:port`. Hashing algorithms place it by its name, so names have to differ.
    public let name: String
    /// 0 to 1000.
    public let weight: Double
    /// nginx' `max_fails`: after so many failures it gets nothing for ``failTimeout``; 0: failures are not counted.
    public let maxFails: Int
    /// nginx' `fail_timeout`, in whole seconds.
    public let failTimeout: Duration

    static var mostWeight: Double { 1000 }

    /// - Throws: ``PolicyError`` for a weight that is no number from 0 to 1000, or `maxFails` or `failTimeout` below 0.
    public init(
        _ name: String, weight: Double = 1, maxFails: Int = 0, failTimeout: Duration = .seconds(10)
    ) throws(PolicyError) {
        try PolicyError.requireAtLeast(0, weight, "weight")
        try PolicyError.require(weight <= Self.mostWeight, "weight", "must be at most 1000")
        try PolicyError.requireAtLeast(0, maxFails, "maxFails")
        try PolicyError.requireNotNegative(failTimeout, "failTimeout")
        self.name = name
        self.weight = weight
        self.maxFails = maxFails
        self.failTimeout = failTimeout
    }

    /// With nginx' default: one failure, 10 s.
    public static func nginx(_ name: String, weight: Double = 1) throws(PolicyError) -> ServerRules {
        try ServerRules(name, weight: weight, maxFails: 1)
    }
}
