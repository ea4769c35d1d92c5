/// gRPC's retry throttling (A6). Nothing waits, and nothing is withdrawn: failures cost, successes give back.
struct TokenBudget: Sendable {
    /// Thousandths of a token.
    private(set) var tokens: Int
    let max: Int
    let ratio: Int

    init(max: Int, ratio: Int) {
        (tokens, self.max, self.ratio) = (max, max, ratio)
    }

    var allowsRetry: Bool { tokens * 2 > max }

    mutating func record<Instant>(_ result: RetryBudget<Instant>.AttemptResult) {
        switch result {
        case .success: tokens = min(tokens + ratio, max)
        case .failure(_, isRetryable: true): tokens = Swift.max(tokens - 1000, 0)
        case .failure, .cancelled: break
        }
    }
}
