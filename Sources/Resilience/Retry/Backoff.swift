/// How long to wait before each retry.
///
/// A shape says what the waits would be, a cap and jitter change them. Waits are whole nanoseconds, the same on every
/// machine, and never longer than a century.
///
///     try Backoff(.exponential(factor: 2), base: .seconds(2), jitter: .proportional(0.2))
///
/// What named implementations do: ``polly(_:base:max:jitter:)``, ``grpc(initial:multiplier:max:)`` and others.
public struct Backoff: Hashable, Sendable {
    public enum Shape: Hashable, Sendable {
        /// At once.
        case none
        /// `base`, each time.
        case constant
        /// `base`, then `step` longer each time.
        case linear(step: Duration)
        /// `base` times `factor` to the power of the retries before. At least 1.
        case exponential(factor: Double)
        /// `base` times 1, 3, 7, 15, ...: Envoy.
        case exponentialLessOne
        /// These, and the last again and again: tenacity's `wait_chain`.
        case listed([Duration])
        /// Anything from `base` to three times the wait before; the first from `base` to three times that: AWS.
        case decorrelated
        /// `base`, then anything from the wait before to three times as much, so that it never shrinks: Finagle.
        case decorrelatedGrowing
        /// Exponential with a smooth spread: Polly's second version.
        case decorrelatedV2
    }

    public enum Jitter: Hashable, Sendable {
        case none
        /// ± this share, 0...1.
        case proportional(Double)
        /// Anything from ``Backoff/least`` to the wait.
        case full
        /// Half the wait, and anything up to the other half.
        case equal
        /// The wait, and anything up to this: tenacity's `wait_exponential_jitter`.
        case added(Duration)
        /// The wait, and anything up to this share of it more, 0...1: Linkerd.
        case addedShare(Double)
    }

    public enum Cap: Hashable, Sendable {
        /// The span for jitter is cut: what is added or ± may go beyond the cap.
        case beforeJitter
        /// The result is cut: no wait is longer, and many are exactly as long as the cap.
        case afterJitter
    }

    public let shape: Shape
    public let base: Duration
    public let max: Duration?
    public let cap: Cap
    public let jitter: Jitter
    /// No wait is shorter.
    public let least: Duration
    /// Waits are whole multiples of this, rounded down, as is each step of an exponential; proportional jitter then
    /// reaches one unit further up, so that its upper end can be chosen.
    public let unit: Duration

    /// No waits.
    public static let none = Backoff()

    private init() {
        (shape, base, max, cap, jitter, least, unit) = (.none, .zero, nil, .beforeJitter, .none, .zero, .nanoseconds(1))
    }

    /// - Parameters:
    ///   - base: the first wait, before jitter. Not used by `none` and `listed`.
    ///   - max: at least `base` and `least`. `nil`: no cap.
    ///   - cap: whether the cap goes before or after jitter; decorrelated V2 always has it after.
    ///   - jitter: `none` for the decorrelated shapes, which choose at random anyway.
    ///   - unit: at least a nanosecond.
    /// - Throws: ``PolicyError`` for what no backoff can be.
    public init(
        _ shape: Shape, base: Duration = .zero, max: Duration? = nil, cap: Cap = .beforeJitter, jitter: Jitter = .none,
        least: Duration = .zero, unit: Duration = .nanoseconds(1)
    ) throws(PolicyError) {
        try PolicyError.requireNotNegative(base, "base")
        try PolicyError.requireNotNegative(least, "least")
        try PolicyError.require(unit >= .nanoseconds(1), "unit", "must be at least 1 ns")
        if let max {
            try PolicyError.require(max >= base, "max", "must be at least as long as base")
            try PolicyError.require(max >= least, "max", "must be at least as long as least")
        }
        switch shape {
        case .linear(let step): try PolicyError.requireNotNegative(step, "step")
        case .exponential(let factor): try PolicyError.requireAtLeast(1.0, factor, "factor")
        case .listed(let waits):
            try PolicyError.require(!waits.isEmpty, "waits", "must not be empty")
            for wait in waits { try PolicyError.requireNotNegative(wait, "waits") }
        case .decorrelated, .decorrelatedGrowing, .decorrelatedV2:
            try PolicyError.require(jitter == .none, "jitter", "must be none for a decorrelated backoff")
        case .none, .constant, .exponentialLessOne: break
        }
        switch jitter {
        case .proportional(let share), .addedShare(let share): try PolicyError.requireShare(share, "jitter")
        case .added(let most): try PolicyError.requireNotNegative(most, "jitter")
        case .none, .full, .equal: break
        }
        self.shape = shape
        self.base = base
        self.max = max
        self.cap = shape == .decorrelatedV2 ? .afterJitter : cap
        self.jitter = jitter
        self.least = least
        self.unit = unit
    }

    /// The waits of one piece of work, from the first.
    public func makeSequence() -> Sequence { Sequence(self) }
}
