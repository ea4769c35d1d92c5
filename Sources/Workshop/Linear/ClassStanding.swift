import Scenario

/// How a class stands: from the presentation itself, or from what its notes are told of it.
struct ClassStanding {
    let lesson: LessonState
    let clock: TeachingClock
    let isTimerRunning: Bool
    let followers: Int
    /// The next line of the demo; `nil`: there is no demo. Empty: it is over.
    let nextLine: String?
    let tally: Tally?
    let isBlack: Bool

    /// `nil` where nobody teaches, and where nothing has come from who does.
    init?(_ app: App) {
        if case .notes(let notes) = app.screen {
            guard let state = notes.lesson, let times = notes.times else { return nil }
            lesson = state
            clock = TeachingClock(
                step: .seconds(times.stepSeconds), total: .seconds(times.totalSeconds), state)
            isTimerRunning = times.isTimerRunning
            followers = times.followers
            nextLine = times.nextLine
            tally = state.isAsking ? state.tally : nil
            isBlack = notes.snapshot?.isBlack ?? false
        } else {
            guard let presenter = app.presenter, let state = app.lesson else { return nil }
            lesson = state
            clock = TeachingClock(presenter.timer, state)
            isTimerRunning = presenter.timer.isRunning
            followers = presenter.followers
            nextLine = presenter.demo.map { $0.announcement ?? "" }
            tally = app.shownTally
            isBlack = presenter.isBlack
        }
    }

    // MARK: Sentences

    /// The step's time against its budget, then the lesson's.
    func times(_ language: Language) -> [String] {
        var lines: [String] = []
        if let step = clock.step {
            let (spent, budget) = (step.elapsed.spoken(language), step.budget.spoken(language))
            lines.append(language.text("This step: \(spent) of \(budget).", "Este paso: \(spent) de \(budget)."))
        }
        let (spent, total) = (clock.total.elapsed.spoken(language), clock.total)
        let rest = (total.isOver ? total.elapsed - total.budget : total.budget - total.elapsed).spoken(language)
        lines.append(
            total.isOver
                ? language.text("In all: \(spent), \(rest) too many.", "En total: \(spent), \(rest) de más.")
                : language.text("In all: \(spent), \(rest) left.", "En total: \(spent); quedan \(rest)."))
        return isTimerRunning ? lines : lines + [Speech.sentence(Words.timerStands(language))]
    }

    func audience(_ language: Language) -> String {
        switch followers {
        case 0: language.text("Nobody follows.", "No sigue nadie.")
        case 1: language.text("1 follows.", "Sigue 1 persona.")
        default: language.text("\(followers) follow.", "Siguen \(followers) personas.")
        }
    }

    func demo(_ language: Language) -> String {
        guard let nextLine else { return language.text("There is no demo.", "No hay ninguna demo.") }
        return nextLine.isEmpty
            ? Speech.sentence(Words.demoOver(language))
            : language.text("The demo, next: \(nextLine).", "La demo, después: \(nextLine).")
    }

    func faults(_ language: Language) -> [String] {
        let faults = lesson.quickFaults
        if faults.isEmpty { return [language.text("There are no faults here.", "Aquí no hay fallos.")] }
        return faults.enumerated().map { "\($0 + 1). \(Speech.sentence($1.label(language)))" }
    }

    func hands(_ language: Language) -> [String] {
        guard let tally else { return [language.text("No question is asked.", "No se pregunta nada.")] }
        return TallySpeech(state: lesson, tally: tally, language: language).hands
    }

    /// What only the speaker is told of this page.
    func notes(_ language: Language) -> [String] {
        guard let step = lesson.step else {
            let items = lesson.page == .card ? lesson.lesson.card.watch : []
            let heading = items.isEmpty ? [] : ["\(Words.watchFor(language)):"]
            return heading + items.map { "- \(Speech.sentence($0(language)))" }
        }
        let text = MarkdownSpeech(language: language) { lesson.figures.text(of: $0, in: step, language) }
        let notes = text.sentences(lesson.lesson.text(of: step, language).notes)
        return notes.isEmpty ? [Words.noNotes(language)] : notes
    }

    /// The run's answer to the question on the screen.
    func answer(_ language: Language) -> [String] {
        guard lesson.isAsking, let answer = lesson.revealedAnswer(language) else { return [] }
        let state = (tally?.isRevealed == true ? Words.answerShown : Words.answerHidden)(language)
        let right = lesson.tallyOptions(language).firstIndex(where: \.isRight).map {
            language.text(", answer \($0 + 1)", ", respuesta \($0 + 1)")
        }
        return [Speech.sentence("\(Words.itTook(language)): \(answer)\(right ?? ""); \(state)")]
    }

    func next(_ language: Language) -> String {
        guard let step = lesson.nextStep else {
            let end = lesson.page == .summary ? Words.theEnd(language) : Words.summary(language)
            return Speech.sentence("\(Words.then(language)): \(end)")
        }
        let words = lesson.firstWords(of: step, language, .ascii)
        return "\(Words.then(language)): \(Speech.sentence(step.title(language))) \(Speech.sentence(words))"
            .trimmingBlanks
    }
}

extension TeachingClock {
    /// As the presentation tells it to its notes.
    init(step: Duration, total: Duration, _ state: LessonState) {
        self.init(TeachingTimer(), state)
        self.step?.elapsed = step
        self.total.elapsed = total
    }
}

extension Duration {
    /// `1 hour and 5 minutes`, `4 minutes and 10 seconds`.
    func spoken(_ language: Language) -> String {
        let seconds = max(0, components.seconds)
        let parts: [(Int64, (String, String), (String, String))] = [
            (seconds / 3600, ("hour", "hours"), ("hora", "horas")),
            (seconds / 60 % 60, ("minute", "minutes"), ("minuto", "minutos")),
            (seconds % 60, ("second", "seconds"), ("segundo", "segundos")),
        ]
        let told = parts.filter { $0.0 > 0 }.prefix(2).map { count, english, spanish in
            "\(count) \(count == 1 ? language.text(english.0, spanish.0) : language.text(english.1, spanish.1))"
        }
        return told.isEmpty ? language.text("0 seconds", "0 segundos") : Speech.list(Array(told), language)
    }
}
