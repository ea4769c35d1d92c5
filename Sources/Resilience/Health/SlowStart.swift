/// How the share of calls grows that a server gets after it has joined or come back.
public struct SlowStartRules: Hashable, Sendable {
    /// Whose rules hold.
    public enum Profile: String, Hashable, Sendable, CaseIterable {
        /// `max(least, (time / window)^(1 / aggression))`.
        case envoy
        /// `time / window`.
        case haproxy
    }

    /// How a server came to get calls.
    public enum Entry: String, Hashable, Sendable, CaseIterable {
        /// It was there when the balancer started.
        case processStart
        case joined
        /// Its checks have found it healthy again.
        case recovered
    }

    public let profile: Profile
    public let window: Duration
    /// Above 1 the share grows fast at first.
    public let aggression: Double
    /// 0...1
    public let least: Double

    private init(_ profile: Profile, window: Duration, aggression: Double, least: Double) throws(PolicyError) {
        self.profile = profile
        self.window = window
        self.aggression = aggression
        self.least = least
        try PolicyError.require(window >= .milliseconds(1), "window", "must be at least 1 ms")
        try PolicyError.requirePositive(aggression, "aggression")
        try PolicyError.requireShare(least, "least")
    }

    /// Envoy: the weight is multiplied by `max(least, (max(t, 1 ms) / window)^(1 / aggression))`, t in whole
    /// milliseconds.
    ///
    /// - Throws: ``PolicyError`` when the window is below 1 ms, the aggression not above 0 or `least` not a share.
    public static func envoy(
        window: Duration, aggression: Double = 1, least: Double = 0.1
    ) throws(PolicyError) -> SlowStartRules {
        try SlowStartRules(.envoy, window: window, aggression: aggression, least: least)
    }

    /// HAProxy: grows from nothing to everything along a line. It sets the weight anew at checks only.
    ///
    /// - Throws: ``PolicyError`` when the window is below 1 ms.
    public static func haproxy(window: Duration) throws(PolicyError) -> SlowStartRules {
        try SlowStartRules(.haproxy, window: window, aggression: 1, least: 0)
    }

    /// By what the weight is multiplied, 0...1.
    ///
    /// - Parameter time: since it began.
    public func factor(after time: Duration) -> Double {
        let (passed, whole) = (Self.milliseconds(time), Self.milliseconds(window))
        guard passed < whole else { return 1 }
        switch profile {
        case .haproxy: return Double(passed) / Double(whole)
        case .envoy:
            let share = Double(max(1, passed)) / Double(whole)
            // share^(1 / aggression)
            return max(least, aggression == 1 ? share : Curves.decay(-Curves.log(share) / aggression))
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int64 { duration.clampedNanoseconds / 1_000_000 }

    /// Whether a server that gets calls now begins slowly. In Envoy that is one that joins where nobody checks, or that
    /// has passed its checks; in HAProxy any, except those that are there when it starts.
    public func applies(to entry: Entry, hasActiveChecks: Bool) -> Bool {
        switch profile {
        case .envoy: hasActiveChecks == (entry == .recovered)
        case .haproxy: entry != .processStart
        }
    }
}

/// The slow start of one server. Without a clock: every call says what time it is. O(1).
public struct SlowStart<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public private(set) var rules: SlowStartRules
    private var since: Instant?

    /// Not begun: everything from the first call on.
    public init(_ rules: SlowStartRules) { self.rules = rules }

    /// The server gets calls from now on. Nothing happens where the rules do not apply.
    public mutating func begin(_ entry: SlowStartRules.Entry, hasActiveChecks: Bool, at now: Instant) {
        if rules.applies(to: entry, hasActiveChecks: hasActiveChecks) { since = now }
    }

    /// Takes other rules. One that is under way goes on from the moment at which it began.
    public mutating func change(_ rules: SlowStartRules) { self.rules = rules }

    /// When the server has all its weight; `nil`: it has not begun.
    public var end: Instant? { since?.advanced(by: rules.window) }

    /// By what its weight is multiplied, 0...1.
    public func factor(at now: Instant) -> Double { since.map { rules.factor(after: $0.duration(to: now)) } ?? 1 }
}
