import TerminalKit

/// One line with the step's controls: their names and values at the cursor; the one that `+` and `-` change is marked.
struct ControlStrip {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    private static let gap = 2

    func draw(in area: Rect, on frame: inout Frame) {
        guard !area.isEmpty, let player = state.player else { return }
        let texts = state.controls.indices.map { text(of: $0, player) }
        // Where they do not all fit, the chosen one is among those that are shown.
        let chosen = min(state.control, texts.count - 1)
        var first = 0
        while first < chosen, width(texts[first...chosen]) > area.width - 1 { first += 1 }
        var x = area.x + 1
        for text in texts[first...] {
            frame.write(text, x: x, y: area.y, clip: area)
            x += text.width + Self.gap
        }
    }

    private func width(_ texts: ArraySlice<StyledText>) -> Int {
        texts.reduce(-Self.gap) { $0 + $1.width + Self.gap }
    }

    private func text(of index: Int, _ player: Player) -> StyledText {
        let control = state.controls[index]
        let isChosen = index == state.control
        let mark = isChosen ? String(glyphs[.selected]) : " "
        let now = player.value(at: control.path) ?? "?"
        let original = player.document.value(at: control.path) ?? now
        var text = StyledText("\(mark)\(control.label(language)) ", Style(isChosen ? .focus : .muted))
        let numbers = NumberText(language, glyphs.repertoire)
        if original != now {
            text.append("\(control.text(of: original, numbers)) \(glyphs.rightwards) ", Style(.before))
        }
        text.append(control.text(of: now, numbers), Style(original != now ? .after : .text, isChosen ? .bold : []))
        return text
    }
}
