import Scenario
import TerminalKit
import Trace

/// Draws the sandbox: the system as a tree at the left, the panels of its run at the right.
struct SandboxView {
    var state: SandboxState
    var language: Language
    var settings: DisplaySettings
    var glyphs: Glyphs { settings.glyphs }

    func draw(on frame: inout Frame) {
        let layout = state.layout(frame.size)
        drawBar(in: layout.bar, on: &frame)
        if !layout.text.isEmpty, !state.isShowingFutures {
            TreeView(state: state, language: language, glyphs: glyphs).draw(in: layout.text, on: &frame)
        }
        if state.isShowingFutures {
            FuturesView(state: state, language: language, settings: settings).draw(layout, on: &frame)
        } else {
            for slot in layout.panels {
                guard let context = state.context(for: slot.kind, language, settings) else { continue }
                frame.drawPanel(slot.kind, context, in: slot.rect)
            }
        }
        StatusStrip(state: state, language: language, glyphs: glyphs).draw(in: layout.controls, on: &frame)
        if let player = state.player {
            TimelineView(marks: state.marks, player: player, language: language, glyphs: glyphs)
                .draw(in: layout.timeline, on: &frame)
        }
        SandboxFooter(state: state, language: language, glyphs: glyphs).draw(in: layout.footer, on: &frame)
        SandboxDialogs(state: state, language: language, glyphs: glyphs).draw(on: &frame)
    }

    private func drawBar(in area: Rect, on frame: inout Frame) {
        frame.fill(area, style: Style(.bar))
        let separator = " \(glyphs.separator) "
        let name = state.path.map { String($0.split(separator: "/").last ?? "") } ?? state.draft.name
        let left = " \(SandboxWords.sandbox(language))\(separator)\(name)"
            + (state.isUnsaved ? separator + SandboxWords.unsaved(language) : "")
        let seed = state.player.map { "  #\($0.seed)" } ?? ""
        let right = language.rawValue + seed + " "
        let room = area.width - Text.width(right) - 1
        frame.write(
            Text.truncate(left, to: room, ellipsis: glyphs.ellipsis), x: 0, y: area.y, style: Style(.bar, .bold))
        frame.write(right, x: area.maxX - Text.width(right), y: area.y, style: Style(.bar))
    }
}
