/// When to try again, and after how long.
public struct RetryRule: Hashable, Sendable {
    /// With the first one: at least 1.
    public var attempts: Int
    public var backoff: Backoff
    /// What is worth another attempt; `nil`: time-outs, refused and reset connections, full queues, 408, 429 and 5xx.
    public var on: [FailureKind]?
    /// Whether a wait that the backend asks for goes before the backoff.
    public var honoursRetryAfter: Bool
    public var budget: RetryBudgetRule?

    public init(
        attempts: Int, backoff: Backoff, on: [FailureKind]? = nil, honoursRetryAfter: Bool = true,
        budget: RetryBudgetRule? = nil
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.on = on
        self.honoursRetryAfter = honoursRetryAfter
        self.budget = budget
    }
}

/// How long to wait before the next attempt.
public struct Backoff: Hashable, Sendable {
    public enum Shape: Hashable, Sendable {
        case none
        /// `base`, each time.
        case constant
        /// `base`, twice `base`, three times `base`.
        case linear
        /// `base` times `factor` to the power of the retries before.
        case exponential(factor: Double)
        /// AWS: between `base` and three times the wait before.
        case decorrelated
        /// Polly's second version: exponential with a smooth spread.
        case decorrelatedV2
    }

    public enum Jitter: Hashable, Sendable {
        case none
        /// ± this share, 0...1.
        case proportional(Double)
        /// Anything from 0 to the wait.
        case full
        /// Half the wait, and anything up to the other half.
        case equal
    }

    public var shape: Shape
    public var base: Duration
    /// No wait is longer. Before jitter, as gRPC and AWS have it; ± jitter may go beyond it.
    public var max: Duration?
    public var jitter: Jitter

    public init(shape: Shape, base: Duration, max: Duration? = nil, jitter: Jitter = .none) {
        self.shape = shape
        self.base = base
        self.max = max
        self.jitter = jitter
    }
}

/// How many retries all callers of the policy may make together.
public enum RetryBudgetRule: Hashable, Sendable {
    /// gRPC: a failure costs a token, a success gives back `ratio` of one; none while at or below half.
    case tokens(max: Double, ratio: Double)
    /// Finagle: this share of the calls of the last `ttl`, and `perSecond` besides.
    case deposits(share: Double, perSecond: Double, ttl: Duration)
    /// Envoy: this share of the calls in flight, and at least `least`.
    case active(share: Double, least: Int)
    /// AWS SDK: a retry costs 5, one after a time-out 10; what succeeds gives back.
    case quota(Int)
    /// SRE: calls are turned away here, the likelier the fewer the backend accepted in the last `window`.
    case adaptive(k: Double, window: Duration)
}
