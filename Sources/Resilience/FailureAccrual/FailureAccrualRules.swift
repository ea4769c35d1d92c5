/// When a host counts as dead, for how long, and what brings it back.
public struct FailureAccrualRules: Hashable, Sendable {
    /// Whose rules decide the boundary cases.
    public enum Profile: String, Hashable, Sendable, CaseIterable {
        /// A dead host takes no notice of answers. The first answer on probation decides, whichever call it is of.
        case linkerd
        /// A success counts even when it comes from a dead host, and ends its run of failures; a failed trial that
        /// does not make it dead again is followed by another trial.
        case finagle
    }

    /// A moving average of successes, 1 each, and failures, 0 each, strictly below `required`.
    public struct SuccessRate: Hashable, Sendable {
        /// 0...1
        public var required: Double
        /// The average weighs what is this old with 1/e. Nothing is decided before so much time has passed since the
        /// beginning, or since the host came back.
        public var window: Duration
        /// So many calls have to be in the window.
        public var requests: Int

        public init(required: Double = 0.8, window: Duration = .seconds(30), requests: Int = 5) {
            self.required = required
            self.window = window
            self.requests = requests
        }
    }

    public let profile: Profile
    /// So many failures in a row; `nil`: these are not counted.
    public let consecutive: Int?
    public let successRate: SuccessRate?
    /// How long it is dead: the first wait the first time, the next each time that a trial fails. Each of the two
    /// tests has waits of its own; the longer one holds if both are met.
    public let penalty: Backoff

    /// - Throws: ``PolicyError`` when nothing is counted, a count is below 1 (of calls: below 0), a share is not one
    ///   or the window is not at least a millisecond.
    public init(
        profile: Profile, consecutive: Int? = nil, successRate: SuccessRate? = nil, penalty: Backoff
    ) throws(PolicyError) {
        self.profile = profile
        self.consecutive = consecutive
        self.successRate = successRate
        self.penalty = penalty
        try PolicyError.require(
            consecutive != nil || successRate != nil, "consecutive", "is needed where no success rate is")
        if let consecutive { try PolicyError.requireAtLeast(1, consecutive, "consecutive") }
        if let successRate {
            try PolicyError.requireShare(successRate.required, "successRate.required")
            try PolicyError.require(
                successRate.window >= .milliseconds(1), "successRate.window", "must be at least 1 ms")
            try PolicyError.requireAtLeast(0, successRate.requests, "successRate.requests")
        }
    }

    /// Linkerd: 7 failures in a row; dead for 1 s, doubled up to 60 s, and up to half as long again.
    public static func linkerd(
        failures: Int = 7, min: Duration = .seconds(1), max: Duration = .seconds(60), jitter: Double = 0.5
    ) throws(PolicyError) -> FailureAccrualRules {
        try FailureAccrualRules(
            profile: .linkerd, consecutive: failures, penalty: .linkerd(min: min, max: max, jitter: jitter))
    }

    /// Finagle's hybrid policy: a success rate below 0.8 over 30 s with at least 5 calls, or 5 failures in a row; dead
    /// for 5 s, then for an equally jittered time that grows to 300 s.
    public static func finagle(
        consecutive: Int? = 5, successRate: SuccessRate? = SuccessRate(), start: Duration = .seconds(5),
        max: Duration = .seconds(300)
    ) throws(PolicyError) -> FailureAccrualRules {
        try FailureAccrualRules(
            profile: .finagle, consecutive: consecutive, successRate: successRate,
            penalty: .finagleEqual(start: start, max: max))
    }
}
