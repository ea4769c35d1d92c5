/// When a circuit breaker opens, for how long, and what closes it.
public struct BreakerRule: Hashable, Sendable {
    public enum Trip: Hashable, Sendable {
        /// So many failures in a row.
        case consecutive(Int)
        /// This share of failures, 0...1, in the window, once it holds `minimum` calls.
        case ratio(Double, minimum: Int, window: Window)
    }

    public enum Window: Hashable, Sendable {
        case time(Duration)
        case count(Int)
    }

    /// Whose rules decide the boundary cases.
    public enum Profile: String, Hashable, Sendable, CaseIterable {
        case pollyV7, pollyV8, resilience4j, hystrix, gobreaker, pybreaker, envoy
    }

    public enum Mode: String, Hashable, Sendable, CaseIterable {
        case auto, forcedOpen, disabled
    }

    /// Calls longer than `after` are slow; this share of them opens it too.
    public struct Slow: Hashable, Sendable {
        public var after: Duration
        public var ratio: Double

        public init(after: Duration, ratio: Double) {
            self.after = after
            self.ratio = ratio
        }
    }

    public var trip: Trip
    public var slow: Slow?
    public var open: Duration
    /// Each time it opens again without having closed, it stays open so many times as long, up to `maxOpen`.
    public var growth: Double
    public var maxOpen: Duration?
    /// Calls let through while half-open.
    public var trials: Int
    public var profile: Profile
    /// Between the sweeps that bring it back: Envoy's.
    public var sweep: Duration?
    public var mode: Mode
    /// What counts as a failure; `nil`: everything but 4xx answers other than 408 and 429.
    public var on: [FailureKind]?

    public init(
        trip: Trip, slow: Slow? = nil, open: Duration, growth: Double = 1, maxOpen: Duration? = nil, trials: Int = 1,
        profile: Profile, sweep: Duration? = nil, mode: Mode = .auto, on: [FailureKind]? = nil
    ) {
        self.trip = trip
        self.slow = slow
        self.open = open
        self.growth = growth
        self.maxOpen = maxOpen
        self.trials = trials
        self.profile = profile
        self.sweep = sweep
        self.mode = mode
        self.on = on
    }
}
