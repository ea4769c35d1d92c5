import Scenario
import TerminalKit

/// Checks that the short texts fit at 80x24 and say something: titles, choices, labels of controls and marks, the
/// card's lines.
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
        var problems = label(lesson.title, "title", Self.lessonWidth, root["title"], root.mark)
        for step in lesson.steps { problems += labels(of: step) }
        for scenario in lesson.scenarios {
            let own = root["scenarios"]?[scenario.name]?["marks"] ?? root["system"]?["marks"]
            for (place, mark) in scenario.document.scenario.marks.enumerated() {
                let node = own?.items.flatMap { $0.indices.contains(place) ? $0[place]["label"] : nil }
                problems += label(mark.label, "mark's label", Self.labelWidth, node, scenario.mark)
            }
        }
        let card = lesson.card
        for (key, texts) in [
            ("learn", card.learn), ("watch", card.watch), ("models", card.models), ("omits", card.omits),
        ] {
            let items = root["card"]?[key]?.items ?? []
            for (text, item) in zip(texts, items) {
                problems += label(text, "card's line", Self.cardWidth, item, item.mark)
            }
        }
        return problems
    }

    private func labels(of step: LessonStep) -> [Problem] {
        var problems = label(step.title, "title", Self.titleWidth, nodes.node(step, "title"), step.mark)
        if case .predict(let prediction) = step.kind, case .choices(let choices) = prediction.form {
            for (place, choice) in choices.enumerated() {
                guard case .text(let text) = choice.label else { continue }
                let node = nodes.node(step, "choices", place, "say")
                problems += label(text, "choice", Self.choiceWidth, node, choice.mark)
            }
            problems += alike(choices, step)
        }
        for (place, control) in step.stage.controls.enumerated() {
            problems += label(
                control.label, "control's label", Self.labelWidth, nodes.control(step, control.path)?["label"],
                nodes.mark(step, control: control.path, at: place))
            problems += labels(of: control, step, at: place)
        }
        for (place, mark) in step.stage.marks.enumerated() {
            let node = nodes.node(step, "marks", place, "label")
            problems += label(mark.label, "mark's label", Self.labelWidth, node, step.mark)
        }
        return problems
    }

    /// What the values of a control are called, in the order in which they are offered.
    private func labels(of control: Control, _ step: LessonStep, at place: Int) -> [Problem] {
        let node = nodes.control(step, control.path)?["labels"]
        let mark = nodes.mark(step, control: control.path, at: place)
        return control.range.values.flatMap { value -> [Problem] in
            guard let text = control.labels[value] else { return [] }
            return label(text, "value's label", Self.labelWidth, node?[value], mark)
        }
    }

    /// Choices that a student cannot tell apart.
    private func alike(_ choices: [Prediction.Choice], _ step: LessonStep) -> [Problem] {
        choices.indices.compactMap { place in
            let choice = choices[place]
            for language in Language.allCases {
                let words = Self.words(choice, language)
                // What is empty is told as that.
                guard !words.isEmpty, let twin = choices[..<place].first(where: { Self.words($0, language) == words })
                else { continue }
                let say = nodes.node(step, "choices", place, "say")
                return ((say?[language.rawValue] ?? say)?.mark ?? choice.mark).problem(
                    "students read the same words in the choice \(SafeText.quoted(twin.id))",
                    suggestion: "say what is different, or remove one")
            }
            return nil
        }
    }

    /// A choice as students compare it: however its letters and blanks are written.
    private static func words(_ choice: Prediction.Choice, _ language: Language) -> String {
        let text =
            switch choice.label {
            case .text(let text): text(language)
            case .value(let value): value.text(language)
            }
        return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// - Parameter mark: where the text stands, if its own node is not known.
    private func label(
        _ text: LocalizedText, _ what: String, _ limit: Int, _ node: YAMLNode?, _ mark: SourceMark
    ) -> [Problem] {
        Language.allCases.compactMap { language in
            let width = Text.width(text(language))
            let isEmpty = text(language).allSatisfy(\.isWhitespace)
            guard isEmpty || width > limit else { return nil }
            let own = node?[language.rawValue]
            // One text for both languages is wrong once.
            if own == nil, language == .spanish, text.en == text.es { return nil }
            let name = own == nil ? "" : language == .english ? "English " : "Spanish "
            let place = (own ?? node)?.mark ?? mark
            if isEmpty { return place.problem("the \(name)\(what) is empty") }
            return place.problem(
                "the \(name)\(what) \(SafeText.quoted(text(language))) takes \(width) columns, and \(limit) are "
                    + "allowed")
        }
    }
}
