import TerminalKit

/// A question, the student's answer, and then what the run says: `predict` steps.
struct PredictionView {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    /// Where the question stands; the score is in the line under it.
    static func area(in body: Rect) -> Rect { Rect(x: body.x, y: body.y, width: body.width, height: body.height - 1) }

    func page(_ step: LessonStep, _ prediction: Prediction, in area: Rect) -> TextPage {
        TextPage(
            title: step.title(language), groups: groups(step, prediction, width: TextPage.width(in: area)),
            page: state.textPage)
    }

    private func groups(_ step: LessonStep, _ prediction: Prediction, width: Int) -> [MarkdownRenderer.Group] {
        let text = state.lesson.text(of: step, language)
        let renderer = state.renderer(width: width, language, glyphs)
        let question =
            renderer.groups(text.body)
            + [MarkdownRenderer.Group(lines: replyLines(prediction, width: width))]
        guard let answer = state.answer else {
            return question + HintText(state: state, language: language).groups(renderer)
        }
        // Once answered, what it came to is first; the question stays below for those who look back.
        let verdict = MarkdownRenderer.Group(lines: verdict(answer, prediction, width: width), leads: true)
        return [verdict] + renderer.groups(text.after) + [.heading(Words.question(language), .muted)] + question
    }

    /// The choices, or the number as far as it is typed.
    private func replyLines(_ prediction: Prediction, width: Int) -> [StyledText] {
        switch prediction.form {
        case .choices(let choices):
            return choices.enumerated().flatMap { line($0, $1, width: width) }
        case .number:
            let typed = state.answer?.reply ?? state.reply.typed
            let unit = state.answerUnit(prediction)?.symbol ?? ""
            let end = state.answer == nil ? "_ \(unit)" : " \(unit)"
            let label = StyledText(" \(Words.yourNumber(language))  ")
            return [label + StyledText(typed, Style(.selection, .bold)) + StyledText(end)]
        }
    }

    private func line(_ index: Int, _ choice: Prediction.Choice, width: Int) -> [StyledText] {
        let chosen = state.answer.map { $0.reply == choice.id } ?? (state.reply.choice == index)
        let style = chosen ? Style(.selection, .bold) : .text
        let mark = chosen ? String(glyphs[.selected]) : " "
        let number = StyledText(" \(mark) ", style) + StyledText("\(index + 1)", Style(.key))
        return (number + StyledText("  \(choice.text(language))", style)).wrapped(to: width, hanging: 6)
    }

    /// `You said 1500 ms` over `The run says 500 ms`, as bars where both are numbers.
    private func verdict(_ answer: LessonProgress.Answer, _ prediction: Prediction, width: Int) -> [StyledText] {
        let truth = state.truth(of: prediction)
        let said = prediction.value(of: answer.reply, unit: truth?.answer?.unit)
        let mark = answer.isRight ? Mark.ok : Mark.failed
        let labels = [Words.youSaid(language), Words.itTook(language)]
        let labelWidth = (labels.map(Text.width).max() ?? 0) + 2
        let largest = max(said?.amount ?? 0, truth?.answer?.amount ?? 0)
        func row(_ label: String, _ text: String, _ value: MetricValue?, _ style: Style) -> StyledText {
            let textWidth = value == nil ? max(22, width - labelWidth) : 22
            var line = StyledText(Text.pad(label, to: labelWidth)) + StyledText(Text.pad(text, to: textWidth), style)
            if let value, largest > 0, width >= labelWidth + 22 + 26 {
                let cells = Int((value.amount / largest * 24).rounded())
                line += StyledText(String(repeating: glyphs.full, count: max(0, min(24, cells))), style)
                line += StyledText(String(repeating: glyphs.empty, count: max(0, 24 - cells)), .muted)
            }
            return line
        }
        let saidText = "\(prediction.text(of: answer.reply, unit: truth?.answer?.unit, language)) \(glyphs[mark])"
        let truthText = truth.map { prediction.text(of: $0, language) } ?? ""
        return [
            row(labels[0], saidText, said, Style(mark.role, .bold)),
            row(labels[1], truthText, truth?.answer, Style(.accent, .bold)),
        ]
    }

    func drawScore(in area: Rect, on frame: inout Frame) {
        let total = state.progress.answers.count
        guard total > 0 else { return }
        let text = Words.score(
            right: state.progress.rightAnswers, of: total, misconceptions: state.progress.misconceptions)(language)
        frame.write(
            Text.truncate(glyphs.repertoire == .unicode ? text : text.replacing("·", with: "-"), to: area.width - 2),
            x: area.x + 1, y: area.y, style: .muted)
    }
}
