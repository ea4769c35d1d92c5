import Scenario
import TerminalKit
import Trace

/// A lesson being taken: where the student is in it, and what is on the screen.
public struct LessonState: Sendable {
    public enum Page: Hashable, Sendable {
        case card
        case step(Int)
        case summary
    }

    public enum Focus: Hashable, Sendable {
        case text
        case panel(PanelKind)
    }

    public internal(set) var lesson: Lesson
    /// The figures of its texts, predictions and challenges, each run computed once.
    var figures: LessonRuns
    public internal(set) var page: Page = .card
    public internal(set) var progress: LessonProgress
    /// Whether it is taken by a student: neither taught nor followed, where nothing is left to be done.
    var isTaken = true
    /// The run on the stage; `nil` on the card and the summary.
    public internal(set) var player: Player?
    var focus: Focus = .text
    var isZoomed = false
    /// Whether panels show true times where clocks are wrong.
    var showsTrueTimes = false
    /// Pages turned in the text.
    var textPage = 0
    var scroll: [PanelKind: Int] = [:]
    /// Which of the step's controls the keys change.
    var control = 0
    /// How many hints of the step are shown.
    var hints = 0
    var reply = ReplyDraft()
    /// The hands of the class for the question, where a presentation is followed.
    var tally: Tally?
    /// Whether the stage of a prediction is shown instead of its question.
    var isWatching = false
    var verdict: ChallengeVerdict?
    var showsSolution = false

    init(_ figures: LessonRuns, progress: LessonProgress) {
        lesson = figures.lesson
        self.figures = figures
        self.progress = progress
    }

    var step: LessonStep? {
        if case .step(let index) = page, lesson.steps.indices.contains(index) { lesson.steps[index] } else { nil }
    }

    var stage: Stage? { step?.stage }

    /// The panels of the step, the most important first, then all others that have something to show.
    var panels: [PanelKind] {
        guard let stage, !stage.panels.isEmpty else { return [] }
        let others = player?.run?.subjects ?? Panels.subjects(in: Trace())
        return stage.panels + others.filter { !stage.panels.contains($0) }
    }

    var answer: LessonProgress.Answer? { step.flatMap { progress.answers[$0.id] } }

    /// Whether the question of a prediction fills the screen.
    var isAsking: Bool {
        if case .predict = step?.kind { !isWatching } else { false }
    }

    var isChallenge: Bool { if case .challenge = step?.kind { true } else { false } }

}

/// An answer that the student has not given yet.
struct ReplyDraft: Hashable, Sendable {
    /// Place of the choice in the list.
    var choice: Int?
    /// Digits typed for a number.
    var typed = ""
}
