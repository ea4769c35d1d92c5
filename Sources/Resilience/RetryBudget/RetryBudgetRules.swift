/// How many retries all callers of a policy may make together.
public struct RetryBudgetRules: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// In thousandths of a token, as gRPC computes.
        case tokens(max: Int, ratio: Int)
        case deposits(DepositAmounts)
        case active(share: Double, least: Int)
        case quota(capacity: Int)
        case adaptive(k: Double, window: Duration)
    }

    let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// gRPC A6: starts at `maxTokens`; a retryable failure costs one, a success gives back `tokenRatio` of one. No
    /// retries, and no hedges, while at or below half.
    ///
    /// - Parameters:
    ///   - maxTokens: above 0, at most 1000.
    ///   - tokenRatio: at least 0.001; further decimals are dropped.
    public static func grpc(maxTokens: Double, tokenRatio: Double) throws(PolicyError) -> RetryBudgetRules {
        try PolicyError.require(maxTokens >= 0.001 && maxTokens <= 1000, "tokens", "must be above 0 and at most 1000")
        try PolicyError.require(
            tokenRatio >= 0.001 && tokenRatio <= 1000, "ratio", "must be between 0.001 and 1000")
        return RetryBudgetRules(.tokens(max: thousandths(maxTokens), ratio: thousandths(tokenRatio)))
    }

    /// Finagle: this share of the calls of the last `ttl` may be retried, and `perSecond` retries a second besides.
    /// tower computes the same with smaller numbers.
    ///
    /// - Parameters:
    ///   - share: 0, or 0.001...1000.
    ///   - perSecond: 0...1_000_000.
    ///   - ttl: above 0, at most an hour.
    public static func finagle(
        share: Double = 0.2, perSecond: Double = 10, ttl: Duration = .seconds(10)
    ) throws(PolicyError) -> RetryBudgetRules {
        try PolicyError.require(
            share == 0 || share >= 0.001 && share <= 1000, "share", "must be 0, or between 0.001 and 1000")
        try PolicyError.require(
            perSecond >= 0 && perSecond <= 1_000_000, "perSecond", "must be between 0 and 1000000 a second")
        try PolicyError.require(
            ttl >= .milliseconds(1) && ttl <= .seconds(3600), "ttl", "must be between 1 ms and 1 h")
        return RetryBudgetRules(.deposits(DepositAmounts(share: share, perSecond: perSecond, ttl: ttl)))
    }

    /// Envoy: retries in flight at most this share of the calls in flight, and at least `least`.
    ///
    /// - Parameters:
    ///   - share: 0...1.
    ///   - least: at least 0.
    public static func envoy(share: Double = 0.2, least: Int = 3) throws(PolicyError) -> RetryBudgetRules {
        try PolicyError.requireShare(share, "share")
        try PolicyError.requireAtLeast(0, least, "least")
        return RetryBudgetRules(.active(share: share, least: least))
    }

    /// AWS SDK, standard mode: a retry costs 5, one after a time-out 10; a retry that succeeds gives its cost back, a
    /// first try that succeeds 1.
    ///
    /// - Parameter capacity: at least 1.
    public static func aws(capacity: Int = 500) throws(PolicyError) -> RetryBudgetRules {
        try PolicyError.requireAtLeast(1, capacity, "capacity")
        return RetryBudgetRules(.quota(capacity: capacity))
    }

    /// Adaptive throttling (Site Reliability Engineering, chapter 21): calls are turned away before they are sent, with
    /// probability `max(0, (requests - k · accepts) / (requests + 1))` over the last `window`.
    ///
    /// - Parameters:
    ///   - k: at least 1. With 2, half of what is sent may be turned away by the backend.
    ///   - window: longer than 0.
    public static func adaptive(
        k: Double = 2, window: Duration = .seconds(120)
    ) throws(PolicyError) -> RetryBudgetRules {
        try PolicyError.requireAtLeast(1.0, k, "throttle")
        try PolicyError.requirePositive(window, "window")
        return RetryBudgetRules(.adaptive(k: k, window: window.clamped))
    }

    private static func thousandths(_ value: Double) -> Int { Int(value * 1000 + 1e-6) }
}
