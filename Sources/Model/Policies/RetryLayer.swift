import Resilience
import Scenario
import Simulation
import Trace

/// Runs what is inside again when it fails: `Resilience`'s `RetryCore` decides.
final class RetryLayer: PolicyLayer, @unchecked Sendable {
    private var rule: RetryRule
    private var rules: RetryRules
    /// Drawn by who retries and how often it has, so that another backoff leaves everyone their luck.
    private let jitter: RandomStream

    init(_ rule: RetryRule, _ identity: LayerIdentity) throws(PolicyError) {
        self.rule = rule
        rules = try RetryRules(rule)
        jitter = identity.world.simulation.stream(identity.name, "jitter")
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        var retry = RetryCore(rules, at: world.now)
        let key = inside.key(strand)
        let outer = (key: strand.key, answers: strand.answers)
        defer { strand.key = outer.key }
        while true {
            let calls = strand.unrepeatableCalls
            let number = retry.begin()
            // The first attempt draws what the work draws without the layer.
            if number > 1 { strand.key = key.part(number) }
            let stopped: Stopped
            do throws(Stopped) {
                return try await attempt(number, strand, inside)
            } catch {
                stopped = error
            }
            guard strand.canReplace(stopped) else { throw stopped }
            let isHarmless = strand.unrepeatableCalls == calls
            let draw = jitter.uniform(at: key.part(number).value)
            switch decide(&retry, stopped.failure, strand, isHarmless: isHarmless, draw: draw) {
            case .giveUp(let reason):
                let event = record(
                    .retryGivenUp, stopped.outcome, reason.rawValue, for: strand, cause: stopped.event,
                    value: Int64(number))
                throw stopped.after(event)
            case .retry(let wait, let source):
                strand.cause = announce(wait, source, strand, cause: stopped.event)
                strand.answers = outer.answers
                try await strand.pause(wait.duration.wholeNanoseconds)
            }
        }
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
            rule.backoff.max.map { Setting("max", $0) },
        ].compactMap(\.self)
    }

    override func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {
        guard case .retry(let rule) = rule, rule != self.rule else { return }
        rules = try RetryRules(rule)
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
