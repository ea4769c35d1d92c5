import Scenario
import TerminalKit

/// The keys that matter now, the most useful first.
struct LessonFooter {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs
    /// Whether the text goes on on another page.
    var hasMoreText = false
    /// What somebody can do who follows a presentation, where that is not everything.
    var followed: ((_ hasMoreText: Bool) -> [KeyHint]?)?

    func draw(in area: Rect, on frame: inout Frame) {
        if let hints = followed?(hasMoreText) {
            return frame.draw(KeyHints(hints), in: area.inset(horizontal: 1), glyphs: glyphs)
        }
        var hints = hints
        // A challenge is for those who have read its text.
        if hasMoreText {
            hints.insert(hint(.pageDown, "more text", "más texto"), at: state.isChallenge ? hints.count - 1 : 0)
        }
        // The first are the most important; the way to all keys always stays.
        let ranked = hints.enumerated().map { place, hint in
            var hint = hint
            hint.importance = hint == help ? hints.count : hints.count - place
            return hint
        }
        frame.draw(KeyHints(ranked), in: area.inset(horizontal: 1), glyphs: glyphs)
    }

    private var hints: [KeyHint] {
        switch state.page {
        case .card: [hint(.confirm, "begin", "empezar"), outline, otherLanguage, menu, help]
        case .summary:
            summaryHints
        case .step where state.isAsking: questionHints
        case .step where state.player == nil || state.stage?.panels.isEmpty != false: textHints
        case .step where state.isShowingFutures: futureHints
        case .step: playerHints
        }
    }

    /// A lesson with something open has no sheet yet.
    private var summaryHints: [KeyHint] {
        let first =
            state.openSteps.isEmpty
            ? hint(.sheet, "reference sheet", "hoja de referencia")
            : KeyHint(KeyMap.keys([.confirm], glyphs.repertoire), Words.firstOpenStep(language))
        return [first, hint(.previousStep, "back", "atrás"), outline, otherLanguage, menu, help]
    }

    private var playerHints: [KeyHint] {
        // Who has passed a challenge goes on.
        var list = state.isPassed ? [next] : []
        list.append(hint(.playPause, "play", "reproducir"))
        if state.isChallenge { list.append(hint(.confirm, "check", "comprobar")) }
        if !state.controls.isEmpty { list.append(hint(.lower, .raise, "change", "cambiar")) }
        if state.isChallenge {
            list.append(
                state.canShowSolution ? hint(.solution, "solution", "solución") : hint(.hint, "hint", "pista"))
        }
        if state.controls.count > 1 { list.append(hint(.nextControl, "control", "control")) }
        list.append(hint(.back, .forward, "event", "evento"))
        if !state.isPassed { list.append(next) }
        if !state.marks.isEmpty { list.append(hint(.previousMark, .nextMark, "mark", "marca")) }
        if state.player?.earlier != nil { list.append(hint(.compare, "both futures", "dos futuros")) }
        return list + [
            hint(.nextPanel, "panel", "panel"), hint(.zoom, "zoom", "ampliar"), hint(.why, "why", "por qué"), help,
        ]
    }

    private var futureHints: [KeyHint] {
        [
            hint(.undo, "undo", "deshacer"), hint(.compare, "one view", "una vista"),
            hint(.nextDifference, "where they part", "dónde se separan"), hint(.playPause, "play", "reproducir"),
            hint(.lower, .raise, "change", "cambiar"), hint(.why, "why", "por qué"), next, help,
        ]
    }

    private var questionHints: [KeyHint] {
        if state.answer != nil {
            return [hint(.watchIt, "watch it", "verlo"), next, hint(.previousStep, "back", "atrás"), help]
        }
        let hints = state.refusal(of: .hint) == nil ? [hint(.hint, "hint", "pista")] : []
        let sure =
            [hint(.confirm, "I am sure", "lo sé"), KeyHint("g", language.text("I am guessing", "lo supongo"))]
            + hints + [help]
        if case .predict(let prediction) = state.step?.kind, case .choices(let choices) = prediction.form {
            return [KeyHint("1-\(choices.count)", language.text("choose", "elegir"))] + sure
        }
        return [KeyHint("0-9", language.text("type it", "escribirlo"))] + sure
    }

    private var textHints: [KeyHint] {
        [next, hint(.previousStep, "back", "atrás"), hint(.pageDown, "page", "página"), menu, help]
    }

    private var next: KeyHint { hint(.nextStep, "next step", "siguiente paso") }
    private var menu: KeyHint { hint(.close, "menu", "menú") }
    private var otherLanguage: KeyHint { hint(.language, "español", "English") }
    private var outline: KeyHint { hint(.outline, "steps", "pasos") }
    private var help: KeyHint { hint(.help, "keys", "teclas") }

    private func hint(_ command: Command, _ english: String, _ spanish: String) -> KeyHint {
        KeyHint(KeyMap.keys([command], glyphs.repertoire), language.text(english, spanish))
    }

    private func hint(_ first: Command, _ second: Command, _ english: String, _ spanish: String) -> KeyHint {
        KeyHint(KeyMap.keys([first, second], glyphs.repertoire), language.text(english, spanish))
    }
}
