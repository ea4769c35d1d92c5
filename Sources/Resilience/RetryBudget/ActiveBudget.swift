/// Envoy's retry budget: at most so many retries at once, from their being scheduled to their end.
struct ActiveBudget: Sendable {
    let share: Double
    let least: Int
    /// Attempts that have been sent and not ended.
    var inFlight = 0
    private(set) var retries = 0

    init(share: Double, least: Int) {
        self.share = share
        self.least = least
    }

    var limit: Int { max(least, Int(share * Double(inFlight))) }

    mutating func withdraw() -> Bool {
        guard retries < limit else { return false }
        retries += 1
        return true
    }

    mutating func abandon() { retries -= 1 }

    mutating func end(isRetry: Bool) {
        inFlight -= 1
        if isRetry { retries -= 1 }
    }
}
