/// When a circuit breaker opens, for how long, and what closes it.
public struct CircuitBreakerRules: Sendable {
    public enum Trip: Hashable, Sendable {
        /// So many failures in a row.
        case consecutive(Int)
        /// This share of failures, above 0 and at most 1, in the window, once it holds `minimum` calls.
        case ratio(Double, minimum: Int)
    }

    /// Which calls are looked at.
    ///
    /// How a stretch of time is cut depends on the profile. Polly and those who have no such window: ten parts, each
    /// beginning with its first call; below 200 ms a single one. resilience4j: whole seconds. Hystrix: its ticks.
    /// gobreaker: parts of `bucket`; without it, a single one that is emptied when it is over. Only gobreaker and
    /// resilience4j choose the length of a bucket here.
    public enum Window: Hashable, Sendable {
        case time(Duration, bucket: Duration? = nil)
        case count(Int)
    }

    /// Calls that take strictly longer than `after` are slow; this share of them in the window opens it too.
    public struct Slow: Hashable, Sendable {
        public var after: Duration
        public var ratio: Double

        public init(after: Duration, ratio: Double) {
            self.after = after
            self.ratio = ratio
        }
    }

    public let profile: CircuitBreakerProfile
    public let trip: Trip
    /// `nil`: only failures in a row are counted.
    public let window: Window?
    public let slow: Slow?
    public let open: CircuitBreakerBreak
    /// Calls let through while half-open.
    public let trials: Int
    /// How long trials may take all together before it opens again; `nil`: for ever.
    public let maxHalfOpen: Duration?
    /// Whether it becomes half-open by itself when the time is over, and not with the next call.
    public let halfOpensByItself: Bool
    /// Between two evaluations of the window (Hystrix), or two sweeps (Envoy). Unused by the others.
    public let tick: Duration

    /// - Throws: ``PolicyError`` when a threshold is 0 or above 1, the window is shorter than its bucket or cut
    ///   unevenly, the minimum is below 1 (Polly 8: 2), Polly 8's window or break is shorter than 0.5 s, there are
    ///   trials where the profile has exactly one, or a duration is not positive.
    public init(
        profile: CircuitBreakerProfile, trip: Trip, window: Window? = nil, slow: Slow? = nil, open: CircuitBreakerBreak,
        trials: Int = 1, maxHalfOpen: Duration? = nil, halfOpensByItself: Bool = false, tick: Duration? = nil
    ) throws(PolicyError) {
        self.profile = profile
        self.trip = trip
        self.window = window
        self.slow = slow
        self.open = open
        self.trials = trials
        self.maxHalfOpen = maxHalfOpen
        self.halfOpensByItself = halfOpensByItself
        self.tick = tick ?? profile.standardTick
        try validateTrip()
        try validateWindow()
        try validateBreak()
    }

    private func validateTrip() throws(PolicyError) {
        switch trip {
        case .consecutive(let failures): try PolicyError.requireAtLeast(1, failures, "failures")
        case .ratio(let ratio, let minimum):
            try PolicyError.requireShare(ratio, "ratio")
            try PolicyError.requirePositive(ratio, "ratio")
            try PolicyError.requireAtLeast(profile == .pollyV8 ? 2 : 1, minimum, "minimum")
            try PolicyError.require(window != nil, "window", "is needed for a ratio")
        }
        if let slow {
            try PolicyError.requireNotNegative(slow.after, "slow.after")
            try PolicyError.requireShare(slow.ratio, "slow.ratio")
            try PolicyError.requirePositive(slow.ratio, "slow.ratio")
            try PolicyError.require(isRatio, "slow", "needs a ratio of failures beside it")
        }
    }

    private func validateWindow() throws(PolicyError) {
        try PolicyError.requirePositive(tick, "tick")
        switch window {
        case .count(let calls): try PolicyError.requireAtLeast(1, calls, "window")
        case .time(let length, let bucket):
            try PolicyError.requirePositive(length, "window")
            if profile == .pollyV8 {
                try PolicyError.require(length >= .milliseconds(500), "window", "must be at least 0.5 s in Polly 8")
            }
            if let bucket {
                try PolicyError.requirePositive(bucket, "bucket")
                try PolicyError.require(
                    profile == .gobreaker || profile == .resilience4j, "bucket",
                    "follows from the window in the profile \(profile.rawValue)")
            }
            if let part = bucket ?? profile.standardBucket(tick: tick) {
                try PolicyError.require(length >= part, "window", "must not be shorter than its bucket, \(part)")
                let whole = length.clampedNanoseconds % max(1, part.clampedNanoseconds) == 0
                try PolicyError.require(
                    whole || profile == .gobreaker, "window", "must be a whole number of buckets of \(part)")
                try PolicyError.require(
                    length.clampedNanoseconds / max(1, part.clampedNanoseconds) <= 100_000, "bucket",
                    "must not cut the window into more than 100000 parts")
            }
        case nil: break
        }
    }

    private func validateBreak() throws(PolicyError) {
        try open.validate()
        if profile == .pollyV8, let first = open.first {
            try PolicyError.require(first >= .milliseconds(500), "open", "must be at least 0.5 s in Polly 8")
        }
        try PolicyError.requireAtLeast(1, trials, "trials")
        switch profile.trials {
        case .one, .onePerBreak, .none:
            try PolicyError.require(trials == 1, "trials", "is always 1 in the profile \(profile.rawValue)")
        case .permits, .successes, .serial: break
        }
        if let maxHalfOpen { try PolicyError.requirePositive(maxHalfOpen, "maxHalfOpen") }
    }

    /// The length of the window's parts where they begin with their first call, as Polly's do; `nil`: they follow a
    /// clock, there is a single one, or no window.
    public var callPart: Duration? {
        guard case .time(let length, _) = window, length.clampedNanoseconds >= EventBuckets.shortest else { return nil }
        return switch profile {
        case .pollyV7, .pollyV8: .nanoseconds(EventBuckets.part(of: length.clampedNanoseconds))
        case .resilience4j, .hystrix, .gobreaker, .pybreaker, .envoy: nil
        }
    }

    var isRatio: Bool { if case .ratio = trip { true } else { false } }
}

extension CircuitBreakerProfile {
    var standardTick: Duration { self == .envoy ? .seconds(10) : .milliseconds(500) }

    /// The length of a bucket where it does not follow from the window's.
    func standardBucket(tick: Duration) -> Duration? {
        switch self {
        case .resilience4j: .seconds(1)
        case .hystrix: tick
        case .pollyV7, .pollyV8, .gobreaker, .pybreaker, .envoy: nil
        }
    }
}
