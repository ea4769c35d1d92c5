import Scenario
import TerminalKit

/// Two lines under the panels: where the cursor is and what stands there, or what is being typed; what was done, or why
/// it was not.
struct StatusStrip {
    var state: SandboxState
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        let area = area.inset(horizontal: 1)
        guard area.height > 0 else { return }
        if case .value(let form) = state.input { return draw(form, in: area, on: &frame) }
        if let row = state.row, let node = state.draft.root[row.path] {
            var text = StyledText("\(row.path)  ", .muted)
            text.append(node.summary(room: area.width), Style(.accent))
            frame.write(text.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y, clip: area)
        }
        let second = (state.notice ?? state.failure)?.text(language) ?? difference ?? about
        write(second, in: area.row(1), on: &frame)
    }

    private func draw(_ form: ValueForm, in area: Rect, on frame: inout Frame) {
        let name = form.isName ? SandboxWords.newName(language) : Text.truncate(
            "\(form.path)", to: max(10, area.width / 2), ellipsis: glyphs.ellipsis)
        var field = area.row(0)
        frame.write(name, x: field.x, y: field.y, style: Style(.title), clip: field)
        _ = field.cutLeft(Text.width(name) + 2)
        frame.draw(form.field, in: field, glyphs: glyphs)
        guard let problem = form.problem else { return write(about, in: area.row(1), on: &frame) }
        let lines = problem.text(language).wrapped(to: area.width)
        for (row, line) in lines.prefix(area.height - 1).enumerated() {
            frame.write(line, x: area.x, y: area.y + 1 + row, clip: area)
        }
    }

    private func write(_ text: StyledText, in line: Rect, on frame: inout Frame) {
        frame.write(text.truncated(to: line.width, ellipsis: glyphs.ellipsis), x: line.x, y: line.y, clip: line)
    }

    /// What the last change did to the numbers, those that changed most first.
    private var difference: StyledText? {
        guard let comparison = state.player?.comparison, !state.isShowingFutures else { return nil }
        let rows = DifferenceTable(comparison: comparison, language: language, glyphs: glyphs).table.rows.prefix(3)
        guard !rows.isEmpty else { return StyledText(Words.noDifference(language), .muted) }
        var text = StyledText(KeyMap.keys([.compare], glyphs.repertoire) + " ", Style(.key))
        for (place, row) in rows.enumerated() where row.count == 4 {
            if place > 0 { text.append("   ", .muted) }
            text += row[0] + StyledText(" ") + row[1] + StyledText(" \(glyphs.rightwards) ", .muted) + row[2]
            text += StyledText(" ") + row[3]
        }
        return text
    }

    /// What the key at the cursor is for.
    private var about: StyledText {
        guard let row = state.row, let text = PartCatalogue.about(row.path, in: state.draft.root) else {
            return StyledText()
        }
        return StyledText(text(language), .muted)
    }
}
