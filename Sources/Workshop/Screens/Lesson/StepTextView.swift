import TerminalKit

/// The text of a step, a page at a time, beside the panels or alone.
struct StepTextView {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    func page(_ step: LessonStep, in area: Rect) -> TextPage {
        TextPage(
            title: step.title(language), groups: groups(step, width: TextPage.width(in: area)), page: state.textPage,
            isFocused: state.focus == .text)
    }

    func groups(_ step: LessonStep, width: Int) -> [MarkdownRenderer.Group] {
        let text = state.lesson.text(of: step, language)
        let renderer = state.renderer(width: width, language, glyphs)
        // Watching a prediction, the student has read the question; what it came to is what matters now.
        if state.isWatching { return renderer.groups(text.after) }
        let hints = HintText(state: state, language: language).groups(renderer)
        guard state.isChallenge else { return renderer.groups(text.body) + hints }
        let goals = GoalText(state: state, language: language, glyphs: glyphs).groups(width: width)
        // After a try, how it went comes first.
        guard state.verdict != nil || state.showsSolution else { return renderer.groups(text.body) + goals + hints }
        return goals + (state.isPassed ? renderer.groups(text.after) : []) + renderer.groups(text.body) + hints
    }
}

/// The hints that the student has asked for.
struct HintText {
    var state: LessonState
    var language: Language

    /// - Parameter number: from 1.
    static func heading(_ number: Int, _ language: Language) -> String { "\(Words.hint(language)) \(number)" }

    func groups(_ renderer: MarkdownRenderer) -> [MarkdownRenderer.Group] {
        guard let step = state.step else { return [] }
        let hints = state.lesson.text(of: step, language).hints.prefix(state.hints)
        let groups = hints.enumerated().flatMap { index, hint in
            [.heading(Self.heading(index + 1, language), .accent)] + renderer.groups(hint).attached
        }
        guard state.offersSolution else { return groups }
        let offer = StyledText(Words.lastHint(language), .muted).wrapped(to: renderer.width)
        return groups + [MarkdownRenderer.Group(lines: offer)]
    }
}

extension [MarkdownRenderer.Group] {
    /// Without the blank line before the first one: it belongs to the heading above.
    var attached: Self {
        var groups = self
        if !groups.isEmpty { groups[0].isApart = false }
        return groups
    }
}
