/// How long a circuit breaker stays open.
public enum CircuitBreakerBreak: Sendable {
    case fixed(Duration)
    /// `first`, then `factor` times as long for each time that it opens again without having closed; at most `most`.
    case growing(first: Duration, factor: Double, most: Duration? = nil)
    /// `base` times the number of the opening, at most `most`: Envoy's ejection time.
    case linear(base: Duration, most: Duration)
    /// Polly's generator. What is negative counts as zero.
    case custom(@Sendable (Facts) -> Duration)

    /// What a generator knows of an opening.
    public struct Facts: Hashable, Sendable {
        /// How often it has opened since it was last closed, this time included.
        public var opening: Int
        /// How often it has been half-open since it was last closed.
        public var halfOpenings: Int
        /// Of the calls in the window, 0...1; 0 without any.
        public var failureRate: Double
        /// In the window; without a window, in a row.
        public var failures: Int
    }

    /// At most ``Swift/Duration/longest``.
    func nanoseconds(_ facts: Facts) -> Int64 {
        switch self {
        case .fixed(let duration): duration.clampedNanoseconds
        case .growing(let first, let factor, let most):
            min(Self.grown(first, factor, times: facts.opening - 1), (most ?? .longest).clampedNanoseconds)
        case .linear(let base, let most):
            min(base.clampedNanoseconds.multipliedClamped(by: Int64(facts.opening)), most.clampedNanoseconds)
        case .custom(let generator): generator(facts).clampedNanoseconds
        }
    }

    /// Multiplies step by step: the powers of C libraries differ in their last digit.
    private static func grown(_ first: Duration, _ factor: Double, times: Int) -> Int64 {
        let length = first.clampedNanoseconds
        guard factor > 1, times > 0 else { return length }
        var grown = Double(length)
        for _ in 0..<times where grown < Double(Int64.longestNanoseconds) { grown *= factor }
        return Int64(clampingNanoseconds: grown)
    }

    /// The first one, where it is known beforehand.
    public var first: Duration? {
        switch self {
        case .fixed(let duration): duration
        case .growing(let first, _, _): first
        case .linear(let base, _): base
        case .custom: nil
        }
    }

    func validate() throws(PolicyError) {
        if let first { try PolicyError.requirePositive(first, "open") }
        switch self {
        case .growing(let first, let factor, let most):
            try PolicyError.requireAtLeast(1, factor, "growth")
            try PolicyError.require(most ?? first >= first, "maxOpen", "must not be shorter than the first break")
        case .linear(let base, let most):
            try PolicyError.require(most >= base, "maxOpen", "must not be shorter than the first break")
        case .fixed, .custom: break
        }
    }
}
