import Analysis
import Model
import Scenario
import Simulation
import Synchronization
import Trace

/// Why a lesson's figure could not be computed.
public enum LessonRunError: Error, Hashable, Sendable, CustomStringConvertible {
    case run(scenario: String, RunError)
    case setting(ScenarioError)
    case unknownScenario(String)

    public var description: String {
        switch self {
        case .run(let scenario, let error): "scenario \(scenario): \(error)"
        case .setting(let error): error.problems.map(\.message).joined(separator: "; ")
        case .unknownScenario(let name): "unknown scenario \(SafeText.quoted(name))"
        }
    }
}

/// The runs of a lesson, each computed once, and the figures taken from them.
public final class LessonRuns: Sendable {
    /// A figure in a text: it is the same in each frame that shows it.
    private struct TextKey: Hashable {
        var placeholder: Placeholder
        var step: String?
        var language: Language
    }

    /// A scenario of the lesson with some values changed.
    private struct DocumentKey: Hashable {
        var scenario: String
        var settings: [Setting]
    }

    public let lesson: Lesson
    /// A student who tries many settings must not fill the memory with their runs.
    private let results = Mutex(RunShelf<Result<RunView, RunError>>(mostEvents: 5_000_000))
    private let texts = Mutex<[TextKey: String]>([:])
    /// The figures of the lesson as it is written.
    private let values = Mutex<[MetricExpression: MetricValue]>([:])
    private let documents = Mutex<[DocumentKey: ScenarioDocument]>([:])
    /// Documents kept at most. A student who tries many settings makes many.
    private static let mostDocuments = 200
    let layouts = TextLayouts()

    /// Stops what is computed, and what will be.
    private let cancellation: Cancellation?

    public init(_ lesson: Lesson, cancellation: Cancellation? = nil) {
        self.lesson = lesson
        self.cancellation = cancellation
    }

    /// A scenario of the lesson with some values changed.
    public func document(_ scenario: String, settings: [Setting] = []) throws(LessonRunError) -> ScenarioDocument {
        guard var document = lesson.scenario(scenario)?.document else { throw .unknownScenario(scenario) }
        if settings.isEmpty { return document }
        let key = DocumentKey(scenario: scenario, settings: settings)
        if let known = documents.withLock({ $0[key] }) { return known }
        for setting in settings {
            do { document = try document.setting(setting.path, to: setting.value) } catch { throw .setting(error) }
        }
        documents.withLock { [document] known in
            if known.count >= Self.mostDocuments { known = [:] }
            known[key] = document
        }
        return document
    }

    /// A finished run.
    /// - Parameter seedOffset: added to the scenario's own seed.
    func index(
        _ scenario: String, _ settings: [Setting], seedOffset: UInt64, interventions: [Intervention] = []
    ) throws(LessonRunError) -> TraceIndex {
        try view(scenario, settings, seedOffset: seedOffset, interventions: interventions).index
    }

    /// A finished run, ready for panels.
    func view(
        _ scenario: String, _ settings: [Setting] = [], seedOffset: UInt64 = 0, interventions: [Intervention] = []
    ) throws(LessonRunError) -> RunView {
        let document = try document(scenario, settings: settings)
        switch result(of: Run(document, seed: document.scenario.seed &+ seedOffset, interventions: interventions)) {
        case .success(let view): return view
        case .failure(let error): throw .run(scenario: scenario, error)
        }
    }

    /// What comes of a run: one that a student sees is often one that a text takes its figures from.
    func result(of run: Run) -> Result<RunView, RunError> {
        if let known = results.withLock({ $0.outcome(of: run) }) { return known }
        let result: Result<RunView, RunError>
        do throws(RunError) {
            result = .success(try run.view(cancellation: cancellation))
        } catch {
            result = .failure(error)
        }
        results.withLock { $0.keep(result, try? result.get(), of: run) }
        return result
    }

    /// The same, as the workshop takes it.
    func outcome(of run: Run) -> RunOutcome {
        switch result(of: run) {
        case .success(let view): .finished(view)
        case .failure(let error): .failed(error.description)
        }
    }

    /// A figure. Not a number where the run has none: the latency of a flow that nobody called.
    /// - Parameters:
    ///   - seedOffset: added to the seed of each scenario.
    ///   - changes: settings of one scenario that come on top of it.
    ///   - shown: where figures of that scenario, without settings of their own, are taken from.
    public func value(
        of expression: MetricExpression, seedOffset: UInt64 = 0, changes: ScenarioChanges? = nil, shown: ShownRun? = nil
    ) throws(LessonRunError) -> MetricValue {
        let evaluator = MetricEvaluator(runs: self, seedOffset: seedOffset, changes: changes, shown: shown)
        // Of other seeds and changed scenarios there is no end.
        guard seedOffset == 0, changes == nil, shown == nil else { return try evaluator.value(expression) }
        if let known = values.withLock({ $0[expression] }) { return known }
        let value = try evaluator.value(expression)
        values.withLock { $0[expression] = value }
        return value
    }

    public func holds(
        _ condition: MetricCondition, seedOffset: UInt64 = 0, changes: ScenarioChanges? = nil
    ) throws(LessonRunError) -> Bool {
        let left = try value(of: condition.left, seedOffset: seedOffset, changes: changes)
        let right = try value(of: condition.right, seedOffset: seedOffset, changes: changes)
        return condition.holds(left.amount, right.amount)
    }

    /// What a `{{ ... }}` of a step's text shows; `step` `nil`: of the summary. `–` where there is no such figure.
    public func text(of placeholder: Placeholder, in step: LessonStep?, _ language: Language) -> String {
        let key = TextKey(placeholder: placeholder, step: step?.id, language: language)
        if let known = texts.withLock({ $0[key] }) { return known }
        guard let figure = try? PlaceholderFigure(placeholder.source, in: lesson.scope(of: step)),
            let value = try? value(of: figure.expression)
        else { return "–" }
        let text = value.text(language, as: figure.format)
        texts.withLock { $0[key] = text }
        return text
    }

    // MARK: Predictions

    /// Whether the student was right.
    public func verdict(
        on reply: PredictionReply, to prediction: Prediction
    ) throws(LessonRunError) -> PredictionVerdict {
        var verdict = PredictionVerdict(isRight: false, answer: nil, rightChoice: nil)
        if let answer = prediction.answer { verdict.answer = try value(of: answer) }
        switch (prediction.form, reply) {
        case (.choices(let choices), .choice(let id)):
            for choice in choices where try holds(choice.when) { verdict.rightChoice = choice.id }
            verdict.isRight = id == verdict.rightChoice
        case (.number(let tolerance), .number(let value)):
            guard let answer = verdict.answer else { break }
            verdict.isRight =
                value.unit == answer.unit
                && abs(value.amount - answer.amount) <= abs(answer.amount) * tolerance
        default: break
        }
        return verdict
    }

    // MARK: Challenges

    /// How settings do in a challenge, with every seed. Goals that speak of other scenarios are not touched by them.
    public func grade(
        _ settings: [Setting], in challenge: Challenge, of step: LessonStep
    ) throws(LessonRunError) -> ChallengeVerdict {
        let changes = ScenarioChanges(scenario: step.stage.scenario, settings: settings)
        var results: [ChallengeVerdict.GoalResult] = []
        for goal in challenge.goals {
            var values: [MetricValue] = []
            var target = MetricValue(0, .number)
            var isMet = true
            for seed in 0..<UInt64(challenge.seeds) {
                let left = try value(of: goal.that.left, seedOffset: seed, changes: changes)
                target = try value(of: goal.that.right, seedOffset: seed, changes: changes)
                values.append(left)
                isMet = isMet && goal.that.holds(left.amount, target.amount)
            }
            results.append(ChallengeVerdict.GoalResult(goal: goal, values: values, target: target, isMet: isMet))
        }
        var verdict = ChallengeVerdict(goals: results)
        if verdict.reachesGoals { verdict.trivial = try trivialPass(settings, in: challenge, of: step) }
        return verdict
    }
}

/// What comes on top of one scenario: settings that a student chose, or what is done in every run of a sweep.
public struct ScenarioChanges: Hashable, Sendable {
    public var scenario: String
    public var settings: [Setting]
    public var interventions: [Intervention]
    /// How far its runs count; `nil`: to their ends.
    public var until: VirtualTime?

    public init(
        scenario: String, settings: [Setting], interventions: [Intervention] = [], until: VirtualTime? = nil
    ) {
        self.scenario = scenario
        self.settings = settings
        self.interventions = interventions
        self.until = until
    }
}

/// A run that stands in for a scenario's own: the one on the screen, with all that was changed in it.
public struct ShownRun: Sendable {
    public var scenario: String
    public var index: TraceIndex
    /// What has been played of it; `nil`: all of it counts.
    public var played: Cursor?

    public init(scenario: String, index: TraceIndex, played: Cursor? = nil) {
        self.scenario = scenario
        self.index = index
        self.played = played
    }
}

extension [Setting] {
    /// What changes made during a run amount to when they hold from its start; the last one of each value counts.
    public init(of changes: [Intervention]) {
        self = []
        for change in changes {
            guard case .set(let path, let value) = change.action else { continue }
            removeAll { $0.path == path }
            append(Setting(path: path, value: value))
        }
    }
}
