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
        var groups = openSteps(width: width) + renderer.groups(text.summary)
        let progress = state.progress
        if !progress.answers.isEmpty {
            let score = Words.score(
                right: progress.rightAnswers, of: progress.answers.count, misconceptions: progress.misconceptions)
            groups.append(MarkdownRenderer.Group(lines: StyledText(score(language), Style(.accent)).wrapped(to: width)))
        }
        groups.append(
            MarkdownRenderer.Group(
                lines: StyledText(challenges.capitalizedFirst, Style(.accent)).wrapped(to: width), isApart: false))
        if !text.reading.isEmpty {
            groups += [.heading(Words.reading(language))] + renderer.groups(text.reading).attached
        }
        return groups
    }

    var challenges: String {
        let progress = state.progress
        let text = Words.challenges(
            passed: progress.passed.count, of: state.lesson.challengeCount, withSolution: progress.passedWithSolution)
        return text(language)
    }

    /// What is left to do; nothing once the lesson is finished.
    private func openSteps(width: Int) -> [MarkdownRenderer.Group] {
        guard let heading = stillOpen.first else { return [] }
        let items = stillOpen.dropFirst().map { item in
            MarkdownRenderer.Group(lines: StyledText(item).wrapped(to: width, hanging: 3), isApart: false)
        }
        return [.heading(heading, .warn)] + items
    }

    /// How much is open, then the first few of these steps.
    var stillOpen: [String] {
        let open = state.openSteps
        if open.isEmpty { return [] }
        let steps = state.lesson.steps
        let items = open.prefix(Self.mostOpen).map { index in
            let number = Text.pad("\(index + 1)", to: 2, .right)
            return "\(number) \(Words.kind(steps[index].kind)(language)): \(steps[index].title(language))"
        }
        let rest = open.count - items.count
        return [Words.stepsOpen(open.count, of: steps.count)(language)] + items
            + (rest > 0 ? ["   \(Words.andMore(rest)(language))"] : [])
    }

    private static let mostOpen = 3
}

extension String {
    /// The text with its first letter in upper case.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Lesson {
    var challengeCount: Int { steps.count { if case .challenge = $0.kind { true } else { false } } }
}
