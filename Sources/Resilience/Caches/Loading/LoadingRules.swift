/// How long a cache keeps what it has loaded, and what protects its source from many loads at once.
public struct LoadingRules: Hashable, Sendable {
    /// How long an entry is good; `nil`: until it is invalidated or evicted.
    public let ttl: Duration?
    /// Times to live differ by up to so much more or less, a share, 0..<1, so that entries stored together do not end
    /// together.
    public let ttlJitter: Double
    /// Whether readers of a key that is being loaded wait for that load.
    public let coalesces: Bool
    /// What is loaded again before it is over, and served after.
    public let freshness: FreshnessRules

    /// - Throws: ``PolicyError`` when the time to live is not above zero, or the jitter not within 0..<1.
    public init(
        ttl: Duration?, ttlJitter: Double = 0, coalesces: Bool = true, freshness: FreshnessRules = .plain
    ) throws(PolicyError) {
        self.ttl = ttl
        self.ttlJitter = ttlJitter
        self.coalesces = coalesces
        self.freshness = freshness
        if let ttl { try PolicyError.requirePositive(ttl, "ttl") }
        try PolicyError.require(ttlJitter >= 0 && ttlJitter < 1, "ttlJitter", "must be at least 0 and below 1")
    }

    /// The time to live of one entry. draw: 0..<1.
    public func timeToLive(draw: @autoclosure () -> Double) -> Duration? {
        guard let ttl, ttlJitter > 0 else { return ttl }
        return .nanoseconds(Int64(clampingNanoseconds: ttl.clampedDouble * (1 + ttlJitter * (2 * draw() - 1))))
    }
}
