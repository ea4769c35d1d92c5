import Scenario
import TerminalKit

/// Draws the outline of a lesson: each step with its kind, how it went, and how long it takes.
struct OutlineView {
    var outline: OutlineState
    var lesson: LessonState
    var language: Language
    var glyphs: Glyphs

    private static let width = 76

    func draw(on frame: inout Frame) {
        let pages = lesson.pages
        let area = frame.popUpRoom.popUp(
            Size(width: min(Self.width, frame.size.width - 4), height: min(pages.count + 4, frame.size.height)))
        let place = Scroll(total: pages.count, visible: area.height - 4, showing: outline.index)
        let box = Box(
            "\(lesson.lesson.number) \(lesson.lesson.title(language))",
            note: "\(lesson.lesson.minutes) \(Words.minutes(language))", footnote: place.part, isFocused: true)
        frame.draw(box, in: area, glyphs: glyphs)
        var content = Box.content(of: area)
        let keys = content.cutBottom(2).row(1)
        let items = pages.map { ChoiceList.Item(text(of: $0), note: note(of: $0)) }
        frame.draw(ChoiceList(items, selected: outline.index), in: content, glyphs: glyphs)
        let hints = [
            KeyHint(KeyMap.keys([.up, .down], glyphs.repertoire), Words.choose(language)),
            KeyHint("1-\(lesson.lesson.steps.count)", Words.step(language)),
            KeyHint(KeyMap.keys([.confirm], glyphs.repertoire), Words.goThere(language)),
            KeyHint("esc", Words.stay(language)),
        ]
        frame.draw(KeyHints(hints), in: keys, glyphs: glyphs)
    }

    private func text(of page: LessonState.Page) -> StyledText {
        let isHere = page == lesson.page
        let style = isHere ? Style(.accent, .bold) : .text
        switch page {
        case .card: return StyledText("   \(Words.card(language).capitalizedFirst)", style)
        case .summary: return StyledText("   \(Words.summary(language).capitalizedFirst)", style)
        case .step(let index):
            let step = lesson.lesson.steps[index]
            let number = Text.pad("\(index + 1)", to: 2, .right)
            let kind = Text.pad(Words.kind(step.kind)(language), to: 12)
            return StyledText("\(number) ", .muted) + StyledText("\(kind) ", .muted)
                + StyledText(step.title(language), style)
        }
    }

    /// How a step went: answered, reached, seen; else how long it takes.
    private func note(of page: LessonState.Page) -> StyledText {
        guard case .step(let index) = page else {
            return page == lesson.page ? StyledText(Words.youAreHere(language), Style(.accent)) : StyledText()
        }
        let step = lesson.lesson.steps[index]
        let minutes = StyledText(" \(Text.pad("\(step.minutes)", to: 2, .right)) min", .muted)
        let here = page == lesson.page ? StyledText(Words.youAreHere(language) + " ", Style(.accent)) : StyledText()
        return here + mark(of: step) + minutes
    }

    private func mark(of step: LessonStep) -> StyledText {
        guard let outcome = outcome(of: step) else { return StyledText(" ") }
        let style = outcome.mark.map { Style($0.role) } ?? .muted
        let parts = [outcome.words?(language), outcome.mark.map { String(glyphs[$0]) }]
        return StyledText(parts.compactMap(\.self).joined(separator: " "), style)
    }

    /// How a step went: in words where a sign alone does not say it. `nil`: it is still open.
    private func outcome(of step: LessonStep) -> (words: LocalizedText?, mark: TerminalKit.Mark?)? {
        let progress = lesson.progress
        if let answer = progress.answers[step.id] {
            return answer.isRight ? (Words.right, .ok) : (Words.wrong, .failed)
        }
        if progress.passed.contains(step.id) { return (Words.reached, .ok) }
        guard progress.isDone(step.cover) else { return nil }
        if case .challenge = step.kind { return (Words.notReachedYet, nil) }
        return (nil, .ok)
    }
}

extension OutlineView {
    /// The outline in sentences, a step a line.
    var spoken: [String] {
        lesson.lesson.steps.enumerated().map { index, step in
            let outcome = outcome(of: step)
            let state = outcome.map { $0.words ?? Words.done } ?? Words.notDone
            return "\(index + 1), \(Words.kind(step.kind)(language)): \(step.title(language)), \(state(language))."
        }
    }
}
