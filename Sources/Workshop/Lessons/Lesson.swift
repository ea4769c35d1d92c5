import Scenario

/// A lesson as its author wrote it: a valid `lesson.yaml` and a text in each language.
public struct Lesson: Sendable {
    /// Path of the lesson's folder.
    public var folder: String
    /// The number that the folder's name starts with; lessons are taught in this order.
    public var number: Int
    public var id: String
    public var title: LocalizedText
    public var card: LessonCard
    /// In the order of the file.
    public var scenarios: [LessonScenario]
    /// The scenario of `ensayo run` on the lesson.
    public var main: String
    /// Figures that texts and predictions use by name.
    public var values: [NamedValue]
    public var claims: [Claim]
    public var steps: [LessonStep]
    public var english: LessonText
    public var spanish: LessonText

    public func text(_ language: Language) -> LessonText { language == .english ? english : spanish }

    public func scenario(_ name: String) -> LessonScenario? { scenarios.first { $0.name == name } }

    public func step(_ id: String) -> LessonStep? { steps.first { $0.id == id } }

    /// What a step says in a language.
    public func text(of step: LessonStep, _ language: Language) -> StepText {
        text(language).steps.first { $0.id == step.id } ?? StepText(id: step.id)
    }

    /// How long the whole lesson takes.
    public var minutes: Int { steps.reduce(0) { $0 + $1.minutes } }
}

/// What stands on the lesson's cover.
public struct LessonCard: Hashable, Sendable {
    public var learn: [LocalizedText]
    public var watch: [LocalizedText]
    /// What the simulated system has, with its distributions and units.
    public var models: [LocalizedText]
    /// What a real system has and this one has not.
    public var omits: [LocalizedText]

    public init(
        learn: [LocalizedText] = [], watch: [LocalizedText] = [], models: [LocalizedText] = [],
        omits: [LocalizedText] = []
    ) {
        self.learn = learn
        self.watch = watch
        self.models = models
        self.omits = omits
    }
}

/// A system that steps of the lesson show.
public struct LessonScenario: Sendable {
    public var name: String
    public var document: ScenarioDocument
    /// Where it stands in `lesson.yaml`.
    public var mark: SourceMark

    public init(name: String, document: ScenarioDocument, mark: SourceMark) {
        self.name = name
        self.document = document
        self.mark = mark
    }
}

/// A figure with a name: `{{ sequential }}` in a text.
public struct NamedValue: Sendable {
    public var name: String
    public var expression: MetricExpression
    public var unit: MetricUnit
    public var mark: SourceMark

    public init(name: String, expression: MetricExpression, unit: MetricUnit, mark: SourceMark) {
        self.name = name
        self.expression = expression
        self.unit = unit
        self.mark = mark
    }
}

/// A statement of the text that lint checks by running the simulation with so many seeds.
public struct Claim: Sendable {
    public var that: MetricCondition
    /// The scenario's own seed and the ones that follow it.
    public var seeds: Int
    public var mark: SourceMark

    public init(that: MetricCondition, seeds: Int = 1, mark: SourceMark) {
        self.that = that
        self.seeds = seeds
        self.mark = mark
    }
}
