import TerminalKit

/// Writes blocks of text as HTML.
enum MarkdownHTML {
    /// Each block on lines of its own.
    static func text(_ blocks: [MarkdownBlock]) -> String { blocks.map { block($0) }.joined() }

    private static func block(_ block: MarkdownBlock) -> String {
        switch block.content {
        case .paragraph(let inlines): "<p>\(text(inlines))</p>\n"
        case .heading(let level, let inlines):
            // The page's own headings are above.
            "<h\(min(level + 1, 6))>\(text(inlines))</h\(min(level + 1, 6))>\n"
        case .list(nil, let items): "<ul>\n\(self.items(items))</ul>\n"
        case .list(let start?, let items):
            "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(self.items(items))</ol>\n"
        case .quote(let blocks): "<blockquote>\n\(text(blocks))</blockquote>\n"
        case .code(let lines): "<pre><code>\(lines.map(Escape.xml).joined(separator: "\n"))</code></pre>\n"
        case .table(let table): self.table(table)
        case .rule: "<hr>\n"
        case .comment, .unsupported: ""
        }
    }

    /// An item of one paragraph is its text alone.
    private static func items(_ items: [[MarkdownBlock]]) -> String {
        items.map { blocks in
            if blocks.count == 1, case .paragraph(let inlines) = blocks[0].content {
                return "<li>\(text(inlines))</li>\n"
            }
            return "<li>\(text(blocks))</li>\n"
        }.joined()
    }

    private static func table(_ table: MarkdownTable) -> String {
        func row(_ cells: [[MarkdownInline]], _ tag: String) -> String {
            let cells = cells.enumerated().map { column, cell in
                let align =
                    switch column < table.alignments.count ? table.alignments[column] : .left {
                    case .left: ""
                    case .centre: " class=\"centre\""
                    case .right: " class=\"right\""
                    }
                return "<\(tag)\(align)>\(text(cell))</\(tag)>"
            }
            return "<tr>\(cells.joined())</tr>\n"
        }
        let body = table.rows.map { row($0, "td") }.joined()
        return "<table>\n<thead>\n\(row(table.header, "th"))</thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
    }

    // MARK: Text

    private static func text(_ inlines: [MarkdownInline]) -> String { inlines.map { text($0) }.joined() }

    private static func text(_ inline: MarkdownInline) -> String {
        switch inline {
        case .text(let text): Escape.xml(MarkdownRenderer.holdingUnits(text))
        case .emphasis(let inner): "<em>\(text(inner))</em>"
        case .strong(let inner): "<strong>\(text(inner))</strong>"
        case .code(let inner): "<code>\(text(inner))</code>"
        case .value(let placeholder): "<code>{{ \(Escape.xml(placeholder.source)) }}</code>"
        case .lineBreak: "<br>\n"
        case .unsupported: ""
        case .link(let inner, let destination):
            Self.isAddress(destination) ? "<a href=\"\(Escape.xml(destination))\">\(text(inner))</a>" : text(inner)
        }
    }

    /// Only what leads to a page: a link runs nothing.
    static func isAddress(_ destination: String) -> Bool {
        ["https://", "http://"].contains { destination.lowercased().hasPrefix($0) }
    }
}
