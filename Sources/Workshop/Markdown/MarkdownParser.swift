/// Reads Markdown into blocks: CommonMark by cmark-gfm, and pipe tables and `{{ ... }}` by ourselves.
///
/// The extension library with GitHub's tables is not packaged everywhere, and a placeholder must not be taken apart by
/// Markdown's own rules: so tables are cut out before cmark sees the text, and each placeholder goes through it as one
/// character of the private use area.
public struct MarkdownParser {
    /// Deeper nesting comes out as ``MarkdownBlock/Content/unsupported(_:)``.
    static let maximumDepth = 16

    private var lines: [String]
    private let firstLine: Int
    private var placeholders: [Placeholder] = []

    /// Blocks of a text whose first line is line `firstLine` of its file and starts at `firstColumn`.
    public static func parse(_ source: String, firstLine: Int = 1, firstColumn: Int = 1) -> [MarkdownBlock] {
        parse(
            lines: source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
            firstLine: firstLine, firstColumn: firstColumn)
    }

    static func parse(lines: [String], firstLine: Int, firstColumn: Int = 1) -> [MarkdownBlock] {
        var parser = MarkdownParser(lines: lines, firstLine: firstLine, firstColumn: firstColumn)
        return parser.blocks()
    }

    private init(lines: [String], firstLine: Int, firstColumn: Int) {
        self.lines = lines
        self.firstLine = firstLine
        for (index, line) in lines.enumerated() {
            self.lines[index] = replacingPlaceholders(
                in: line, line: firstLine + index, column: index == 0 ? firstColumn : 1)
        }
    }

    // MARK: Placeholders

    private static let privateUse: Range<UInt32> = 0xE000..<0xF900

    private mutating func replacingPlaceholders(in line: String, line number: Int, column: Int) -> String {
        guard line.utf8.contains(UInt8(ascii: "{")) else { return line }
        var output = ""
        var rest = line[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}"),
            let token = Unicode.Scalar(Self.privateUse.lowerBound + UInt32(placeholders.count)),
            Self.privateUse.contains(token.value)
        {
            let inner = rest[open.upperBound..<close.lowerBound]
            let content = inner.drop { $0 == " " }
            placeholders.append(
                Placeholder(
                    source: Self.trimmed(inner), line: number,
                    column: column + line.distance(from: line.startIndex, to: content.startIndex)))
            output += rest[..<open.lowerBound]
            output.unicodeScalars.append(token)
            rest = rest[close.upperBound...]
        }
        return output + rest
    }

    private func placeholder(_ scalar: Unicode.Scalar) -> Placeholder? {
        guard Self.privateUse.contains(scalar.value) else { return nil }
        let index = Int(scalar.value - Self.privateUse.lowerBound)
        return index < placeholders.count ? placeholders[index] : nil
    }

    /// Text as the author wrote it.
    private func restored(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            if let placeholder = placeholder(scalar) {
                output += "{{ \(placeholder.source) }}"
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private func inlines(_ text: String) -> [MarkdownInline] {
        var output: [MarkdownInline] = []
        var run = ""
        for scalar in text.unicodeScalars {
            guard let placeholder = placeholder(scalar) else {
                run.unicodeScalars.append(scalar)
                continue
            }
            if !run.isEmpty { output.append(.text(run)) }
            run = ""
            output.append(.value(placeholder))
        }
        if !run.isEmpty { output.append(.text(run)) }
        return output
    }

    // MARK: Blocks

    private mutating func blocks() -> [MarkdownBlock] {
        var output: [MarkdownBlock] = []
        var start = 0
        var index = 0
        var fence: Fence?
        while index < lines.count {
            if let open = fence {
                if open.isClosed(by: lines[index]) { fence = nil }
            } else if let opened = Fence(lines[index]) {
                fence = opened
            } else if let table = table(at: index) {
                output += commonMark(start..<index)
                output.append(MarkdownBlock(line: firstLine + index, .table(table.table)))
                start = table.end
                index = table.end
                continue
            }
            index += 1
        }
        return output + commonMark(start..<lines.count)
    }

    private func commonMark(_ range: Range<Int>) -> [MarkdownBlock] {
        guard lines[range].contains(where: { !Self.trimmed($0[...]).isEmpty }) else { return [] }
        let document = CommonMarkNode.Document(lines[range].joined(separator: "\n"))
        return document.root.children.map { block($0, offset: firstLine + range.lowerBound - 1, depth: 1) }
    }

    private func block(_ node: CommonMarkNode, offset: Int, depth: Int) -> MarkdownBlock {
        let line = node.line + offset
        guard depth <= Self.maximumDepth else { return MarkdownBlock(line: line, .unsupported("nested too deep")) }
        let content: MarkdownBlock.Content
        switch node.kind {
        case .paragraph: content = .paragraph(children(node, line: line, depth: depth))
        case .heading(let level): content = .heading(level: level, children(node, line: line, depth: depth))
        case .quote: content = .quote(node.children.map { block($0, offset: offset, depth: depth + 1) })
        case .list(let start):
            let items = node.children.map { $0.children.map { block($0, offset: offset, depth: depth + 2) } }
            content = .list(start: start, items: items)
        case .code:
            var lines = restored(node.literal).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.last == "" { lines.removeLast() }
            content = .code(lines: lines)
        case .rule: content = .rule
        case .html:
            let literal = Self.trimmed(node.literal[...])
            let isComment = literal.hasPrefix("<!--") && literal.hasSuffix("-->") && literal.count >= 7
            content =
                isComment
                ? .comment(restored(String(literal.dropFirst(4).dropLast(3)))) : .unsupported("raw HTML")
        default: content = .unsupported(node.typeName)
        }
        return MarkdownBlock(line: line, content)
    }

    /// Lines that are broken in the text count, so that each piece has its own.
    private func children(_ node: CommonMarkNode, line: Int, depth: Int) -> [MarkdownInline] {
        var line = line
        return children(node, line: &line, depth: depth)
    }

    private func children(_ node: CommonMarkNode, line: inout Int, depth: Int) -> [MarkdownInline] {
        guard depth <= Self.maximumDepth else { return [.unsupported("nested too deep", line: line)] }
        var output: [MarkdownInline] = []
        for child in node.children {
            switch child.kind {
            case .text: output += inlines(child.literal)
            case .softBreak, .lineBreak:
                output.append(child.kind == .softBreak ? .text(" ") : .lineBreak)
                line += 1
            case .inlineCode: output.append(.code(inlines(child.literal)))
            case .emphasis: output.append(.emphasis(children(child, line: &line, depth: depth + 1)))
            case .strong: output.append(.strong(children(child, line: &line, depth: depth + 1)))
            case .link: output.append(.link(children(child, line: &line, depth: depth + 1), destination: child.url))
            case .inlineHTML:
                // Once for an element: its end goes with its beginning.
                if !child.literal.hasPrefix("</") { output.append(.unsupported(child.literal, line: line)) }
            case .image: output.append(.unsupported("an image", line: line))
            default: output.append(.unsupported(child.typeName, line: line))
            }
        }
        return output
    }

    // MARK: Tables

    private func table(at index: Int) -> (table: MarkdownTable, end: Int)? {
        guard lines[index].hasPrefix("|"), index + 1 < lines.count, lines[index + 1].hasPrefix("|"),
            let alignments = Self.alignments(lines[index + 1])
        else { return nil }
        var end = index + 2
        while end < lines.count, lines[end].hasPrefix("|") { end += 1 }
        let rows = (index + 2..<end).map { row(at: $0, columns: alignments.count) }
        let header = row(at: index, columns: alignments.count)
        return (MarkdownTable(alignments: alignments, header: header, rows: rows), end)
    }

    private func row(at index: Int, columns: Int) -> [[MarkdownInline]] {
        var cells = Self.cells(lines[index]).map { cell -> [MarkdownInline] in
            guard let paragraph = CommonMarkNode.Document(cell).root.children.first else { return [] }
            return children(paragraph, line: firstLine + index, depth: 1)
        }
        while cells.count < columns { cells.append([]) }
        return Array(cells.prefix(columns))
    }

    private static func alignments(_ line: String) -> [MarkdownTable.Alignment]? {
        var alignments: [MarkdownTable.Alignment] = []
        for cell in cells(line) {
            guard cell.contains("-"), cell.allSatisfy({ $0 == "-" || $0 == ":" }) else { return nil }
            switch (cell.hasPrefix(":"), cell.hasSuffix(":")) {
            case (true, true): alignments.append(.centre)
            case (false, true): alignments.append(.right)
            default: alignments.append(.left)
            }
        }
        return alignments.isEmpty ? nil : alignments
    }

    /// The cells of a row; `\|` stands for a bar inside a cell.
    private static func cells(_ line: String) -> [String] {
        var cells: [String] = []
        var cell = ""
        var escaped = false
        for character in line.dropFirst() {
            if character == "|", !escaped {
                cells.append(trimmed(cell[...]))
                cell = ""
            } else {
                if character == "|" { cell.removeLast() }
                cell.append(character)
            }
            escaped = character == "\\" && !escaped
        }
        let rest = trimmed(cell[...])
        return rest.isEmpty ? cells : cells + [rest]
    }

    static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop { $0.isWhitespace })
    }
}

/// The fence of a code block: a table inside it is none.
struct Fence {
    private let character: Character
    private let count: Int

    init?(_ line: String) {
        let text = line.drop { $0 == " " }
        guard let first = text.first, first == "`" || first == "~" else { return nil }
        character = first
        count = text.prefix { $0 == first }.count
        guard count >= 3 else { return nil }
    }

    func isClosed(by line: String) -> Bool {
        guard let other = Fence(line), other.character == character, other.count >= count else { return false }
        return line.drop { $0 == " " }.drop { $0 == character }.allSatisfy(\.isWhitespace)
    }
}
