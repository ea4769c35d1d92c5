/// A host as a panel or a metric sees it.
public struct OutlierSnapshot: Hashable, Sendable {
    public let state: OutlierState
    public let failuresInARow: Int
    public let gatewayFailuresInARow: Int
    /// Calls of the interval that runs.
    public let calls: Int
    public let successes: Int
    /// Of the latest whole interval, 0...100; `nil` without calls.
    public let successRate: Double?
    /// How many times the base time an ejection lasts: goes up with each, and down again.
    public let multiplier: Int
    /// Until its time is over, after which the next sweep brings it back; `nil`: it is not out.
    public let timeLeft: Duration?

    init(_ host: OutlierHost, _ rules: OutlierDetectionRules, at now: Int64) {
        state = host.ejectedAt == nil ? .inService : .ejected
        failuresInARow = host.failuresInARow
        gatewayFailuresInARow = host.gatewayFailuresInARow
        calls = host.calls.total
        successes = host.calls.successes
        successRate = host.latest.total > 0 ? host.latest.successRate : nil
        multiplier = host.multiplier
        timeLeft = host.ejectedAt.map { .nanoseconds(max(0, $0.addingClamped(host.ejection(rules)) - now)) }
    }
}
