import Synchronization

/// A ``RetryBudget`` for many tasks at once: give the same one to all that call the same backend.
public final class SharedRetryBudget<C: Clock>: Sendable where C.Duration == Duration {
    public typealias Permit = RetryBudget<C.Instant>.Permit
    public typealias AttemptResult = RetryBudget<C.Instant>.AttemptResult

    public let rules: RetryBudgetRules
    private let budget: Mutex<RetryBudget<C.Instant>>
    private let clock: C
    private let random: @Sendable () -> Double
    private let onEvent: (@Sendable (RetryBudgetEvent) -> Void)?

    /// - Parameters:
    ///   - random: a number in 0..<1; only adaptive throttling draws.
    ///   - onEvent: called whenever the balance changes or a retry is refused.
    public init(
        _ rules: RetryBudgetRules, clock: C, random: @escaping @Sendable () -> Double,
        onEvent: (@Sendable (RetryBudgetEvent) -> Void)? = nil
    ) {
        self.rules = rules
        budget = Mutex(RetryBudget(rules, at: clock.now))
        self.clock = clock
        self.random = random
        self.onEvent = onEvent
    }

    /// See ``RetryBudget/balance(at:)``.
    public var balance: Double { budget.withLock { $0.balance(at: clock.now) } }

    /// See ``RetryBudget/begin(retry:draw:at:)``.
    public func begin(retry: Permit?) -> Bool {
        let draw = random()
        return change({ $0.begin(retry: retry, draw: draw, at: $1) }, refusal: { $0 ? nil : .throttled })
    }

    /// See ``RetryBudget/end(_:retry:at:)``.
    public func end(_ result: AttemptResult, retry: Permit?) {
        change { $0.end(result, retry: retry, at: $1) }
    }

    /// See ``RetryBudget/withdraw(after:draw:at:)``.
    public func withdraw(after kind: FailureKind?) -> Permit? {
        let draw = random()
        return change({ $0.withdraw(after: kind, draw: draw, at: $1) }, refusal: { $0 == nil ? .refusal : nil })
    }

    /// See ``RetryBudget/abandon(_:)``.
    public func abandon(_ permit: Permit) {
        change { budget, _ in budget.abandon(permit) }
    }

    /// Changes the budget, and tells of it: of the refusal, if it was one, else of a balance that has moved.
    private func change<Outcome>(
        _ body: (inout RetryBudget<C.Instant>, C.Instant) -> Outcome,
        refusal: (Outcome) -> RetryBudgetEvent.Change? = { _ in nil }
    ) -> Outcome {
        let (outcome, event) = budget.withLock { budget -> (Outcome, RetryBudgetEvent?) in
            let now = clock.now
            guard onEvent != nil else { return (body(&budget, now), nil) }
            let before = budget.balance(at: now)
            let outcome = body(&budget, now)
            let after = budget.balance(at: now)
            let moved: RetryBudgetEvent.Change? = after == before ? nil : after > before ? .deposit : .withdrawal
            return (outcome, (refusal(outcome) ?? moved).map { RetryBudgetEvent($0, balance: after) })
        }
        if let event { onEvent?(event) }
        return outcome
    }
}
