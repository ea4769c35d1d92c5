// What implementations that the field trusts do. Settings that they leave open are parameters, with their defaults.
extension Backoff {
    public enum PollyType: Hashable, Sendable {
        case constant, linear, exponential
    }

    /// Polly 8: constant and linear waits jitter by ±25 %, exponential ones are decorrelated V2 with jitter and double
    /// without. The cap goes after jitter.
    public static func polly(
        _ type: PollyType = .constant, base: Duration = .seconds(2), max: Duration? = nil, jitter: Bool = false
    ) throws(PolicyError) -> Backoff {
        let share: Jitter = jitter ? .proportional(0.25) : .none
        return switch type {
        case .constant: try Backoff(.constant, base: base, max: max, cap: .afterJitter, jitter: share)
        case .linear: try Backoff(.linear(step: base), base: base, max: max, cap: .afterJitter, jitter: share)
        case .exponential where jitter: try Backoff(.decorrelatedV2, base: base, max: max)
        case .exponential: try Backoff(.exponential(factor: 2), base: base, max: max, cap: .afterJitter)
        }
    }

    /// gRPC A6: `min(initial · multiplier^(n-1), max)`, then ±20 %.
    public static func grpc(
        initial: Duration, multiplier: Double, max: Duration
    ) throws(PolicyError) -> Backoff {
        // gRPC takes a cap below the first wait, and always waits the cap.
        try Backoff(
            .exponential(factor: multiplier), base: Swift.min(initial, max), max: max, jitter: .proportional(0.2))
    }

    /// AWS: anything from 0 to `min(cap, base · 2^n)`, n = 1 for the first retry.
    public static func awsFull(base: Duration, cap: Duration) throws(PolicyError) -> Backoff {
        try aws(base, cap, .full)
    }

    /// AWS: half of `min(cap, base · 2^n)`, and anything up to the other half; n = 1 for the first retry.
    public static func awsEqual(base: Duration, cap: Duration) throws(PolicyError) -> Backoff {
        try aws(base, cap, .equal)
    }

    /// AWS without jitter: `min(cap, base · 2^n)`, n = 1 for the first retry.
    public static func awsExponential(base: Duration, cap: Duration) throws(PolicyError) -> Backoff {
        try aws(base, cap, .none)
    }

    /// AWS: `min(cap, U(base, 3 · wait before))`. The cap goes last, so that many waits are exactly the cap. AWS's
    /// client carries the wait before from one call to the next; here a sequence serves one piece of work.
    public static func awsDecorrelated(base: Duration, cap: Duration) throws(PolicyError) -> Backoff {
        try Backoff(.decorrelated, base: base, max: cap, cap: .afterJitter)
    }

    private static func aws(_ base: Duration, _ cap: Duration, _ jitter: Jitter) throws(PolicyError) -> Backoff {
        try PolicyError.require(cap >= base, "cap", "must be at least as long as base")
        let first = Swift.min(cap, base.clamped * 2)
        return try Backoff(.exponential(factor: 2), base: first, max: cap, jitter: jitter)
    }

    /// Finagle: `start`, then `U(wait before, min(max, 3 · wait before))`.
    public static func finagleDecorrelated(start: Duration, max: Duration) throws(PolicyError) -> Backoff {
        try Backoff(.decorrelatedGrowing, base: start, max: max)
    }

    /// Finagle: `start`, then half of `start · 2^(n-1)` and anything up to the other half, and then the cap.
    public static func finagleEqual(start: Duration, max: Duration) throws(PolicyError) -> Backoff {
        // The first one is exact: half of it is below the least.
        try Backoff(.exponential(factor: 2), base: start, max: max, cap: .afterJitter, jitter: .equal, least: start)
    }

    /// Linkerd: `min · 2^(n-1)`, and anything up to `jitter` of it more, 0...1; then the cap.
    public static func linkerd(min: Duration, max: Duration, jitter: Double) throws(PolicyError) -> Backoff {
        try Backoff(.exponential(factor: 2), base: min, max: max, cap: .afterJitter, jitter: .addedShare(jitter))
    }

    /// Polly.Contrib.WaitAndRetry: `U(min, min(max, 3 · wait before))`: the cap goes before the choice, so that waits
    /// do not pile up there.
    public static func waitAndRetryDecorrelated(min: Duration, max: Duration) throws(PolicyError) -> Backoff {
        try Backoff(.decorrelated, base: min, max: max)
    }

    /// resilience4j's `ofExponentialRandomBackoff`: whole milliseconds, each step and the result rounded down, at
    /// least 1.
    public static func resilience4j(
        initial: Duration = .milliseconds(500), multiplier: Double = 1.5, randomization: Double = 0.5,
        max: Duration? = nil
    ) throws(PolicyError) -> Backoff {
        try Backoff(
            .exponential(factor: multiplier), base: initial, max: max, cap: .afterJitter,
            jitter: .proportional(randomization), least: .milliseconds(1), unit: .milliseconds(1))
    }

    /// Envoy: whole milliseconds below `base · (2^n - 1)`: 0-24, 0-74, 0-174. The cap is ten times the base unless
    /// given.
    public static func envoy(
        base: Duration = .milliseconds(25), max: Duration? = nil
    ) throws(PolicyError) -> Backoff {
        try Backoff(
            .exponentialLessOne, base: base, max: max ?? base.clamped * 10, jitter: .full, unit: .milliseconds(1))
    }

    /// tenacity's `wait_exponential`: `multiplier · 2^(n-1)`, within `min` and `max`.
    public static func tenacityExponential(
        multiplier: Duration = .seconds(1), factor: Double = 2, min: Duration = .zero, max: Duration? = nil
    ) throws(PolicyError) -> Backoff {
        try tenacity(multiplier, factor, min, max, .none)
    }

    /// tenacity's `wait_random_exponential`: anything from `min` to what
    /// ``tenacityExponential(multiplier:factor:min:max:)`` waits.
    public static func tenacityRandomExponential(
        multiplier: Duration = .seconds(1), factor: Double = 2, min: Duration = .zero, max: Duration? = nil
    ) throws(PolicyError) -> Backoff {
        try tenacity(multiplier, factor, min, max, .full)
    }

    /// tenacity's `wait_exponential_jitter`: `initial · 2^(n-1)` and anything up to `jitter` more, then the cap.
    public static func tenacityExponentialJitter(
        initial: Duration = .seconds(1), factor: Double = 2, max: Duration? = nil, jitter: Duration = .seconds(1)
    ) throws(PolicyError) -> Backoff {
        try tenacity(initial, factor, .zero, max, .added(jitter))
    }

    private static func tenacity(
        _ first: Duration, _ factor: Double, _ least: Duration, _ max: Duration?, _ jitter: Jitter
    ) throws(PolicyError) -> Backoff {
        // tenacity takes a cap below the first wait, and always waits the cap.
        let base = max.map { Swift.min(first, $0) } ?? first
        let cap: Cap = if case .added = jitter { .afterJitter } else { .beforeJitter }
        return try Backoff(
            .exponential(factor: factor), base: base, max: max, cap: cap, jitter: jitter, least: least)
    }
}
