import Scenario

/// A question that the student answers before the run does. The right answer is never written down: it is computed.
public struct Prediction: Sendable {
    public enum Form: Sendable {
        /// One of several; exactly one is right.
        case choices([Choice])
        /// A number, right within a share of the true one: 0.1 is ±10 %.
        case number(tolerance: Double)
    }

    public struct Choice: Sendable {
        public enum Label: Sendable {
            case value(MetricValue)
            case text(LocalizedText)
        }
        public var id: String
        public var label: Label
        /// The choice is right when this holds.
        public var when: MetricCondition
        public var mark: SourceMark

        public init(id: String, label: Label, when: MetricCondition, mark: SourceMark) {
            self.id = id
            self.label = label
            self.when = when
            self.mark = mark
        }
    }

    /// How near a choice with a figure is to the run, to be right.
    public static let choiceTolerance = 0.01

    /// What the run says. `nil` only where every choice has its own condition.
    public var answer: MetricExpression?
    public var form: Form
    /// With how many seeds lint asks whether the answer stays the same; 1: the question is about this very run.
    public var seeds: Int

    public init(answer: MetricExpression?, form: Form, seeds: Int = 5) {
        self.answer = answer
        self.form = form
        self.seeds = seeds
    }
}

/// How sure the student was: "sure and wrong" is what a lesson wants to find.
public enum Confidence: String, CaseIterable, Hashable, Sendable, Codable {
    case sure, guess
}

/// What the student said.
public enum PredictionReply: Hashable, Sendable {
    case choice(id: String)
    case number(MetricValue)
}

/// What the run said to it.
public struct PredictionVerdict: Hashable, Sendable {
    public var isRight: Bool
    /// The computed figure, if the question is about one.
    public var answer: MetricValue?
    /// The right choice, if there are choices.
    public var rightChoice: String?

    public init(isRight: Bool, answer: MetricValue?, rightChoice: String?) {
        self.isRight = isRight
        self.answer = answer
        self.rightChoice = rightChoice
    }
}
