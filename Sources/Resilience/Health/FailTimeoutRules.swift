/// How many failures keep calls away from a server, and for how long: nginx's `max_fails` and `fail_timeout`.
public struct FailTimeoutRules: Hashable, Sendable {
    /// 0: failures are not counted.
    public let maxFails: Int
    /// In whole seconds, rounded down.
    public let failTimeout: Duration

    /// - Throws: ``PolicyError`` when one of them is negative.
    public init(maxFails: Int = 1, failTimeout: Duration = .seconds(10)) throws(PolicyError) {
        self.maxFails = maxFails
        self.failTimeout = failTimeout
        try PolicyError.requireAtLeast(0, maxFails, "maxFails")
        try PolicyError.requireNotNegative(failTimeout, "failTimeout")
    }
}
