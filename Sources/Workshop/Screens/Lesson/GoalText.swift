import TerminalKit

/// The goals of a challenge and how the student's last try did.
struct GoalText {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    func groups(width: Int) -> [MarkdownRenderer.Group] {
        guard case .challenge(let challenge) = state.step?.kind else { return [] }
        var groups = [heading]
        for (index, goal) in challenge.goals.enumerated() {
            let result = state.verdict?.goals[index]
            let mark = result.map { $0.isMet ? Mark.ok : Mark.failed } ?? .bullet
            let line = StyledText("\(glyphs[mark]) ", Style(mark.role)) + StyledText(phrase(goal))
            var lines = line.wrapped(to: width, hanging: 2)
            if let result { lines += StyledText("  \(values(result))", .muted).wrapped(to: width, hanging: 2) }
            groups.append(MarkdownRenderer.Group(lines: lines, isApart: false))
        }
        if let trivial = state.verdict?.trivial {
            let text = StyledText("\(Words.reachedBut(language)) \(trivial.phrase(language)).", Style(.warn))
            groups.insert(MarkdownRenderer.Group(lines: text.wrapped(to: width), isApart: false), at: 1)
        }
        if state.showsSolution {
            groups.append(.heading(Words.oneSolution(language)))
            for setting in challenge.solution {
                let line = StyledText("\(label(setting.path)) = \(setting.value)")
                groups.append(MarkdownRenderer.Group(lines: line.wrapped(to: width, hanging: 2), isApart: false))
            }
        }
        return groups
    }

    private var heading: MarkdownRenderer.Group {
        guard let verdict = state.verdict else { return .heading(Words.goals(language)) }
        if verdict.trivial != nil { return .heading(Words.trivial(language), .warn) }
        return .heading((verdict.isPassed ? Words.passed : Words.notYet)(language), verdict.isPassed ? .ok : .warn)
    }

    func phrase(_ goal: Challenge.Goal) -> String {
        GoalPhrase(
            condition: goal.that, controls: state.controls, language: language,
            isUnicode: glyphs.repertoire == .unicode
        ).text
    }

    /// What each seed gave; one number where all agree.
    func values(_ result: ChallengeVerdict.GoalResult) -> String {
        let texts = result.values.map { $0.text(language) }
        return Set(texts).count == 1 ? texts[0] : texts.joined(separator: ", ")
    }

    func label(_ path: String) -> String {
        state.controls.first { $0.path == path }?.label(language) ?? path
    }
}
