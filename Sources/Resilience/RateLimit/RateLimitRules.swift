/// How many calls may pass in a time, and how long a call may be made to wait for its turn.
public struct RateLimitRules: Hashable, Sendable {
    public enum Algorithm: Hashable, Sendable {
        /// Fills at `rate` permits a second up to `burst`, and starts full: Go's `rate`.
        case tokenBucket(rate: Double, burst: Double)
        /// Empties at `rate` calls a second, and holds `burst` besides the one that leaves: nginx' `limit_req`. Where
        /// calls may wait, they leave one by one; where they may not, they pass at once, as with `nodelay`.
        case leakyBucket(rate: Double, burst: Double)
        /// So many in each stretch of time, counted from the beginning. Who may wait gets a permit of a later stretch:
        /// resilience4j's cycles.
        case fixedWindow(limit: Int, window: Duration)
        /// The calls of this stretch of time, and as much of those of the one before as still overlaps: Cloudflare's.
        case slidingWindow(limit: Int, window: Duration)
        /// Remembers when every call passed: exact.
        case slidingLog(limit: Int, window: Duration)
    }

    public let algorithm: Algorithm
    public let maxWait: Duration

    /// - Throws: ``PolicyError`` when a rate is not above 0, a burst of tokens or a limit is below 1 (no call could
    ///   ever pass), a window is not longer than 0, or a wait is negative.
    public init(_ algorithm: Algorithm, maxWait: Duration = .zero) throws(PolicyError) {
        self.algorithm = algorithm
        self.maxWait = maxWait
        try PolicyError.requireNotNegative(maxWait, "maxWait")
        switch algorithm {
        case .tokenBucket(let rate, let burst):
            try Self.check(rate: rate)
            try PolicyError.requireAtLeast(1, burst, "burst")
        case .leakyBucket(let rate, let burst):
            try Self.check(rate: rate)
            // nginx counts in thousandths.
            try PolicyError.requireAtLeast(0.001, rate, "rate")
            try PolicyError.requireAtLeast(0, burst, "burst")
            try PolicyError.require(burst <= 1e12, "burst", "must be at most 10^12")
        case .fixedWindow(let limit, let window), .slidingWindow(let limit, let window),
            .slidingLog(let limit, let window):
            try PolicyError.requireAtLeast(1, limit, "limit")
            try PolicyError.require(limit <= 1_000_000_000, "limit", "must be at most 10^9")
            try PolicyError.requirePositive(window, "window")
        }
    }

    private static func check(rate: Double) throws(PolicyError) {
        try PolicyError.requirePositive(rate, "rate")
        try PolicyError.require(rate <= 1e12, "rate", "must be at most 10^12 a second")
    }

    /// resilience4j's default: 50 in each 500 ns, and up to 5 s of waiting.
    public static func resilience4j(
        limit: Int = 50, window: Duration = .nanoseconds(500), maxWait: Duration = .seconds(5)
    ) throws(PolicyError) -> RateLimitRules {
        try RateLimitRules(.fixedWindow(limit: limit, window: window), maxWait: maxWait)
    }
}
