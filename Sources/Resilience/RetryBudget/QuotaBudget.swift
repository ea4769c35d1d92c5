/// The retry quota of the AWS SDKs' standard mode (botocore `RetryQuotaChecker`).
struct QuotaBudget: Sendable {
    let capacity: Int
    private(set) var available: Int

    init(capacity: Int) { (self.capacity, available) = (capacity, capacity) }

    /// What a retry cost, or `nil` when there is too little left.
    mutating func withdraw(afterTimeout isTimeout: Bool) -> Int? {
        let cost = isTimeout ? 10 : 5
        guard cost <= available else { return nil }
        available -= cost
        return cost
    }

    /// A success gives back what its retry cost, or 1 where none was needed.
    mutating func refund(_ cost: Int?) {
        available += min(cost ?? 1, capacity - available)
    }
}
