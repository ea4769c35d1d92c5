/// Which hosts of a pool are ejected, for how long, and how many of them at once.
///
/// Shares are 0...1. What is `nil` is not looked for; what is looked for but enforced with 0 is only told.
public struct OutlierDetectionRules: Hashable, Sendable {
    /// Whose rules decide the boundary cases.
    public enum Profile: String, Hashable, Sendable, CaseIterable {
        /// A host is ejected if no more than the largest share are out then; it comes back in a sweep once its time
        /// has passed, and its ejection time shrinks once it has been back for an interval.
        case envoy
        /// gRPC A50: hosts are ejected until the largest share is reached or passed; one comes back strictly after
        /// its time, and the ejection times of all that are not out shrink at every sweep. Nothing is counted in a
        /// row, and a share of failures has to be above the threshold.
        case grpc
    }

    /// So many failures in a row, detected at the last of them.
    public struct Consecutive: Hashable, Sendable {
        public var failures: Int
        /// The probability that a detected host is ejected.
        public var enforcing: Double

        public init(_ failures: Int = 5, enforcing: Double = 1) {
            self.failures = failures
            self.enforcing = enforcing
        }
    }

    /// A success rate strictly below the mean of all less so many standard deviations.
    public struct SuccessRate: Hashable, Sendable {
        public var deviations: Double
        /// So many hosts need `requests` calls in an interval.
        public var hosts: Int
        public var requests: Int
        public var enforcing: Double

        public init(deviations: Double = 1.9, hosts: Int = 5, requests: Int = 100, enforcing: Double = 1) {
            self.deviations = deviations
            self.hosts = hosts
            self.requests = requests
            self.enforcing = enforcing
        }
    }

    /// A share of failures of at least `threshold`; in gRPC above it.
    public struct FailurePercentage: Hashable, Sendable {
        public var threshold: Double
        /// So many hosts need `requests` calls in an interval.
        public var hosts: Int
        public var requests: Int
        public var enforcing: Double

        public init(threshold: Double = 0.85, hosts: Int = 5, requests: Int = 50, enforcing: Double = 1) {
            self.threshold = threshold
            self.hosts = hosts
            self.requests = requests
            self.enforcing = enforcing
        }
    }

    public let profile: Profile
    /// Failures of any kind in a row.
    public let consecutive: Consecutive?
    /// Failures of gateways in a row.
    public let gateway: Consecutive?
    public let successRate: SuccessRate?
    public let failurePercentage: FailurePercentage?
    /// Between two sweeps.
    public let interval: Duration
    /// How long the first ejection lasts; the next ones last as many times as long as the host has been ejected.
    public let base: Duration
    /// What an ejection lasts at most, before jitter.
    public let most: Duration
    /// Whole milliseconds, up to this, are added to each ejection.
    public let jitter: Duration
    /// The largest share of the hosts that may be ejected.
    public let maxEjected: Double
    /// Whether one host may always be ejected, however few there are.
    public let alwaysEjectsOne: Bool

    /// - Parameter most: `nil`: 300 s, or `base` if that is longer.
    /// - Throws: ``PolicyError`` when a share is not one, a count is below 1 (of hosts and calls: below 0), the
    ///   interval or an ejection lasts no time, `most` is shorter than `base`, or gRPC is to count in a row or to be
    ///   told that one host may always be ejected.
    public init(
        profile: Profile = .envoy, consecutive: Consecutive? = nil, gateway: Consecutive? = nil,
        successRate: SuccessRate? = nil, failurePercentage: FailurePercentage? = nil,
        interval: Duration = .seconds(10), base: Duration = .seconds(30), most: Duration? = nil,
        jitter: Duration = .zero, maxEjected: Double = 0.1, alwaysEjectsOne: Bool = false
    ) throws(PolicyError) {
        self.profile = profile
        self.consecutive = consecutive
        self.gateway = gateway
        self.successRate = successRate
        self.failurePercentage = failurePercentage
        self.interval = interval
        self.base = base
        self.most = most ?? max(.seconds(300), base)
        self.jitter = jitter
        self.maxEjected = maxEjected
        self.alwaysEjectsOne = alwaysEjectsOne
        try validateDetection()
        try validateEjection()
    }

    private func validateDetection() throws(PolicyError) {
        for (rule, setting) in [(consecutive, "consecutive"), (gateway, "gateway")] {
            guard let rule else { continue }
            try PolicyError.require(profile == .envoy, setting, "is not counted in gRPC")
            try PolicyError.requireAtLeast(1, rule.failures, setting)
            try PolicyError.requireShare(rule.enforcing, "\(setting).enforcing")
        }
        if let successRate {
            try PolicyError.requireAtLeast(0.0, successRate.deviations, "successRate.deviations")
            try PolicyError.requireAtLeast(0, successRate.hosts, "successRate.hosts")
            try PolicyError.requireAtLeast(0, successRate.requests, "successRate.requests")
            try PolicyError.requireShare(successRate.enforcing, "successRate.enforcing")
        }
        if let failurePercentage {
            try PolicyError.requireShare(failurePercentage.threshold, "failurePercentage.threshold")
            try PolicyError.requireAtLeast(0, failurePercentage.hosts, "failurePercentage.hosts")
            try PolicyError.requireAtLeast(0, failurePercentage.requests, "failurePercentage.requests")
            try PolicyError.requireShare(failurePercentage.enforcing, "failurePercentage.enforcing")
        }
    }

    private func validateEjection() throws(PolicyError) {
        try PolicyError.requirePositive(interval, "interval")
        try PolicyError.requirePositive(base, "base")
        try PolicyError.require(most >= base, "most", "must not be shorter than base")
        try PolicyError.requireNotNegative(jitter, "jitter")
        try PolicyError.requireShare(maxEjected, "maxEjected")
        try PolicyError.require(
            profile == .envoy || !alwaysEjectsOne, "alwaysEjectsOne", "is always so in gRPC, unless maxEjected is 0")
    }

    /// Whether anything is looked for.
    public var detects: Bool {
        consecutive != nil || gateway != nil || successRate != nil || failurePercentage != nil
    }
}

// Outlier detection as it ships.
extension OutlierDetectionRules {
    /// Envoy (`outlier_detection.proto`): 5 failures in a row and success rates are enforced, failures of gateways and
    /// the share of failures only told; a sweep each 10 s; 30 s to 300 s; at most a tenth of the hosts.
    public static func envoy(
        consecutive: Consecutive? = Consecutive(), gateway: Consecutive? = Consecutive(enforcing: 0),
        successRate: SuccessRate? = SuccessRate(),
        failurePercentage: FailurePercentage? = FailurePercentage(enforcing: 0), interval: Duration = .seconds(10),
        base: Duration = .seconds(30), most: Duration? = nil, jitter: Duration = .zero, maxEjected: Double = 0.1,
        alwaysEjectsOne: Bool = false
    ) throws(PolicyError) -> OutlierDetectionRules {
        try OutlierDetectionRules(
            consecutive: consecutive, gateway: gateway, successRate: successRate,
            failurePercentage: failurePercentage, interval: interval, base: base, most: most, jitter: jitter,
            maxEjected: maxEjected, alwaysEjectsOne: alwaysEjectsOne)
    }

    /// Istio (`destination_rule.proto`): Envoy with 5 failures in a row alone.
    public static func istio(
        consecutive5xxErrors: Int = 5, gatewayErrors: Int? = nil, interval: Duration = .seconds(10),
        baseEjectionTime: Duration = .seconds(30), maxEjectionPercent: Double = 0.1
    ) throws(PolicyError) -> OutlierDetectionRules {
        try OutlierDetectionRules(
            consecutive: Consecutive(consecutive5xxErrors), gateway: gatewayErrors.map { Consecutive($0) },
            interval: interval, base: baseEjectionTime, maxEjected: maxEjectionPercent)
    }

    /// gRPC A50: each kind of detection is there only if it is asked for, and is enforced then.
    public static func grpcA50(
        successRate: SuccessRate? = SuccessRate(), failurePercentage: FailurePercentage? = FailurePercentage(),
        interval: Duration = .seconds(10), base: Duration = .seconds(30), most: Duration? = nil,
        maxEjected: Double = 0.1
    ) throws(PolicyError) -> OutlierDetectionRules {
        try OutlierDetectionRules(
            profile: .grpc, successRate: successRate, failurePercentage: failurePercentage, interval: interval,
            base: base, most: most, maxEjected: maxEjected)
    }
}
