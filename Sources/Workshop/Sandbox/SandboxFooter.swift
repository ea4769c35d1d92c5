import Scenario
import TerminalKit

/// The keys that matter now in the sandbox.
struct SandboxFooter {
    var state: SandboxState
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        let hints = hints.enumerated().map { place, hint in
            var hint = hint
            hint.importance = hint == help ? self.hints.count : self.hints.count - place
            return hint
        }
        frame.draw(KeyHints(hints), in: area.inset(horizontal: 1), glyphs: glyphs)
    }

    private var hints: [KeyHint] {
        if case .value = state.input {
            return [
                KeyHint("enter", language.text("take it", "aceptar")),
                KeyHint("esc", language.text("leave it", "dejarlo")),
            ]
        }
        let step = state.canStep ? [hint(.lower, .raise, "change", "cambiar")] : []
        if state.isShowingFutures {
            return [
                hint(.undo, "undo", "deshacer"), hint(.compare, "one view", "una vista"),
                hint(.nextDifference, "where they part", "dónde se separan"),
            ] + step + [hint(.playPause, "play", "reproducir"), help]
        }
        if !state.isInTree {
            return [
                hint(.playPause, "play", "reproducir"), hint(.fault, "fault", "fallo"),
                hint(.back, .forward, "event", "evento"), hint(.nextPanel, "panel", "panel"),
                hint(.zoom, "zoom", "ampliar"), hint(.why, "why", "por qué"), hint(.undo, "undo", "deshacer"), help,
            ]
        }
        return [enter, hint(.addPart, "add", "añadir")] + step + [
            hint(.removePart, "remove", "quitar"), hint(.playPause, "play", "reproducir"),
            hint(.saveFile, "save", "guardar"), hint(.share, "share", "compartir"),
            hint(.nextPanel, "panels", "paneles"), hint(.undo, "undo", "deshacer"), help,
        ]
    }

    private var enter: KeyHint {
        guard let row = state.row, row.isFolder else { return hint(.confirm, "edit", "editar") }
        return row.isUnfolded ? hint(.confirm, "fold", "plegar") : hint(.confirm, "unfold", "desplegar")
    }

    private var help: KeyHint { hint(.help, "keys", "teclas") }

    private func hint(_ command: Command, _ english: String, _ spanish: String) -> KeyHint {
        KeyHint(KeyMap.keys([command], glyphs.repertoire), language.text(english, spanish))
    }

    private func hint(_ first: Command, _ second: Command, _ english: String, _ spanish: String) -> KeyHint {
        KeyHint(KeyMap.keys([first, second], glyphs.repertoire), language.text(english, spanish))
    }
}
