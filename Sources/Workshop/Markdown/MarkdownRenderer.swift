import TerminalKit

/// Lays out blocks of text for a column of the screen.
public struct MarkdownRenderer {
    public let width: Int
    let glyphs: Glyphs
    /// What a placeholder shows.
    let figure: (Placeholder) -> String
    /// Finds a text that is laid out already, or has it laid out.
    var remember: (_ blocks: [MarkdownBlock], _ layOut: () -> [Group]) -> [Group] = { $1() }
    /// What stands behind a link's words, for where it leads.
    let link: (String) -> String

    public init(
        width: Int, glyphs: Glyphs = .unicode, figure: @escaping (Placeholder) -> String,
        link: @escaping (String) -> String = { $0.hasPrefix("#") ? "" : $0 }
    ) {
        self.width = max(1, width)
        self.glyphs = glyphs
        self.figure = figure
        self.link = link
    }

    /// All lines, one below the other, with a blank one between blocks.
    public func lines(_ blocks: [MarkdownBlock]) -> [StyledText] {
        var lines: [StyledText] = []
        for group in groups(blocks) {
            if group.isApart, !lines.isEmpty { lines.append(StyledText()) }
            lines += group.lines
        }
        return lines
    }

    // MARK: Groups

    /// Lines that stay together where they can.
    struct Group {
        var lines: [StyledText]
        /// Whether a blank line stands before it.
        var isApart = true
        /// Whether it announces what follows: it does not stand alone at the end of a page.
        var leads = false
    }

    func groups(_ blocks: [MarkdownBlock]) -> [Group] { remember(blocks) { blocks.flatMap { groups($0) } } }

    private func groups(_ block: MarkdownBlock) -> [Group] {
        switch block.content {
        case .paragraph(let inlines):
            let text = styled(inlines, .text)
            return [Group(lines: text.wrapped(to: width), leads: text.plain.hasSuffix(":"))]
        case .heading(_, let inlines):
            return [Group(lines: styled(inlines, Style(.title)).wrapped(to: width), leads: true)]
        case .list(let start, let items): return list(items, start: start)
        case .quote(let blocks):
            let inner = MarkdownRenderer(width: width - 2, glyphs: glyphs, figure: figure, link: link).lines(blocks)
            return [Group(lines: inner.map { StyledText("\(glyphs.vertical) ", .muted) + $0 })]
        case .code(let lines):
            return [Group(lines: lines.map { StyledText($0, Style(.title)).truncated(to: width) })]
        case .table(let table): return self.table(table)
        case .rule:
            return [Group(lines: [StyledText(String(repeating: glyphs.horizontal, count: width), Style(.border))])]
        case .comment, .unsupported: return []
        }
    }

    private func list(_ items: [[MarkdownBlock]], start: Int?) -> [Group] {
        let last = (start ?? 0) + items.count - 1
        let indent = start == nil ? 2 : "\(last). ".count
        let inner = MarkdownRenderer(width: width - indent, glyphs: glyphs, figure: figure, link: link)
        return items.enumerated().map { index, blocks in
            let sign = start.map { "\($0 + index)." } ?? String(glyphs[.bullet])
            let head = StyledText(sign + String(repeating: " ", count: max(1, indent - Text.width(sign))), .muted)
            var lines = inner.lines(blocks)
            if lines.isEmpty { lines = [StyledText()] }
            let body = lines.enumerated().map {
                $0 == 0 ? head + $1 : StyledText(String(repeating: " ", count: indent)) + $1
            }
            return Group(lines: body, isApart: index == 0)
        }
    }

    // MARK: Tables

    private func table(_ table: MarkdownTable) -> [Group] {
        let header = table.header.map { styled($0, .muted) }
        let rows = table.rows.map { $0.map { styled($0, .text) } }
        let widths = header.indices.map { column in
            max(1, ([header] + rows).map { $0[column].width }.max() ?? 1)
        }
        let natural = widths.reduce(0, +) + 2 * (widths.count - 1)
        if natural > width { return stacked(header, rows) }
        let lines = ([header] + rows).map { cells in
            var line = StyledText()
            for (column, cell) in cells.enumerated() {
                let room = widths[column] - cell.width
                let left =
                    switch table.alignments[column] {
                    case .left: 0
                    case .centre: room / 2
                    case .right: room
                    }
                let isLast = column == cells.count - 1
                line += StyledText(String(repeating: " ", count: left)) + cell
                if !isLast { line += StyledText(String(repeating: " ", count: room - left + 2)) }
            }
            return line
        }
        return [Group(lines: lines)]
    }

    /// A table too wide for the column: each row becomes a title and one line for each further cell.
    private func stacked(_ header: [StyledText], _ rows: [[StyledText]]) -> [Group] {
        rows.compactMap { row in
            guard let title = row.first else { return nil }
            var lines = StyledText(spans: title.spans.map { Span($0.text, Style(.title)) }).wrapped(to: width)
            for (name, cell) in zip(header, row).dropFirst() {
                lines += (name + StyledText(": ", .muted) + cell).wrapped(to: width, hanging: 2)
            }
            return Group(lines: lines)
        }
    }

    // MARK: Text

    private static let units: Set<Substring> = ["ms", "s", "min", "h", "%", "x"]

    /// The text with numbers held to their units: `400 ms` is never broken.
    static func holdingUnits(_ text: String) -> String {
        guard text.contains(where: \.isNumber) else { return text }
        var output = ""
        var rest = text[...]
        while let blank = rest.firstIndex(of: " ") {
            let word = rest[rest.index(after: blank)...].prefix { $0.isLetter || $0 == "%" }
            let isHeld = rest[..<blank].last?.isNumber == true && units.contains(word)
            output += rest[..<blank] + (isHeld ? "\u{a0}" : " ")
            rest = rest[rest.index(after: blank)...]
        }
        return output + rest
    }

    private func styled(_ inlines: [MarkdownInline], _ style: Style) -> StyledText {
        inlines.reduce(into: StyledText()) { $0 += styled($1, style) }
    }

    private func styled(_ inline: MarkdownInline, _ style: Style) -> StyledText {
        switch inline {
        case .text(let text): return StyledText(Self.holdingUnits(text), style)
        case .emphasis(let inner): return styled(inner, style.adding(.italic))
        case .strong(let inner): return styled(inner, style.adding(.bold))
        case .code(let inner): return styled(inner, Style(.title))
        case .value(let placeholder): return StyledText(figure(placeholder), Style(.title))
        case .lineBreak: return StyledText("\n", style)
        case .unsupported: return StyledText()
        case .link(let inner, let destination):
            let text = styled(inner, style.adding(.underline))
            let note = link(destination)
            return note.isEmpty || text.plain == note ? text : text + StyledText(" \(note)", .muted)
        }
    }
}

extension Style {
    fileprivate func adding(_ attributes: Attributes) -> Style { Style(role, self.attributes.union(attributes)) }
}
