import Scenario
import TerminalKit

/// What has happened in a class from one moment to another: whom to tell depends on which side one is.
struct ClassChanges: Spoken {
    let before: App
    let after: App

    init(_ before: App, _ after: App) {
        self.before = before
        self.after = after
    }

    func spoken(_ language: Language) -> [String] {
        var sentences = (after.follower == nil ? [] : following(language)) + notes(language) + hands(language)
        guard let now = ClassStanding(after) else { return sentences }
        sentences += demo(language)
        guard let old = ClassStanding(before) else { return sentences }
        return sentences + budgets(old, now, language) + timer(old, now, language)
            + black(old.isBlack, now.isBlack, language) + audience(old, now, language)
    }

    // MARK: Teaching

    /// A budget is told once, when it is passed.
    private func budgets(_ old: ClassStanding, _ now: ClassStanding, _ language: Language) -> [String] {
        var lines: [String] = []
        if old.lesson.page == now.lesson.page, let before = old.clock.step, let step = now.clock.step, step.isOver,
            !before.isOver
        {
            let budget = step.budget.spoken(language)
            lines.append(
                language.text(
                    "Over budget: this step was to take \(budget).",
                    "Fuera de tiempo: este paso tenía \(budget)."))
        }
        if now.clock.total.isOver, !old.clock.total.isOver {
            let budget = now.clock.total.budget.spoken(language)
            lines.append(
                language.text(
                    "Over budget: the lesson was to take \(budget).",
                    "Fuera de tiempo: la lección tenía \(budget)."))
        }
        return lines
    }

    private func timer(_ old: ClassStanding, _ now: ClassStanding, _ language: Language) -> [String] {
        if now.clock.total.elapsed < old.clock.total.elapsed {
            return [language.text("The timer is at zero.", "El reloj está a cero.")]
        }
        guard old.isTimerRunning != now.isTimerRunning else { return [] }
        return [
            now.isTimerRunning
                ? language.text("The timer runs.", "El reloj corre.") : Speech.sentence(Words.timerStands(language))
        ]
    }

    private func hands(_ language: Language) -> [String] {
        guard let old = before.heardTally, let now = after.heardTally, old.state.page == now.state.page else {
            return []
        }
        let speech = TallySpeech(state: now.state, tally: now.tally, language: language)
        let places = now.state.tallyOptions(language).indices
        let changed = places.filter { old.tally.count(of: $0) != now.tally.count(of: $0) }.map(speech.hands)
        // Where the lesson is told, the answer is told with it.
        guard case .notes = after.screen, now.tally.isRevealed, !old.tally.isRevealed else { return changed }
        return changed + [language.text("The answer is shown.", "Se muestra la respuesta.")]
    }

    private func black(_ wasBlack: Bool, _ isBlack: Bool, _ language: Language) -> [String] {
        guard wasBlack != isBlack else { return [] }
        return [
            isBlack
                ? language.text("The screen is black.", "La pantalla está en negro.")
                : language.text("The screen shows the lesson again.", "La pantalla vuelve a mostrar la lección.")
        ]
    }

    private func audience(_ old: ClassStanding, _ now: ClassStanding, _ language: Language) -> [String] {
        let more = now.followers - old.followers
        guard more != 0 else { return [] }
        let count = abs(more)
        let came =
            more > 0
            ? language.text(
                count == 1 ? "1 more came in" : "\(count) more came in",
                count == 1 ? "Se une 1 persona" : "Se unen \(count) personas")
            : language.text(
                count == 1 ? "1 left" : "\(count) left", count == 1 ? "Se va 1 persona" : "Se van \(count) personas")
        return ["\(came). \(now.audience(language))"]
    }

    /// What the demo has done, and where it stands.
    private func demo(_ language: Language) -> [String] {
        guard let old = before.presenter?.demo, let now = after.presenter?.demo else {
            let (old, now) = (ClassStanding(before)?.nextLine, ClassStanding(after))
            return now?.nextLine.map { $0 == old } ?? true ? [] : now.map { [$0.demo(language)] } ?? []
        }
        var lines = now.done(since: old).map {
            language.text("The demo: \($0).", "La demo: \($0).")
        }
        if now.isPlaying, !old.isPlaying { lines.insert(language.text("The demo goes on.", "La demo sigue."), at: 0) }
        guard !now.isPlaying, old.isPlaying, let standing = ClassStanding(after) else { return lines }
        let stands = language.text("The demo stands still.", "La demo está parada.")
        return lines + [stands, standing.demo(language)]
    }

    // MARK: Following

    private func following(_ language: Language) -> [String] {
        guard let old = before.follower, let now = after.follower else { return [] }
        var lines = connection((old.loss, old.quietSeconds), (now.loss, now.quietSeconds), language)
        if old.status != now.status {
            switch now.status {
            case .live: lines.append(Words.followsPresenter(language))
            case .detached(let since):
                let moment = since.map { NumberText(language, .ascii).moment($0) }
                lines.append(Speech.sentence(Words.onYourOwn(since: moment)(language)))
            case .lost: lines.append(Speech.sentence(Words.onYourOwn(since: nil)(language)))
            }
        }
        if now.isDark != old.isDark, now.isLive {
            lines.append(
                now.isDark
                    ? Words.screenIsBlack(language)
                    : language.text("The presenter's screen is back.", "Vuelve la pantalla de quien presenta."))
        }
        return lines
    }

    private func notes(_ language: Language) -> [String] {
        guard case .notes(let old) = before.screen, case .notes(let now) = after.screen else { return [] }
        return connection((old.loss, old.quietSeconds), (now.loss, now.quietSeconds), language)
    }

    private typealias Connection = (loss: FollowerState.Loss?, quietSeconds: Int?)

    /// That it is lost or back, that a silence begins or ends: how long it lasts is no news.
    private func connection(_ old: Connection, _ now: Connection, _ language: Language) -> [String] {
        if old.loss != now.loss {
            return [
                now.loss.map { Speech.sentence(Words.lost($0)(language)) }
                    ?? language.text("The connection is there again.", "Vuelve a haber conexión.")
            ]
        }
        switch (old.quietSeconds, now.quietSeconds) {
        case (nil, let seconds?): return [Speech.sentence(Words.noWord(for: seconds)(language))]
        case (_?, nil) where now.loss == nil:
            return [language.text("The presenter is heard again.", "Vuelve a haber noticias.")]
        default: return []
        }
    }
}

extension Demo {
    /// The lines that were played after another moment of the same demo, but for those that are for replays.
    fileprivate func done(since before: Demo) -> [String] {
        guard next > before.next else { return [] }
        return script.lines[before.next..<next].compactMap { line in
            switch line.action {
            case .key, .wait, .change: "\(line.action)"
            case .cancel, .resize, .frame, .expect, .pause, .clock, .restart: nil
            }
        }
    }
}

extension App {
    /// The hands that are told as they are counted, and the question that they are for.
    fileprivate var heardTally: (state: LessonState, tally: Tally)? {
        if case .notes(let notes) = screen {
            guard let state = notes.lesson, state.isAsking, let tally = state.tally else { return nil }
            return (state, tally)
        }
        guard let lesson, let shownTally else { return nil }
        return (lesson, shownTally)
    }

    /// The same, with the presenter's clock where the other has it: a clock is told when it is asked for.
    func atTime(of other: App) -> App {
        var same = self
        if let timer = other.presenter?.timer { same.presenter?.timer = timer }
        return same
    }

    /// What is told of a class beside the lesson itself.
    var classAnnouncements: [Announcement] {
        if follower != nil { return [Announcement("following", [Words.followsPresenter(language)], on: "once")] }
        guard let presenter, let state = lesson else { return [] }
        var list = [Announcement("sharing", presenter.sharing?.spoken(language) ?? [], on: "once")]
        if let step = state.step {
            let minutes = Duration.seconds(60 * step.minutes).spoken(language)
            let planned = language.text("Planned: \(minutes).", "Previsto: \(minutes).")
            list.append(Announcement("planned \(state.pageName)", [planned]))
        }
        if presenter.demo != nil, let standing = ClassStanding(self) {
            list.append(Announcement("demo", [standing.demo(language)], on: "once"))
        }
        return list
    }
}
