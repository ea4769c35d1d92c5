import Scenario
import TerminalKit
import Trace

/// A lesson's page, in sentences: where one is, what it says, what is asked, and how things stand.
struct LessonSpeech {
    let state: LessonState
    let app: App
    var language: Language { app.language }
    var numbers: NumberText { NumberText(language, .ascii) }

    init(_ state: LessonState, _ app: App) {
        self.state = state
        self.app = app
    }

    var announcements: [Announcement] {
        let page = "\(state.lesson.id) \(state.pageName)"
        var list = [Announcement("place", place), Announcement("text \(page)", text)]
        list.append(Announcement("goals \(page)", goals))
        list.append(Announcement("result \(page)", result))
        list.append(Announcement("passed \(page)", passed))
        list.append(Announcement("hints \(page)", hints))
        list += question.map { Announcement("\($0.0) \(page)", $0.1) }
        guard state.step != nil, !state.isAsking, let player = state.player else { return list + [reading] }
        list.append(Announcement("controls \(page)", controls(player)))
        list.append(Announcement("control \(page)", control))
        list.append(Announcement("changes \(page)", changes(player)))
        list.append(Announcement("speed \(page)", speed(player), isUsual: true))
        list.append(Announcement("times \(page)", [times], isUsual: true))
        list += FuturesSpeech(state, app).map { $0.announcements(page) } ?? []
        if let panel = panel(player) { list.append(panel) }
        list.append(Announcement("selected \(page)", selected(player), isUsual: true))
        list.append(Announcement("zoom \(page)", zoom, isUsual: true))
        return list + [playing(player, page), reading]
    }

    // MARK: The page

    var place: [String] {
        let title = "\(language.text("Lesson", "Lección")) \(state.lesson.number), \(state.lesson.title(language))"
        switch state.page {
        case .card: return ["\(title).", "\(Words.card(language).capitalizedFirst)."]
        case .summary: return ["\(title).", "\(Words.summary(language).capitalizedFirst)."]
        case .step(let index):
            guard let step = state.step else { return ["\(title)."] }
            let count = state.lesson.steps.count
            let place = "\(Words.step(language).capitalizedFirst) \(index + 1) \(Words.of(language)) \(count)"
            return [
                "\(title).", "\(place), \(Words.kind(step.kind)(language)): \(Speech.sentence(step.title(language)))",
            ]
        }
    }

    func sentences(_ blocks: [MarkdownBlock]) -> [String] {
        MarkdownSpeech(language: language) {
            state.figures.text(of: $0, in: state.step, language)
        } link: {
            state.lesson.note(onLinkTo: $0, language)
        }.sentences(blocks)
    }

    private var text: [String] {
        switch state.page {
        case .card:
            return [language.text("\(state.lesson.minutes) minutes.", "\(state.lesson.minutes) minutos.")]
                + MenuSpeech.card(state.lesson.card, language)
        case .summary: return summary
        case .step:
            guard let step = state.step else { return [] }
            return sentences(state.lesson.text(of: step, language).body)
        }
    }

    /// What a challenge says once it is reached.
    private var passed: [String] {
        guard let step = state.step, state.isChallenge, state.isPassed else { return [] }
        return sentences(state.lesson.text(of: step, language).after)
    }

    private var summary: [String] {
        let text = state.lesson.text(language)
        let progress = state.progress
        let view = SummaryView(state: state, language: language, glyphs: .ascii)
        var lines = view.stillOpen.map { Speech.sentence($0.trimmingBlanks) } + sentences(text.summary)
        if !progress.answers.isEmpty { lines.append(score) }
        lines.append(Speech.sentence(view.challenges))
        if !text.reading.isEmpty { lines += ["\(Words.reading(language)):"] + sentences(text.reading) }
        return lines
    }

    var score: String {
        let progress = state.progress
        let text = Words.score(
            right: progress.rightAnswers, of: progress.answers.count, misconceptions: progress.misconceptions)
        return Speech.sentence(text(language).replacing(" ·", with: ";"))
    }

    private var hints: [String] {
        (0..<state.hints).flatMap(hint) + (state.offersSolution ? [Words.lastHint(language)] : [])
    }

    private func hint(_ index: Int) -> [String] {
        guard let hints = state.step.map({ state.lesson.text(of: $0, language).hints }), hints.indices.contains(index)
        else { return [] }
        return ["\(Words.hint(language)) \(index + 1):"] + sentences(hints[index])
    }

    // MARK: Challenges

    private var goals: [String] {
        guard case .challenge(let challenge) = state.step?.kind else { return [] }
        let view = GoalText(state: state, language: language, glyphs: .ascii)
        var lines = challenge.goals.enumerated().map { Speech.sentence("\(name($0)): \(phrase($1, view))") }
        if challenge.seeds > 1 { lines.append(Words.eachInAll(challenge.seeds)(language)) }
        guard state.showsSolution else { return lines }
        return lines + solution
    }

    /// The one that the lesson has.
    var solution: [String] {
        guard case .challenge(let challenge) = state.step?.kind else { return [] }
        return ["\(Words.oneSolution(language)):"]
            + challenge.solution.map { Speech.sentence(state.controls.text(of: $0, numbers)) }
    }

    /// What came of checking them.
    private var result: [String] {
        guard case .challenge(let challenge) = state.step?.kind, let verdict = state.verdict else { return [] }
        let view = GoalText(state: state, language: language, glyphs: .ascii)
        let each = zip(challenge.goals, verdict.goals).enumerated().map { index, pair in
            let (goal, result) = pair
            let reached =
                result.isMet ? language.text("reached", "conseguido") : language.text("not reached", "no conseguido")
            let text = "\(name(index)), \(reached): \(phrase(goal, view)). \(view.spokenValues(result))"
            return Speech.sentence(text)
        }
        let faults = state.hasOwnFaults ? [Words.ownFaults(language)] : []
        return ["\((verdict.isPassed ? Words.passed : Words.notYet)(language))."] + faults + each
    }

    private func name(_ goal: Int) -> String { language.text("Goal \(goal + 1)", "Objetivo \(goal + 1)") }

    private func phrase(_ goal: Challenge.Goal, _ view: GoalText) -> String {
        view.phrase(goal).spokenComparison(language)
    }

    // MARK: Reading

    /// Turned pages and scrolled panels show other parts of what is told whole.
    private var reading: Announcement {
        let rows = state.scroll.sorted { $0.key.rawValue < $1.key.rawValue }.filter { $0.value != 0 }
        let moved = rows.map { kind, rows in
            language.text("\(kind.rawValue): moved by \(rows).", "\(kind.rawValue): desplazado \(rows).")
        }
        return Announcement("reading", page + moved, isUsual: true, isIdle: true)
    }

    /// The text's page: what somebody turned to who asked for the solution or a hint again, else its number.
    private var page: [String] {
        if state.showsSolution, app.pageAsked(by: .solution, in: state) == state.textPage { return solution }
        if state.hints > 0, app.pageAsked(by: .hint, in: state) == state.textPage { return hint(state.hints - 1) }
        let page = state.textPage < 1 ? 1 : state.textPage + 1
        return [language.text("Page \(page) of the text.", "Página \(page) del texto.")]
    }
}

extension String {
    /// `web, slowest at most 400 ms` for `web, slowest <= 400 ms`.
    fileprivate func spokenComparison(_ language: Language) -> String {
        let words: [(String, String, String)] = [
            ("<=", "at most", "como mucho"), (">=", "at least", "como mínimo"), ("!=", "not", "distinto de"),
            ("<", "less than", "menos de"), (">", "more than", "más de"), ("=", "is", "igual a"),
        ]
        return words.reduce(self) { text, word in
            text.replacing(" \(word.0) ", with: " \(language.text(word.1, word.2)) ")
        }
    }
}
