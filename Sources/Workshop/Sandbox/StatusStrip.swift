import Scenario
import TerminalKit

/// Two lines under the panels: where the cursor is and what stands there; what was done, or why it was not.
struct StatusStrip {
    var state: SandboxState
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        let area = area.inset(horizontal: 1)
        if let row = state.row, let node = state.draft.root[row.path] {
            var text = StyledText(row.path.description + "  ", .muted)
            text.append(node.summary(room: area.width), Style(.accent))
            frame.write(text.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y, clip: area)
        }
        if let notice = state.notice ?? state.failure {
            frame.write(
                self.text(of: notice).truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y + 1,
                clip: area)
        }
    }

    private func text(of notice: SandboxState.Notice) -> StyledText {
        switch notice {
        case .done(let text): return StyledText(text, Style(.ok))
        case .problem(let message, let suggestion):
            var text = StyledText(message, Style(.fail))
            if let suggestion { text.append("  " + suggestion, .muted) }
            return text
        }
    }
}
