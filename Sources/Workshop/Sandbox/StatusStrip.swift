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
            // As it can be typed, too.
            text.append(node.isNull ? "" : node.written, Style(.accent))
            frame.write(text.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y, clip: area)
        }
        let second = (state.notice ?? state.failure)?.text(language) ?? difference(room: area.width) ?? about
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

    /// What the last change did to the numbers of the whole run, those that changed most first, as far as there is room
    /// for all of it. The panels say what it did to the last seconds.
    private func difference(room: Int) -> StyledText? {
        guard let comparison = state.player?.comparison, !state.isShowingFutures else { return nil }
        let rows = DifferenceTable(comparison: comparison, language: language, glyphs: glyphs).table.rows
        guard !rows.isEmpty else { return StyledText(Words.noDifference(language), .muted) }
        var text = StyledText(KeyMap.keys([.compare], glyphs.repertoire) + " ", Style(.key))
        text.append("\(SandboxWords.wholeRun(language))  ", .muted)
        for (place, row) in rows.prefix(3).enumerated() where row.count == 4 {
            var entry = StyledText(place > 0 ? "   " : "")
            entry += row[0] + StyledText(" ") + row[1] + StyledText(" \(glyphs.rightwards) ", .muted) + row[2]
            entry += StyledText(" ") + row[3]
            guard place == 0 || text.width + entry.width <= room else { break }
            text += entry
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
