import Scenario
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
            let original = player.document.value(at: control.path) ?? now
            x = frame.write(
                "\(mark)\(control.label(language)) ", x: x, y: area.y, style: Style(isChosen ? .focus : .muted),
                clip: area)
            if original != now {
                x = frame.write(
                    "\(shown(original)) \(glyphs.rightwards) ", x: x, y: area.y, style: Style(.before), clip: area)
            }
            x =
                frame.write(
                    shown(now), x: x, y: area.y, style: Style(original != now ? .after : .text, isChosen ? .bold : []),
                    clip: area) + 2
        }
    }

    /// A value as people read it: `500 ms` for `500ms`.
    private func shown(_ value: String) -> String {
        Duration(written: value).map { NumberText(language, glyphs.repertoire).duration($0) } ?? value
    }
}
