/// A host as outlier detection keeps it, in nanoseconds since the detection began.
struct OutlierHost: Sendable {
    var isPresent = true
    var failuresInARow = 0
    var gatewayFailuresInARow = 0
    /// Of the interval that runs.
    var calls = OutlierCalls()
    /// Of the one before.
    var latest = OutlierCalls()
    var multiplier = 0
    /// `nil`: in service.
    var ejectedAt: Int64?
    var jitter: Int64 = 0
    /// Its latest return.
    var returnedAt: Int64?

    mutating func count(_ result: OutlierResult) {
        calls.total += 1
        switch result {
        case .success:
            calls.successes += 1
            forgetRuns()
        case .failure:
            failuresInARow += 1
            gatewayFailuresInARow = 0
        case .gatewayFailure:
            failuresInARow += 1
            gatewayFailuresInARow += 1
        }
    }

    mutating func forgetRuns() {
        failuresInARow = 0
        gatewayFailuresInARow = 0
    }

    mutating func endInterval() {
        latest = calls
        calls = OutlierCalls()
    }

    /// How long its ejection lasts; it may only end later.
    func ejection(_ rules: OutlierDetectionRules) -> Int64 {
        let grown = rules.base.clampedNanoseconds.multipliedClamped(by: Int64(multiplier))
        return min(grown, rules.most.clampedNanoseconds) + jitter
    }
}

/// Calls of an interval.
struct OutlierCalls: Hashable, Sendable {
    var total = 0
    var successes = 0

    /// In percent, and computed as Envoy does, so that what lies on a threshold is the same there.
    var successRate: Double { Double(successes) * 100 / Double(total) }
    var failureShare: Double { Double(total - successes) / Double(total) }
}
