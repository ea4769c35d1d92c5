import Scenario
import TerminalKit

/// Checks that the short texts fit at 80x24: titles, choices, labels of controls and marks, the card's lines.
struct LabelLint {
    /// In the bar at the top, beside the step and its number.
    static let lessonWidth = 40
    /// Beside the picture, in the box's upper edge.
    static let titleWidth = 24
    static let choiceWidth = 40
    static let labelWidth = 24
    static let cardWidth = 74

    let lesson: Lesson
    let nodes: StepNodes

    func problems() -> [Problem] {
        guard let root = nodes.root else { return [] }
        var problems = label(lesson.title, "the title", Self.lessonWidth, (root["title"] ?? root).mark)
        for step in lesson.steps { problems += labels(of: step) }
        for scenario in lesson.scenarios {
            for mark in scenario.document.scenario.marks {
                problems += label(mark.label, "the mark's label", Self.labelWidth, scenario.mark)
            }
        }
        let card = lesson.card
        for (key, texts) in [
            ("learn", card.learn), ("watch", card.watch), ("models", card.models), ("omits", card.omits),
        ] {
            let items = root["card"]?[key]?.items ?? []
            for (text, item) in zip(texts, items) {
                problems += label(text, "the card's line", Self.cardWidth, item.mark)
            }
        }
        return problems
    }

    private func labels(of step: LessonStep) -> [Problem] {
        var problems = label(step.title, "the title", Self.titleWidth, nodes.mark(step, "title"))
        if case .predict(let prediction) = step.kind, case .choices(let choices) = prediction.form {
            for choice in choices {
                guard case .text(let text) = choice.label else { continue }
                problems += label(text, "the choice", Self.choiceWidth, choice.mark)
            }
        }
        for (place, control) in step.stage.controls.enumerated() {
            problems += label(
                control.label, "the control's label", Self.labelWidth,
                nodes.mark(step, control: control.path, at: place))
        }
        for (place, mark) in step.stage.marks.enumerated() {
            problems += label(
                mark.label, "the mark's label", Self.labelWidth, nodes.mark(step, "marks", place, "label"))
        }
        return problems
    }

    private func label(_ text: LocalizedText, _ what: String, _ limit: Int, _ mark: SourceMark) -> [Problem] {
        Language.allCases.compactMap { language in
            let width = Text.width(text(language))
            guard width > limit else { return nil }
            return mark.problem(
                "\(what) \(SafeText.quoted(text(language))) takes \(width) columns, and \(limit) are allowed")
        }
    }
}
