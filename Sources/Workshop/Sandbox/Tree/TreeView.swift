import Scenario
import TerminalKit

/// The system as a tree: parts, and their values in the units in which they are written.
struct TreeView {
    var state: SandboxState
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        let tree = state.tree
        let content = Box.content(of: area)
        let chosen = tree.nearest(to: state.cursor)
        let scroll = state.treeScroll(in: area)
        let box = Box(SandboxWords.scenario(language), footnote: scroll.part, isFocused: state.isInTree)
        frame.draw(box, in: area, glyphs: glyphs)
        for (line, index) in scroll.range.enumerated() {
            let place = content.row(line)
            frame.write(text(of: tree.rows[index], room: content.width), x: place.x, y: place.y, clip: place)
            guard index == chosen else { continue }
            frame.restyle(place) { Style(state.isInTree ? .selection : .focus, $0.attributes) }
        }
    }

    /// The row that shows at a point.
    func row(at point: Point, in area: Rect) -> Int? {
        let content = Box.content(of: area)
        let range = state.treeScroll(in: area).range
        guard content.contains(point), !state.isShowingFutures else { return nil }
        let index = range.lowerBound + point.y - content.y
        return range.contains(index) ? index : nil
    }

    private func text(of row: SandboxTree.Row, room: Int) -> StyledText {
        let mark = row.isFolder ? (row.isUnfolded ? glyphs.arrowDown : glyphs.arrowRight) : " "
        let indent = String(repeating: " ", count: min(row.depth * 2, max(0, room / 2)))
        var text = StyledText("\(indent)\(mark) ", .muted)
        let style = row.depth == 0 ? Style(.title, .bold) : .text
        text.append(row.label.isEmpty ? String(glyphs.separator) : row.label, style)
        guard let node = state.draft.root[row.path] else { return text }
        if row.isUnfolded {
            if row.depth == 0 { text.append("  \(node.entries?.count ?? node.items?.count ?? 0)", .muted) }
        } else {
            let left = max(0, room - text.width - 2)
            text.append("  " + node.summary(room: left), Style(row.isFolder ? .muted : .accent))
        }
        return text.truncated(to: room, ellipsis: glyphs.ellipsis)
    }
}
