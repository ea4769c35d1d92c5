/// How good a cached entry is, and so what its reader does.
public enum Freshness: String, Hashable, Sendable, CaseIterable {
    /// Serve it.
    case fresh
    /// Serve it, and load it anew in the background: it will soon be over (refresh-ahead).
    case refresh
    /// It is good, but this reader loads it anew before it is over (early expiration).
    case early
    /// It is over. Serve it all the same, and load it anew in the background (stale-while-revalidate).
    case stale
    /// Load it before answering.
    case expired
}

/// What decides about ``Freshness``. None of the protections is on by itself; any may be combined.
public struct FreshnessRules: Hashable, Sendable {
    /// A read with less than this share of the time to live left starts a refresh; an entry that nobody reads just
    /// expires. Oracle Coherence's refresh-ahead, whose factor is 1 minus this.
    public let refreshAhead: Double?
    /// How long an entry that is over is still served while it is loaded anew: RFC 5861, section 3.
    public let staleFor: Duration?
    /// β of XFetch ("Optimal Probabilistic Cache Stampede Prevention", VLDB 2015): 1 is best where loads take about as
    /// long each time, more loads earlier.
    public let early: Double?

    /// Entries are good until they are over, and then of no use.
    public static let plain = FreshnessRules()

    private init() { (refreshAhead, staleFor, early) = (nil, nil, nil) }

    /// - Throws: ``PolicyError`` when the share is not within 0...1, the duration is negative, or β not above 0.
    public init(
        refreshAhead: Double? = nil, staleFor: Duration? = nil, early: Double? = nil
    ) throws(PolicyError) {
        self.refreshAhead = refreshAhead
        self.staleFor = staleFor
        self.early = early
        if let refreshAhead { try PolicyError.requireShare(refreshAhead, "refreshAhead") }
        if let staleFor { try PolicyError.requireNotNegative(staleFor, "staleFor") }
        if let early { try PolicyError.requirePositive(early, "early") }
    }

    /// Oracle Coherence: a read after `factor` of the time to live refreshes.
    public static func coherence(refreshAheadFactor factor: Double) throws(PolicyError) -> FreshnessRules {
        try PolicyError.requireShare(factor, "refreshAheadFactor")
        return try FreshnessRules(refreshAhead: 1 - factor)
    }

    /// What a reader finds.
    ///
    /// An entry is over from the end of its time to live on, and of no use from the end of ``staleFor`` on.
    ///
    /// - Parameters:
    ///   - age: how long ago the entry was stored.
    ///   - ttl: its time to live; `nil`: it has no end.
    ///   - took: how long its load took.
    ///   - draw: a number in 0..<1, asked for only where ``early`` decides.
    public func freshness(age: Duration, ttl: Duration?, took: Duration, draw: () -> Double) -> Freshness {
        guard let ttl else { return .fresh }
        let life = ttl.clampedNanoseconds
        let left = life - age.clampedNanoseconds
        if left <= 0 { return -left < (staleFor ?? .zero).clampedNanoseconds ? .stale : .expired }
        if let refreshAhead, Double(left) < Double(life) * refreshAhead { return .refresh }
        if let early, draw() < Self.earlyShare(left: left, took: took, beta: early) { return .early }
        return .fresh
    }

    /// How likely a read loads an entry anew that has `left` of its time: e^(-left / (β · took)).
    ///
    /// XFetch asks whether `now - took · β · ln(U)` has reached the end, U being a number in 0...1: as likely.
    public func earlyShare(left: Duration, took: Duration) -> Double {
        early.map { Self.earlyShare(left: left.clampedNanoseconds, took: took, beta: $0) } ?? 0
    }

    private static func earlyShare(left: Int64, took: Duration, beta: Double) -> Double {
        let scale = beta * took.clampedDouble
        guard scale > 0 else { return 0 }
        return 1 / DecorrelatedV2.exp2(Double(left) / scale * 1.4426950408889634)
    }
}
