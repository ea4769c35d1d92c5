import TerminalKit

extension Frame {
    /// Draws a panel of a run in its box.
    mutating func drawPanel(_ kind: PanelKind, _ context: PanelContext, in area: Rect) {
        let panel = Panels.panel(kind)
        let content = Box.content(of: area)
        let size = Size(width: content.width, height: content.height)
        let part = panel.extent(context, in: size)?.part ?? ""
        let overhang = panel.overhang(context, in: size)
        // Who has the focus is told the keys that scroll.
        let keys = KeyMap.keys([.scrollDown, .scrollUp], context.glyphs.repertoire)
        let scroll = part.isEmpty || !context.isFocused ? part : "\(keys) \(part)"
        let footnote = [overhang, scroll].filter { !$0.isEmpty }.joined(separator: "  ")
        let box = Box(
            panel.title(context), note: panel.note(context), footnote: footnote, isFocused: context.isFocused)
        draw(box, in: area, glyphs: context.glyphs)
        panel.draw(context, into: &self, in: content)
    }
}

extension Scroll {
    /// `3-7/12` for a panel's lower edge; empty when everything shows.
    var part: String {
        guard total > visible, visible > 0 else { return "" }
        let first = offset + 1
        return visible == 1 ? "\(first)/\(total)" : "\(first)-\(range.upperBound)/\(total)"
    }
}
