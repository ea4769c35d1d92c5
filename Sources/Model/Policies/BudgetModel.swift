import Resilience
import Scenario
import Simulation
import Trace

/// The retry budget of a layer: `Resilience`'s `RetryBudget`, and what it tells. Confined to the run's thread.
final class BudgetModel {
    typealias Permit = RetryBudget<VirtualTime>.Permit

    private var budget: RetryBudget<VirtualTime>
    /// What it holds at the start.
    let capacity: Double
    private unowned let layer: PolicyLayer
    private let luck: RandomStream

    init(_ rule: RetryBudgetRule, _ layer: PolicyLayer) throws(PolicyError) {
        budget = RetryBudget(try RetryBudgetRules(rule), at: layer.world.now)
        capacity = budget.balance(at: layer.world.now)
        self.layer = layer
        luck = layer.world.simulation.stream(layer.identity.name, "budget")
    }

    private var now: VirtualTime { layer.world.now }

    /// An attempt wants to be sent. Throws when it must not.
    func begin(_ permit: Permit?, _ strand: Strand, _ key: DrawKey) throws(Stopped) {
        let before = budget.balance(at: now)
        let isAdmitted = budget.begin(retry: permit, draw: luck.uniform(at: key.value), at: now)
        let event = announce(since: before, strand, isRefused: !isAdmitted)
        if !isAdmitted { throw Stopped(outcome: .limited, event: event) }
    }

    func end(_ result: RetryBudget<VirtualTime>.AttemptResult, _ permit: Permit?, _ strand: Strand) {
        let before = budget.balance(at: now)
        budget.end(result, retry: permit, at: now)
        announce(since: before, strand)
    }

    /// Asks for another attempt; a refusal is the newest event of the strand.
    func withdraw(after kind: Resilience.FailureKind, _ strand: Strand, _ key: DrawKey) -> Permit? {
        let before = budget.balance(at: now)
        let permit = budget.withdraw(after: kind, draw: luck.uniform(at: key.value), at: now)
        let event = announce(since: before, strand, isRefused: permit == nil)
        if permit == nil { strand.cause = event }
        return permit
    }

    func abandon(_ permit: Permit) { budget.abandon(permit) }

    /// Records a balance that has changed, or a refusal.
    @discardableResult private func announce(
        since before: Double, _ strand: Strand, isRefused: Bool = false
    ) -> EventID {
        let balance = budget.balance(at: now)
        if balance == before, !isRefused { return strand.cause }
        let how = isRefused ? "refusal" : balance > before ? "deposit" : "withdrawal"
        return layer.record(
            .budgetChanged, isRefused ? .limited : .none, how, for: strand, cause: strand.cause,
            value: Int64(millionths: balance))
    }
}

extension RetryBudgetRules {
    init(_ rule: RetryBudgetRule) throws(PolicyError) {
        switch rule {
        case .tokens(let max, let ratio): self = try .grpc(maxTokens: max, tokenRatio: ratio)
        case .deposits(let share, let perSecond, let ttl):
            self = try .finagle(share: share, perSecond: perSecond, ttl: ttl)
        case .active(let share, let least): self = try .envoy(share: share, least: least)
        case .quota(let capacity): self = try .aws(capacity: capacity)
        case .adaptive(let k, let window): self = try .adaptive(k: k, window: window)
        }
    }
}
