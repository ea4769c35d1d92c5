/// Layers round a piece of work, outermost first. Everyone who uses a policy shares its state.
public struct Policy: Hashable, Sendable {
    public var name: String
    public var layers: [Layer]

    public init(name: String, layers: [Layer]) {
        self.name = name
        self.layers = layers
    }
}

/// One layer of a policy. Its name is its key in YAML, followed by its number where the policy has several of a kind:
/// `timeout`, `timeout2`.
public struct Layer: Hashable, Sendable {
    public var name: String
    public var rule: Rule

    public init(name: String, rule: Rule) {
        self.name = name
        self.rule = rule
    }

    public enum Rule: Hashable, Sendable {
        case timeout(TimeoutRule)
        /// Like a time-out, and told to everything further in: backends drop what comes too late.
        case deadline(Duration)
        case retry(RetryRule)
        case breaker(BreakerRule)
        case bulkhead(BulkheadRule)
        case rateLimit(RateLimitRule)
        case hedge(HedgeRule)
        case fallback(FallbackRule)
    }
}

/// How long to wait; what is `nil` has no limit.
public struct TimeoutRule: Hashable, Sendable {
    /// For everything inside.
    public var total: Duration?
    /// For each call, until it has reached its backend.
    public var connect: Duration?
    /// For each call, from then until its answer.
    public var read: Duration?

    public init(total: Duration? = nil, connect: Duration? = nil, read: Duration? = nil) {
        self.total = total
        self.connect = connect
        self.read = read
    }
}

/// More copies of slow work; the first answer wins.
public struct HedgeRule: Hashable, Sendable {
    public var after: Duration
    /// Besides the first call.
    public var copies: Int

    public init(after: Duration, copies: Int = 1) {
        self.after = after
        self.copies = copies
    }
}

/// What to answer when the work fails.
public enum FallbackRule: Hashable, Sendable {
    /// Always the same.
    case value(Value)
    /// The last good answer, however old; `upTo` `nil`: of any age. Without one the failure stays.
    case stale(upTo: Duration?)
    /// Nothing: the part is left out of the answer.
    case omit
}

/// What became of a call, as policies tell failures apart.
public enum FailureKind: Hashable, Sendable {
    case timeout
    /// The backend is down, or nothing listens there.
    case refused
    /// The connection broke.
    case reset
    /// The backend's queue was full.
    case rejected
    /// An HTTP status, 400...599. A plain `errors` fault answers 500.
    case status(Int)
    /// A policy further in said no: breaker open, bulkhead full, no permit.
    case policy
}
