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
    static func width(in area: Rect) -> Int { min(Box.content(of: area).width, 80) }

    func pageCount(in area: Rect) -> Int {
        MarkdownRenderer.pages(groups, height: Box.content(of: area).height).count
    }

    /// The page that a heading stands on.
    func page(of heading: String, in area: Rect) -> Int? {
        MarkdownRenderer.pages(groups, height: Box.content(of: area).height).firstIndex { lines in
            lines.contains { $0.plain == heading }
        }
    }

    func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let content = Box.content(of: area)
        let pages = MarkdownRenderer.pages(groups, height: content.height)
        let shown = min(page, pages.count - 1)
        let box = Box(
            title, note: note, footnote: Self.footnote(page: shown, of: pages.count), isFocused: isFocused)
        frame.draw(box, in: area, glyphs: glyphs)
        for (row, line) in pages[shown].enumerated() {
            frame.write(line, x: content.x, y: content.y + row, clip: content)
        }
    }
}

extension TextPage {
    /// Which page this is, and the key that turns it.
    private static func footnote(page: Int, of count: Int) -> String {
        if count < 2 { return "" }
        let key = page + 1 < count ? "pgdn" : "pgup"
        return "\(key) \(page + 1)/\(count)"
    }
}

extension MarkdownRenderer.Group {
    /// A line that announces what follows.
    static func heading(_ text: String, _ role: Role = .title) -> Self {
        Self(lines: [StyledText(text, Style(role, .bold))], leads: true)
    }
}
