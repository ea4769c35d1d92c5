import Scenario
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
            if let result {
                lines += StyledText("  \(values(result))", .muted).wrapped(to: width, hanging: 2)
                if width >= Self.roomForAll, result.isMixed(language) {
                    lines += StyledText("  \(result.texts(language).joined(separator: ", "))", .muted)
                        .wrapped(to: width, hanging: 2)
                }
            }
            groups.append(MarkdownRenderer.Group(lines: lines, isApart: false))
        }
        if challenge.seeds > 1 { groups.append(note(Words.eachInAll(challenge.seeds), width: width)) }
        if state.verdict != nil, state.hasOwnFaults { groups.append(note(Words.ownFaults, width: width)) }
        if let trivial = state.verdict?.trivial {
            let text = StyledText("\(Words.reachedBut(language)) \(trivial.phrase(language)).", Style(.warn))
            groups.insert(MarkdownRenderer.Group(lines: text.wrapped(to: width), isApart: false), at: 1)
        }
        if state.showsSolution {
            groups.append(.heading(Words.oneSolution(language)))
            for setting in challenge.solution {
                let line = StyledText(state.controls.text(of: setting, NumberText(language, glyphs.repertoire)))
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

    /// Columns from which on all figures are shown, not the worst alone.
    private static let roomForAll = 40

    private func note(_ text: LocalizedText, width: Int) -> MarkdownRenderer.Group {
        MarkdownRenderer.Group(lines: StyledText(text(language), .muted).wrapped(to: width), isApart: false)
    }

    /// The worst of what the seeds gave; one number where all agree.
    func values(_ result: ChallengeVerdict.GoalResult) -> String {
        guard let worst = result.worst?.text(language) else { return "" }
        return result.isMixed(language) ? Words.worst(worst, of: result.values.count)(language) : worst
    }

    /// The same as a sentence: `It is 80 ms`.
    func spokenValues(_ result: ChallengeVerdict.GoalResult) -> String {
        result.isMixed(language)
            ? values(result).capitalizedFirst : "\(language.text("It is", "Resultado:")) \(values(result))"
    }
}

extension ChallengeVerdict.GoalResult {
    /// What each seed gave.
    func texts(_ language: Language) -> [String] { values.map { $0.text(language) } }

    /// Whether the seeds gave figures that a reader can tell apart.
    func isMixed(_ language: Language) -> Bool { Set(texts(language)).count > 1 }

    /// The value that is farthest from what is asked for; one that is not a number is worst of all.
    var worst: MetricValue? {
        if let none = values.first(where: \.amount.isNaN) { return none }
        func distance(_ value: MetricValue) -> Double { abs(value.amount - target.amount) }
        switch goal.that.comparison {
        case .less, .atMost: return values.max { $0.amount < $1.amount }
        case .more, .atLeast: return values.min { $0.amount < $1.amount }
        case .equal: return values.max { distance($0) < distance($1) }
        case .notEqual: return values.min { distance($0) < distance($1) }
        }
    }
}
