/// What a ``SharedRetryBudget`` decides.
public struct RetryBudgetEvent: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        case deposit, withdrawal
        /// There is no budget for a retry.
        case refusal
        /// Adaptive throttling does not let a first attempt be sent.
        case throttled
    }

    public var change: Change
    /// After it: see ``RetryBudget/balance(at:)``.
    public var balance: Double

    public init(_ change: Change, balance: Double) {
        self.change = change
        self.balance = balance
    }
}
