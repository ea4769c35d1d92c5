import TerminalKit

/// Text in a box, a page at a time: a step, a card, a summary.
struct TextPage {
    var title: String
    var note = ""
    var groups: [MarkdownRenderer.Group]
    /// From 0; beyond the last page, the last page.
    var page: Int
    var isFocused = true

    /// The width that lines should be wrapped to: never so long that the eye loses its place.
    static func width(in area: Rect) -> Int { min(TerminalKit.Panel.content(of: area).width, 80) }

    func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let content = TerminalKit.Panel.content(of: area)
        let pages = MarkdownRenderer.pages(groups, height: content.height)
        let shown = min(page, pages.count - 1)
        let box = TerminalKit.Panel(
            title, note: note, footnote: pages.count > 1 ? "\(shown + 1)/\(pages.count)" : "", isFocused: isFocused)
        frame.draw(box, in: area, glyphs: glyphs)
        for (row, line) in pages[shown].enumerated() { frame.write(line, x: content.x, y: content.y + row, clip: content) }
    }
}

extension MarkdownRenderer.Group {
    /// A line that announces what follows.
    static func heading(_ text: String, _ role: Role = .title) -> Self {
        Self(lines: [StyledText(text, Style(role, .bold))], leads: true)
    }
}
