import TerminalKit

/// Draws the page of keys, whole groups in as many columns as it takes.
struct KeysView {
    var language: Language
    var glyphs: Glyphs
    var groups = KeyPage.student

    func draw(on frame: inout Frame) {
        let columns = columns(height: frame.size.height - 2)
        let widths = columns.map { $0.map(\.width).max() ?? 0 }
        let width = widths.reduce(0, +) + 3 * max(0, widths.count - 1) + 4
        let height = (columns.map(\.count).max() ?? 0) + 2
        let content = frame.drawBox(Words.keys(language), width: width, height: height, glyphs: glyphs)
        var x = content.x
        for (column, width) in zip(columns, widths) {
            for (row, line) in column.enumerated() { frame.write(line, x: x, y: content.y + row, clip: content) }
            x += width + 3
        }
    }

    /// The groups, one below the other while there is room, a blank line between them.
    private func columns(height: Int) -> [[StyledText]] {
        var columns: [[StyledText]] = [[]]
        for group in groups.map(lines) {
            let last = columns.count - 1
            if columns[last].isEmpty {
                columns[last] = group
            } else if columns[last].count + 1 + group.count <= height {
                columns[last] += [StyledText()] + group
            } else {
                columns.append(group)
            }
        }
        return columns
    }

    private func lines(_ group: KeyPage.Group) -> [StyledText] {
        let keys = group.lines.map { $0.shownKeys(glyphs.repertoire) }
        let width = (keys.map(Text.width).max() ?? 0) + 2
        return [StyledText(group.title(language), Style(.title, .bold))]
            + zip(keys, group.lines).map { keys, line in
                StyledText(Text.pad(keys, to: width), Style(.key)) + StyledText(line.label(language))
            }
    }
}
