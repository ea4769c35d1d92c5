import TerminalKit

/// The keys that matter now, the most useful first.
struct LessonFooter {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        let count = hints.count
        // The first are the most important; "? keys" always stays.
        let ranked = hints.enumerated().map { place, hint in
            KeyHint(hint.key, hint.label, importance: hint.key == "?" ? count : count - place)
        }
        frame.draw(KeyHints(ranked), in: area.inset(horizontal: 1), glyphs: glyphs)
    }

    private var hints: [(key: String, label: String)] {
        func hint(_ key: String, _ en: String, _ es: String) -> (String, String) {
            (key, language == .english ? en : es)
        }
        let arrows = glyphs.repertoire == .unicode ? "← →" : "left right"
        let next = hint("n", "next step", "siguiente paso")
        let keys = hint("?", "keys", "teclas")
        switch state.page {
        case .card: return [hint("enter", "begin", "empezar"), hint("l", "español", "English"), hint("q", "menu", "menú"), keys]
        case .summary: return [hint("p", "back", "atrás"), hint("q", "menu", "menú"), keys]
        case .step: break
        }
        if state.isAsking { return questionHints(next, keys) }
        guard state.player != nil, state.stage?.panels.isEmpty == false else {
            return [next, hint("p", "back", "atrás"), hint("pgdn", "page", "página"), hint("q", "menu", "menú"), keys]
        }
        if state.player?.isComparing == true, state.player?.earlier != nil {
            return [
                hint("u", "undo", "deshacer"), hint("=", "one view", "una vista"),
                hint("d", "where they part", "dónde se separan"), hint("+ -", "change", "cambiar"),
                hint("e", "why", "por qué"), next, keys,
            ]
        }
        var list = [hint("space", "play", "reproducir"), hint(arrows, "event", "evento"), hint("[ ]", "mark", "marca")]
        if !state.controls.isEmpty { list.insert(hint("+ -", "change", "cambiar"), at: 1) }
        if state.controls.count > 1 { list.insert(hint("c", "control", "control"), at: 1) }
        if state.isChallenge { list.insert(hint("enter", "check", "comprobar"), at: 1) }
        list += [next, hint("tab", "panel", "panel"), hint("z", "zoom", "ampliar"), hint("e", "why", "por qué"), keys]
        return list
    }

    private func questionHints(_ next: (String, String), _ keys: (String, String)) -> [(key: String, label: String)] {
        func hint(_ key: String, _ en: String, _ es: String) -> (String, String) {
            (key, language == .english ? en : es)
        }
        if state.answer != nil { return [hint("w", "watch it", "verlo"), next, hint("p", "back", "atrás"), keys] }
        var list: [(String, String)] = []
        if case .predict(let prediction) = state.step?.kind, case .choices(let choices) = prediction.form {
            list.append(hint("1-\(choices.count)", "choose", "elegir"))
        } else {
            list.append(hint("0-9", "type it", "escribirlo"))
        }
        return list + [
            hint("enter", "I am sure", "seguro"), hint("g", "I am guessing", "lo supongo"), hint("h", "hint", "pista"), keys,
        ]
    }
}
