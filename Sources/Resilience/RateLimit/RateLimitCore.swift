/// Whether a call may pass now, later, or not.
public enum RateLimitDecision: Hashable, Sendable {
    /// After waiting so long; zero: at once. The permit is taken already.
    case granted(wait: Duration)
    /// No permit in time. retryAfter: until one is there; `nil`: there will never be so many.
    case rejected(retryAfter: Duration?)
}

/// A rate limiter without a clock: every call says what time it is. Times are expected not to go back.
///
/// A rejected call costs nothing. O(1), and no allocation except for the sliding log, which keeps an entry for each
/// call of its window.
public struct RateLimitCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public private(set) var rules: RateLimitRules
    private var limiter: AnyLimiter
    private var time: ElapsedTime<Instant>

    private static var mostPermits: Int { 1_000_000_000_000 }

    /// Cycles and windows are counted from `start`.
    public init(_ rules: RateLimitRules, at start: Instant) {
        self.rules = rules
        limiter = AnyLimiter(rules.algorithm)
        time = ElapsedTime(since: start)
    }

    /// Takes permits (none for less than 1, at most 10^12), if they are there within `maxWait`; `nil`: within that of
    /// the rules.
    public mutating func acquire(
        _ permits: Int = 1, maxWait: Duration? = nil, at now: Instant
    ) -> RateLimitDecision {
        guard permits <= Self.mostPermits else { return .rejected(retryAfter: nil) }
        let longest = (maxWait ?? rules.maxWait).clampedNanoseconds
        switch limiter.acquire(max(0, permits), within: longest, at: time.nanoseconds(at: now)) {
        case .granted(let wait): return .granted(wait: .nanoseconds(wait))
        case .rejected(let wait): return .rejected(retryAfter: wait.map { .nanoseconds($0) })
        }
    }

    /// How many permits could be taken now, fractions included; below 0 where some of the future are taken already.
    public func available(at now: Instant) -> Double { limiter.available(at: time.peek(at: now)) }

    /// Takes other rules. What has been used stays used where the algorithm is the same.
    public mutating func change(_ rules: RateLimitRules, at now: Instant) {
        limiter.change(to: rules.algorithm, at: time.nanoseconds(at: now))
        self.rules = rules
    }
}

/// Nanoseconds.
enum LimiterAnswer: Hashable, Sendable {
    case granted(Int64)
    case rejected(Int64?)
}

/// One of the five. Only one of the properties is there.
private struct AnyLimiter: Sendable {
    private var tokens: TokenBucket?
    private var leaky: LeakyBucket?
    private var fixed: FixedWindow?
    private var sliding: SlidingWindow?
    private var log: SlidingLog?

    init(_ algorithm: RateLimitRules.Algorithm) {
        switch algorithm {
        case .tokenBucket(let rate, let burst): tokens = TokenBucket(rate: rate, burst: burst)
        case .leakyBucket(let rate, let burst): leaky = LeakyBucket(rate: rate, burst: burst)
        case .fixedWindow(let limit, let window): fixed = FixedWindow(limit: limit, window: window)
        case .slidingWindow(let limit, let window): sliding = SlidingWindow(limit: limit, window: window)
        case .slidingLog(let limit, let window): log = SlidingLog(limit: limit, window: window)
        }
    }

    mutating func acquire(_ permits: Int, within longest: Int64, at now: Int64) -> LimiterAnswer {
        tokens?.acquire(permits, within: longest, at: now) ?? leaky?.acquire(permits, within: longest, at: now)
            ?? fixed?.acquire(permits, within: longest, at: now) ?? sliding?.acquire(permits, within: longest, at: now)
            ?? log?.acquire(permits, within: longest, at: now) ?? .rejected(nil)
    }

    func available(at now: Int64) -> Double {
        tokens?.available(at: now) ?? leaky?.available(at: now) ?? fixed?.available(at: now)
            ?? sliding?.available(at: now) ?? log?.available(at: now) ?? 0
    }

    mutating func change(to algorithm: RateLimitRules.Algorithm, at now: Int64) {
        switch algorithm {
        case .tokenBucket(let rate, let burst) where tokens != nil: tokens?.change(rate: rate, burst: burst, at: now)
        case .leakyBucket(let rate, let burst) where leaky != nil: leaky?.change(rate: rate, burst: burst, at: now)
        case .fixedWindow(let limit, let window) where fixed?.window == window.clampedNanoseconds:
            fixed?.change(limit: limit, at: now)
        case .slidingWindow(let limit, let window) where sliding?.window == window.clampedNanoseconds:
            sliding?.limit = limit
        case .slidingLog(let limit, let window) where log?.window == window.clampedNanoseconds: log?.limit = limit
        default:
            self = AnyLimiter(algorithm)
            fixed?.begin(at: now)
        }
    }
}
