import Scenario
import Trace

/// Answers something else when what is inside fails.
final class FallbackLayer: PolicyLayer, @unchecked Sendable {
    private var rule: FallbackRule
    private let keptAnswers = KeptAnswers()

    init(_ rule: FallbackRule, _ identity: LayerIdentity) {
        self.rule = rule
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let source = FallbackSource(rule, keptAnswers, key: inside.step.key)
        let before = strand.answers
        let failure: Stopped
        do throws(Stopped) {
            let answer = try await inside.run(strand)
            if let answer { source.keep(answer, for: strand, component) }
            return answer
        } catch {
            failure = error
        }
        return try strand.substitute(source, for: failure, component, answers: before, slot: inside.step.slot)
    }

    override func adopt(_ rule: Layer.Rule, cause: EventID) {
        if case .fallback(let rule) = rule { self.rule = rule }
    }
}

/// The last good answers of pieces of work. Confined to the run's thread.
final class KeptAnswers {
    struct Kept {
        var answer: Datum
        var since: VirtualTime
    }

    /// By the work's key: as many as the scenario has pieces of work.
    fileprivate var answers: [DrawKey: Kept] = [:]
}

/// Where a substitute for the answer of one piece of work comes from.
struct FallbackSource {
    private let rule: FallbackRule
    private let keptAnswers: KeptAnswers
    private let key: DrawKey

    init(_ rule: FallbackRule, _ keptAnswers: KeptAnswers, key: DrawKey) {
        self.rule = rule
        self.keptAnswers = keptAnswers
        self.key = key
    }

    /// Takes a good answer, for when there is none; only what may be served stale is kept.
    func keep(_ answer: Datum, for strand: Strand, _ component: NameID) {
        guard case .stale = rule else { return }
        keptAnswers.answers[key] = KeptAnswers.Kept(answer: answer, since: strand.world.now)
        strand.world.record(
            .fallbackKept, component: component, request: strand.request, span: strand.span, cause: strand.cause)
    }

    /// The substitute, how it was found, and its age in ns. `nil`: there is none.
    func substitute(at now: VirtualTime) -> (answer: Datum, how: String, age: Int64)? {
        switch rule {
        case .value(let value): return (Datum(value), "default", 0)
        case .omit: return (.omitted, "partial", 0)
        case .stale(let limit):
            guard let kept = keptAnswers.answers[key] else { return nil }
            let age = kept.since.duration(to: now)
            if let limit, age > limit { return nil }
            return (kept.answer, "stale", age.wholeNanoseconds)
        }
    }
}

extension Strand {
    /// Answers from `source` instead of failing, when it has something and the failure was not that of the strand.
    ///
    /// - Parameters:
    ///   - answers: those of the flow before the work that failed.
    ///   - slot: where the answer is saved.
    func substitute(
        _ source: FallbackSource, for failure: Stopped, _ component: NameID, answers before: [Datum], slot: Int?
    ) throws(Stopped) -> Datum {
        guard canReplace(failure), let (answer, how, age) = source.substitute(at: world.now) else { throw failure }
        cause = world.record(
            .fallbackUsed, failure.outcome, component: component, detail: world.name(how), request: request,
            span: span, cause: failure.event, value: age)
        answers = before
        if !answer.isOmitted { answers.append(answer) }
        save(answer, in: slot)
        return answer
    }

    /// Whether the work failed, and the strand itself may go on.
    func canReplace(_ failure: Stopped) -> Bool { stop == nil && failure.outcome != .cancelled }

    // MARK: Steps

    nonisolated(nonsending) func fallback(_ step: FallbackInstruction) async throws(Stopped) -> Datum? {
        try await self.step(step.label) { () async throws(Stopped) in
            let before = answers
            let failure: Stopped
            do throws(Stopped) {
                let answer = try await run(step.steps)
                if case .rule(let source) = step.otherwise, let answer { source.keep(answer, for: self, client) }
                save(answer ?? .null, in: step.slot)
                return answer
            } catch {
                failure = error
            }
            switch step.otherwise {
            case .rule(let source):
                return try substitute(source, for: failure, client, answers: before, slot: step.slot)
            case .steps(let steps):
                guard canReplace(failure) else { throw failure }
                answers = before
                cause = failure.event
                record(.fallbackUsed, failure.outcome, detail: world.name("source"))
                let answer = try await run(steps)
                save(answer ?? .null, in: step.slot)
                return answer
            }
        }
    }
}
