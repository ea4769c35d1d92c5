/// Writes blocks of text as Markdown (GitHub's: pipe tables).
enum MarkdownWriter {
    /// The blocks with a blank line between them; ends with a line feed.
    static func text(_ blocks: [MarkdownBlock]) -> String {
        let parts = blocks.map { lines($0) }.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
        return parts.joined(separator: "\n")
    }

    private static func lines(_ block: MarkdownBlock) -> [String] {
        switch block.content {
        case .paragraph(let inlines): lines(text(inlines))
        case .heading(let level, let inlines): [String(repeating: "#", count: min(level + 1, 6)) + " " + text(inlines)]
        case .list(let start, let items):
            items.enumerated().flatMap { place, blocks in item(blocks, sign: start.map { "\($0 + place). " } ?? "- ") }
        case .quote(let blocks): lines(text(blocks)).map { $0.isEmpty ? ">" : "> \($0)" }
        case .code(let lines): fenced(lines)
        case .table(let table): self.table(table)
        case .rule: ["---"]
        case .comment, .unsupported: []
        }
    }

    private static func item(_ blocks: [MarkdownBlock], sign: String) -> [String] {
        let indent = String(repeating: " ", count: sign.count)
        return lines(text(blocks)).enumerated().map { place, line in
            place == 0 ? sign + line : line.isEmpty ? "" : indent + line
        }
    }

    private static func table(_ table: MarkdownTable) -> [String] {
        func row(_ cells: [String]) -> String { "| " + cells.map(cell).joined(separator: " | ") + " |" }
        let rule = table.alignments.map { alignment in
            switch alignment {
            case .left: "---"
            case .centre: ":---:"
            case .right: "---:"
            }
        }
        return [row(table.header.map { text($0) }), row(rule)] + table.rows.map { row($0.map { text($0) }) }
    }

    /// A bar would end the cell: one in code still does, and everything else has escaped its own.
    static func cell(_ text: String) -> String {
        var cell = ""
        var isEscaped = false
        for character in text {
            if character == "|", !isEscaped { cell += "\\" }
            isEscaped = character == "\\" && !isEscaped
            cell += character.isNewline ? " " : String(character)
        }
        return cell
    }

    /// Lines as they are, between fences longer than any in them.
    static func fenced(_ lines: [String], language: String = "") -> [String] {
        let longest = lines.map { line in
            line.split { $0 != "`" }.map(\.count).max() ?? 0
        }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return [fence + language] + lines + [fence]
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    // MARK: Text

    private static func text(_ inlines: [MarkdownInline]) -> String { inlines.map { text($0) }.joined() }

    private static func text(_ inline: MarkdownInline) -> String {
        switch inline {
        case .text(let text): return escape(text)
        case .emphasis(let inner): return "*\(text(inner))*"
        case .strong(let inner): return "**\(text(inner))**"
        case .code(let inner): return code(plain(inner))
        case .value(let placeholder): return code("{{ \(placeholder.source) }}")
        case .lineBreak: return "\\\n"
        case .unsupported: return ""
        case .link(let inner, let destination):
            let isPlain = MarkdownHTML.isAddress(destination) && !destination.contains { "<>\n ".contains($0) }
            return isPlain ? "[\(text(inner))](<\(destination)>)" : text(inner)
        }
    }

    private static func plain(_ inlines: [MarkdownInline]) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let text): text
            case .value(let placeholder): "{{ \(placeholder.source) }}"
            case .emphasis(let inner), .strong(let inner), .code(let inner), .link(let inner, _): plain(inner)
            case .lineBreak, .unsupported: " "
            }
        }.joined()
    }

    /// Code between more backticks than are in it.
    static func code(_ text: String) -> String {
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        let room = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return fence + room + text + room + fence
    }

    /// Text in which nothing means anything to Markdown or HTML.
    static func escape(_ text: String) -> String {
        var escaped = ""
        var isNumber = true
        for (place, character) in text.enumerated() {
            let isSign = "\\`*_{}[]<>#|~&".contains(character)
            let beginsBlock = place == 0 ? "+-=".contains(character) : isNumber && ".)".contains(character)
            if isSign || beginsBlock { escaped.append("\\") }
            escaped.append(character)
            isNumber = isNumber && character.isNumber
        }
        return escaped
    }
}
