import Resilience
import Scenario
import Simulation
import Trace

/// Runs what is inside again when it fails: `Resilience`'s `RetryCore` decides.
final class RetryLayer: PolicyLayer, @unchecked Sendable {
    private var rule: RetryRule
    private var rules: RetryRules
    private var budget: BudgetModel?
    /// Drawn by who retries and how often it has, so that another backoff leaves everyone their luck.
    private let jitter: RandomStream

    init(_ rule: RetryRule, _ identity: LayerIdentity) throws(PolicyError) {
        self.rule = rule
        rules = try RetryRules(rule)
        jitter = identity.world.simulation.stream(identity.name, "jitter")
        super.init(identity)
        budget = try rule.budget.map { written throws(PolicyError) in try BudgetModel(written, self) }
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let budget = budget
        var retry = RetryCore(rules, at: world.now)
        var permit: BudgetModel.Permit?
        let key = inside.key(strand)
        let outer = (key: strand.key, answers: strand.answers)
        defer { strand.key = outer.key }
        while true {
            let calls = strand.unrepeatableCalls
            let number = retry.begin()
            // The first attempt draws what the work draws without the layer.
            if number > 1 { strand.key = key.part(number) }
            try budget?.begin(permit, strand, key.part(number))
            let stopped: Stopped
            do throws(Stopped) {
                let answer = try await attempt(number, strand, inside)
                budget?.end(.success, permit, strand)
                return answer
            } catch {
                stopped = error
            }
            strand.cause = stopped.event
            guard strand.canReplace(stopped) else {
                budget?.end(.cancelled, permit, strand)
                throw stopped
            }
            let failure = stopped.failure
            budget?.end(.failure(failure.kind, isRetryable: rules.on.contains(failure.kind)), permit, strand)
            let isHarmless = strand.unrepeatableCalls == calls
            let draw = jitter.uniform(at: key.part(number).value)
            switch decide(&retry, failure, strand, isHarmless: isHarmless, draw: draw) {
            case .giveUp(let reason): throw giveUp(stopped, reason, number, strand)
            case .retry(let wait, let source):
                permit = budget?.withdraw(after: failure.kind, strand, key.part(number))
                if budget != nil, permit == nil { throw giveUp(stopped, .budget, number, strand) }
                strand.cause = announce(wait, source, strand, cause: stopped.event)
                strand.answers = outer.answers
                do throws(Stopped) { try await strand.pause(wait.duration.wholeNanoseconds) } catch {
                    if let permit { budget?.abandon(permit) }
                    throw error
                }
            }
        }
    }

    private func giveUp(
        _ stopped: Stopped, _ reason: RetryGiveUpReason, _ attempts: Int, _ strand: Strand
    ) -> Stopped {
        stopped.after(
            record(
                .retryGivenUp, stopped.outcome, reason.rawValue, for: strand, cause: strand.cause,
                value: Int64(attempts)))
    }

    nonisolated(nonsending) private func attempt(
        _ number: Int, _ strand: Strand, _ inside: Inside
    ) async throws(Stopped) -> Datum? {
        let outer = strand.span
        let start = world.now
        strand.span = world.newSpan()
        strand.record(.attemptStarted, of: component, parent: outer, value: Int64(number))
        defer { strand.span = outer }
        do throws(Stopped) {
            let answer = try await inside.run(strand)
            strand.record(
                .attemptFinished, .ok, of: component, parent: outer, value: strand.nanoseconds(since: start))
            return answer
        } catch {
            strand.cause = error.event
            strand.record(
                .attemptFinished, error.outcome, of: component, parent: outer, value: strand.nanoseconds(since: start))
            throw error.after(strand.cause)
        }
    }

    /// - Parameter isHarmless: whether all that the attempt may have done can be done again.
    private func decide(
        _ retry: inout RetryCore<VirtualTime>, _ failure: Failure, _ strand: Strand, isHarmless: Bool, draw: Double
    ) -> RetryDecision {
        // The call that failed may be one that has not begun, after others that have.
        if !isHarmless, failure.kind.isBeforeStart { return .giveUp(.notIdempotent) }
        return retry.decide(
            after: failure, isIdempotent: isHarmless, timeLeft: strand.deadline.map { world.now.duration(to: $0) },
            draw: draw, at: world.now)
    }

    /// Records a wait and what it was chosen from.
    private func announce(
        _ wait: Resilience.Backoff.Wait, _ source: RetryWaitSource, _ strand: Strand, cause: EventID
    ) -> EventID {
        if wait.floor != wait.ceiling {
            record(.backoffFloor, for: strand, cause: cause, value: wait.floor.wholeNanoseconds)
            record(.backoffCeiling, for: strand, cause: cause, value: wait.ceiling.wholeNanoseconds)
        }
        return record(
            .retryScheduled, .none, source.rawValue, for: strand, cause: cause, value: wait.duration.wholeNanoseconds)
    }

    override func currentSettings() -> [Setting] {
        [
            Setting("attempts", rule.attempts), Setting("base", rule.backoff.base),
            rule.backoff.max.map { Setting("max", $0) }, budget.map { Setting("budget", millionths: $0.capacity) },
            budgetDetail,
        ].compactMap(\.self)
    }

    /// What a balance means: the line at or below which gRPC has no retries, or how eagerly calls are turned away.
    private var budgetDetail: Setting? {
        switch rule.budget {
        case .tokens(let max, _): Setting("budgetFloor", millionths: max / 2)
        case .adaptive(let k, _): Setting("throttle", millionths: k)
        case .deposits, .active, .quota, nil: nil
        }
    }

    override func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {
        guard case .retry(let rule) = rule, rule != self.rule else { return }
        rules = try RetryRules(rule)
        if rule.budget != self.rule.budget {
            budget = try rule.budget.map { written throws(PolicyError) in try BudgetModel(written, self) }
        }
        self.rule = rule
    }
}

extension RetryRules {
    init(_ rule: RetryRule) throws(PolicyError) {
        try self.init(
            attempts: rule.attempts, backoff: Backoff(rule.backoff), on: FailureSet(rule.on, else: .transient),
            honoursRetryAfter: rule.honoursRetryAfter)
    }
}

extension Resilience.Backoff {
    init(_ written: WrittenBackoff) throws(PolicyError) {
        let shape: Shape =
            switch written.shape {
            case .none: .none
            case .constant: .constant
            case .linear: .linear(step: written.base)
            case .exponential(let factor): .exponential(factor: factor)
            case .decorrelated: .decorrelated
            case .decorrelatedV2: .decorrelatedV2
            }
        let jitter: Jitter =
            switch written.jitter {
            case .none: .none
            case .proportional(let share): .proportional(share)
            case .full: .full
            case .equal: .equal
            }
        let cap: Cap = written.shape == .decorrelated ? .afterJitter : .beforeJitter
        try self.init(shape, base: written.base, max: written.max, cap: cap, jitter: jitter)
    }
}
