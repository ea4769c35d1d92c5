/// How weights follow from the load that servers report: gRPC's `weighted_round_robin` (A58).
public struct ReportedWeightRules: Hashable, Sendable {
    /// A server has to report for this long before its weight is used.
    public let blackout: Duration
    /// After this long without a report its weight is not used any more.
    public let expiry: Duration
    /// How often weights are looked up.
    public let update: Duration
    /// What the rate of errors adds to the utilisation.
    public let errorPenalty: Double

    /// - Parameter update: at least 100 ms; less counts as that.
    /// - Throws: ``PolicyError`` when a duration or the penalty is negative.
    public init(
        blackout: Duration = .seconds(10), expiry: Duration = .seconds(180), update: Duration = .seconds(1),
        errorPenalty: Double = 1
    ) throws(PolicyError) {
        self.blackout = blackout
        self.expiry = expiry
        self.update = max(update, .milliseconds(100))
        self.errorPenalty = errorPenalty
        try PolicyError.requireNotNegative(blackout, "blackout")
        try PolicyError.requireNotNegative(expiry, "expiry")
        try PolicyError.requireNotNegative(update, "update")
        try PolicyError.requireAtLeast(0.0, errorPenalty, "errorPenalty")
    }
}

/// The weight of one server, from what it reports. Without a clock: every call says what time it is. O(1).
public struct ReportedWeight<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public let rules: ReportedWeightRules
    private var weight = 0.0
    private var lastReport: Instant?
    private var reportsSince: Instant?

    public init(_ rules: ReportedWeightRules) { self.rules = rules }

    /// What it serves and how busy it is: its weight is `qps / (utilisation + eps / qps · penalty)`. A report without
    /// either does not count.
    ///
    /// - Parameters:
    ///   - qps: queries a second.
    ///   - eps: errors a second.
    ///   - utilisation: 1: as much as it can do.
    public mutating func report(qps: Double, eps: Double, utilisation: Double, at now: Instant) {
        guard qps > 0, utilisation > 0 else { return }
        let reported = qps / (utilisation + eps / qps * rules.errorPenalty)
        guard reported > 0, reported.isFinite else { return }
        weight = reported
        lastReport = now
        reportsSince = reportsSince ?? now
    }

    /// It is connected anew: the blackout begins with its next report.
    public mutating func reconnected() { reportsSince = nil }

    /// Its weight; `nil`: not known, not for long enough, or not any more.
    public mutating func weight(at now: Instant) -> Double? {
        guard let lastReport, lastReport.duration(to: now) < rules.expiry else {
            reportsSince = nil
            return nil
        }
        let isTrusted = reportsSince.map { $0.duration(to: now) >= rules.blackout } ?? (rules.blackout == .zero)
        return isTrusted ? weight : nil
    }

    /// What a balancer uses: the mean of the known weights for those that are not known, and 1 for all where fewer
    /// than two are. O(n).
    public static func filled(_ weights: [Double?]) -> [Double] {
        let known = weights.compactMap { $0 }
        guard known.count >= 2 else { return weights.map { _ in 1 } }
        let mean = known.reduce(0, +) / Double(known.count)
        return weights.map { $0 ?? mean }
    }
}
