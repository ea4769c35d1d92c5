/// The balance of a retry budget, as a value without clock. One is shared by all who call the same backend.
///
/// Around each attempt, in this order:
/// 1. ``begin(retry:draw:at:)``: may it be sent? Only adaptive throttling ever says no, and only to first attempts.
/// 2. ``end(_:retry:at:)`` with what became of it.
/// 3. To try again: ``withdraw(after:draw:at:)``, whose permit goes along with the next attempt.
public struct RetryBudget<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    /// One retry, paid for. It goes into ``begin(retry:draw:at:)`` and ``end(_:retry:at:)``, or back with
    /// ``abandon(_:)``.
    public struct Permit: Hashable, Sendable {
        /// What a success gives back, where the budget gives back what a retry cost.
        let cost: Int
    }

    public enum AttemptResult: Hashable, Sendable {
        case success
        /// `isRetryable`: whether the rules of the retry name it, or the other side said not to try again.
        case failure(FailureKind, isRetryable: Bool)
        case cancelled
    }

    // One of these is there.
    private var tokens: TokenBudget?
    private var deposits: DepositBudget<Instant>?
    private var active: ActiveBudget?
    private var quota: QuotaBudget?
    private var throttle: AdaptiveThrottle<Instant>?

    public init(_ rules: RetryBudgetRules, at now: Instant) {
        switch rules.kind {
        case .tokens(let max, let ratio): tokens = TokenBudget(max: max, ratio: ratio)
        case .deposits(let amounts): deposits = DepositBudget(amounts, at: now)
        case .active(let share, let least): active = ActiveBudget(share: share, least: least)
        case .quota(let capacity): quota = QuotaBudget(capacity: capacity)
        case .adaptive(let k, let window): throttle = AdaptiveThrottle(k: k, window: window, at: now)
        }
    }

    /// An attempt wants to be sent. `false`: it must not, and there will be no ``end(_:retry:at:)``.
    public mutating func begin(retry: Permit?, draw: Double, at now: Instant) -> Bool {
        active?.inFlight += 1
        // A retry has asked already, when it was withdrawn.
        guard retry == nil else { return true }
        deposits?.deposit(at: now)
        return throttle?.admit(draw: draw, at: now) ?? true
    }

    /// An attempt has ended.
    public mutating func end(_ result: AttemptResult, retry: Permit?, at now: Instant) {
        tokens?.record(result)
        active?.end(isRetry: retry != nil)
        if result == .success { quota?.refund(retry?.cost) }
        throttle?.record(result, at: now)
    }

    /// Asks for another attempt after a failure; `nil` asks for a hedge, after none. Returns `nil` when there is no
    /// budget for it; the balance is then left as it was.
    public mutating func withdraw(after kind: FailureKind?, draw: Double, at now: Instant) -> Permit? {
        let isGranted =
            tokens?.allowsRetry ?? deposits?.withdraw(at: now) ?? active?.withdraw()
            ?? throttle?.admit(draw: draw, at: now)
        if let isGranted { return isGranted ? Permit(cost: 0) : nil }
        return quota?.withdraw(afterTimeout: kind == .timeout).map(Permit.init)
    }

    /// A retry that was granted will not take place, because its caller gave up while waiting.
    public mutating func abandon(_ permit: Permit) { active?.abandon() }

    /// What is left: tokens (gRPC), retries (Finagle, Envoy), capacity (AWS), or for adaptive throttling the
    /// probability, 0...1, that the next call is sent.
    public mutating func balance(at now: Instant) -> Double {
        if let tokens { return Double(tokens.tokens) / 1000 }
        if let active { return Double(max(0, active.limit - active.retries)) }
        if let quota { return Double(quota.available) }
        if let retries = deposits?.retries(at: now) { return retries }
        return 1 - (throttle?.rejectProbability(at: now) ?? 0)
    }
}
