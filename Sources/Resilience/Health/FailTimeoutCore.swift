/// A server that gets no calls for a while after it has failed, and a smaller share until it has made up for it:
/// nginx's passive health checks (`round_robin.c`).
///
/// Without a clock: every call says what time it is; as nginx does, it reckons in whole seconds, here since it was made.
/// It is down while it has failed `maxFails` times and no more than `failTimeout` has passed since it was last checked.
/// After that a single call checks it, and if that succeeds its failures are forgotten. nginx does not do this to a
/// server that is the only one. Times are expected not to go back. O(1).
public struct FailTimeoutCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public let rules: FailTimeoutRules
    /// At least 1.
    public let weight: Int
    /// 0...weight: less by `weight / maxFails` for each failure, more by 1 for each pick.
    public private(set) var effectiveWeight: Int
    public private(set) var fails = 0
    private var time: ElapsedTime<Instant>
    /// Seconds. Before the first failure and check: long ago.
    private var accessed = Int64.min / 2
    private var checked = Int64.min / 2

    /// - Throws: ``PolicyError`` when the weight is below 1.
    public init(_ rules: FailTimeoutRules, weight: Int = 1, at start: Instant) throws(PolicyError) {
        try PolicyError.requireAtLeast(1, weight, "weight")
        self.rules = rules
        self.weight = weight
        effectiveWeight = weight
        time = ElapsedTime(since: start)
    }

    private static func seconds(_ nanoseconds: Int64) -> Int64 { nanoseconds / 1_000_000_000 }

    private var timeout: Int64 { Self.seconds(rules.failTimeout.clampedNanoseconds) }

    /// Whether a balancer may choose it.
    public func isAvailable(at now: Instant) -> Bool {
        guard rules.maxFails > 0, fails >= rules.maxFails else { return true }
        return Self.seconds(time.peek(at: now)) - checked > timeout
    }

    /// A balancer has compared it with others, with the weight that it had until now.
    public mutating func compared() { if effectiveWeight < weight { effectiveWeight += 1 } }

    /// A balancer has chosen it.
    public mutating func picked(at now: Instant) {
        let now = Self.seconds(time.nanoseconds(at: now))
        if now - checked > timeout { checked = now }
    }

    /// A call to it has failed.
    public mutating func failed(at now: Instant) {
        fails += 1
        accessed = Self.seconds(time.nanoseconds(at: now))
        checked = accessed
        if rules.maxFails > 0 { effectiveWeight = max(0, effectiveWeight - weight / rules.maxFails) }
    }

    /// A call to it has succeeded.
    public mutating func succeeded() { if accessed < checked { fails = 0 } }
}
