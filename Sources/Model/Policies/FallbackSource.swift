import Scenario
import Trace

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
}
