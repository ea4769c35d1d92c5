import TerminalKit

/// Draws the page of keys: whole groups in as many columns as it takes, and as many pages.
struct KeysView {
    /// From 0; beyond the last page, the last page.
    var page = 0
    var language: Language
    var glyphs: Glyphs
    var groups = KeyPage.student

    private static let gap = 3

    func draw(on frame: inout Frame) {
        let pages = pages(in: frame.size)
        let shown = min(page, pages.count - 1)
        let columns = pages[shown]
        let widths = columns.map { $0.map(\.width).max() ?? 0 }
        let width = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) + 4
        let height = (columns.map(\.count).max() ?? 0) + 2
        let area = frame.popUpRoom.popUp(Size(width: width, height: height))
        let part = pages.count > 1 ? "\(KeyMap.keys([.pageDown], glyphs.repertoire)) \(shown + 1)/\(pages.count)" : ""
        frame.draw(Box(Words.keys(language), footnote: part, isFocused: true), in: area, glyphs: glyphs)
        let content = Box.content(of: area)
        var x = content.x
        for (column, width) in zip(columns, widths) {
            for (row, line) in column.enumerated() {
                frame.write(line.truncated(to: content.width, ellipsis: glyphs.ellipsis), x: x, y: content.y + row)
            }
            x += width + Self.gap
        }
    }

    func pageCount(in size: Size) -> Int { pages(in: size).count }

    /// Columns that fit beside one another.
    private func pages(in size: Size) -> [[[StyledText]]] {
        var pages: [[[StyledText]]] = [[]]
        var room = size.width - 4
        for column in columns(height: size.popUpRoom.height - 2) {
            let width = column.map(\.width).max() ?? 0
            if let last = pages.indices.last, pages[last].isEmpty || width <= room {
                pages[last].append(column)
                room -= width + Self.gap
            } else {
                pages.append([column])
                room = size.width - 4 - width - Self.gap
            }
        }
        return pages
    }

    /// The groups, one below the other while there is room, a blank line between them. One that is longer than the
    /// screen goes on in the next column, under its title.
    private func columns(height: Int) -> [[StyledText]] {
        var columns: [[StyledText]] = [[]]
        for group in groups.map(lines).flatMap({ parts($0, height: height) }) {
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

    private func parts(_ group: [StyledText], height: Int) -> [[StyledText]] {
        let room = max(1, height - 1)
        let keys = Array(group.dropFirst())
        return stride(from: 0, to: keys.count, by: room).map { first in
            Array(group.prefix(1)) + keys[first..<min(first + room, keys.count)]
        }
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
