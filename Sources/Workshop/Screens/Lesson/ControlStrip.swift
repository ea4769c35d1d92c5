import TerminalKit

/// One line with the step's controls: their names and values at the cursor; the one that `+` and `-` change is marked.
struct ControlStrip {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        guard !area.isEmpty, let player = state.player else { return }
        var x = area.x + 1
        for (index, control) in state.controls.enumerated() {
            let isChosen = index == state.control
            let mark = isChosen ? String(glyphs[.selected]) : " "
            let now = player.value(at: control.path) ?? "?"
            let written = player.document.value(at: control.path) ?? now
            x = frame.write(
                "\(mark)\(control.label(language)) ", x: x, y: area.y, style: Style(isChosen ? .focus : .muted),
                clip: area)
            if written != now {
                x = frame.write("\(written) \(glyphs.rightwards) ", x: x, y: area.y, style: Style(.before), clip: area)
            }
            x =
                frame.write(
                    now, x: x, y: area.y, style: Style(written != now ? .after : .text, isChosen ? .bold : []),
                    clip: area) + 2
        }
    }
}
