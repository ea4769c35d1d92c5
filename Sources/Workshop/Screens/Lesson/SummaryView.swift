import TerminalKit

/// The end of a lesson: what to take away, how the predictions went, where to read on.
struct SummaryView {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    func page(in area: Rect) -> TextPage {
        TextPage(
            title: Words.summary(language).capitalizedFirst, groups: groups(width: TextPage.width(in: area)),
            page: state.textPage)
    }

    private func groups(width: Int) -> [MarkdownRenderer.Group] {
        let text = state.lesson.text(language)
        let renderer = state.renderer(width: width, language, glyphs)
        var groups = renderer.groups(text.summary)
        let progress = state.progress
        if !progress.answers.isEmpty {
            let score = Words.score(
                right: progress.rightAnswers, of: progress.answers.count, misconceptions: progress.misconceptions)
            groups.append(MarkdownRenderer.Group(lines: StyledText(score(language), Style(.accent)).wrapped(to: width)))
        }
        let challenges = Words.challenges(passed: progress.passed.count, of: state.lesson.challengeCount)(language)
        groups.append(
            MarkdownRenderer.Group(
                lines: StyledText(challenges.capitalizedFirst, Style(.accent)).wrapped(to: width), isApart: false))
        if !text.reading.isEmpty {
            groups += [.heading(Words.reading(language))] + renderer.groups(text.reading).attached
        }
        return groups
    }
}

extension String {
    /// The text with its first letter in upper case.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Lesson {
    var predictionCount: Int { steps.count { if case .predict = $0.kind { true } else { false } } }
    var challengeCount: Int { steps.count { if case .challenge = $0.kind { true } else { false } } }
}
