/// A block of a lesson's text, with the line on which it starts.
public struct MarkdownBlock: Hashable, Sendable {
    public indirect enum Content: Hashable, Sendable {
        case paragraph([MarkdownInline])
        case heading(level: Int, [MarkdownInline])
        /// `start` `nil`: bullets.
        case list(start: Int?, items: [[MarkdownBlock]])
        case quote([MarkdownBlock])
        case code(lines: [String])
        case table(MarkdownTable)
        case rule
        /// An HTML comment: its text. Lessons use `<!-- notes: ... -->` for the speaker.
        case comment(String)
        /// Something that a terminal cannot show: raw HTML, an image. The text says what it is.
        case unsupported(String)
    }

    /// From 1, in the file.
    public var line: Int
    public var content: Content

    public init(line: Int, _ content: Content) {
        self.line = line
        self.content = content
    }
}

/// A piece of a line.
public indirect enum MarkdownInline: Hashable, Sendable {
    case text(String)
    case emphasis([MarkdownInline])
    case strong([MarkdownInline])
    case code([MarkdownInline])
    case link([MarkdownInline], destination: String)
    /// `{{ ... }}`: a value that the lesson's runs compute.
    case value(Placeholder)
    case lineBreak
    /// What it is, or the HTML itself.
    case unsupported(String, line: Int)
}

/// A `{{ ... }}` of a text: what stands between the braces, and where.
public struct Placeholder: Hashable, Sendable {
    public var source: String
    /// From 1, in the file.
    public var line: Int
    /// From 1, of the first character after the braces and blanks.
    public var column: Int

    public init(source: String, line: Int, column: Int) {
        self.source = source
        self.line = line
        self.column = column
    }
}

/// A pipe table.
public struct MarkdownTable: Hashable, Sendable {
    public enum Alignment: Hashable, Sendable { case left, centre, right }
    public var alignments: [Alignment]
    public var header: [[MarkdownInline]]
    public var rows: [[[MarkdownInline]]]

    public init(alignments: [Alignment], header: [[MarkdownInline]], rows: [[[MarkdownInline]]]) {
        self.alignments = alignments
        self.header = header
        self.rows = rows
    }
}

extension MarkdownBlock {
    /// Every placeholder in it, in reading order.
    public var placeholders: [Placeholder] { inlines.flatMap(\.placeholders) }

    /// Every piece of text in it, in reading order.
    var inlines: [MarkdownInline] {
        switch content {
        case .paragraph(let inlines), .heading(_, let inlines): inlines
        case .list(_, let items): items.flatMap { $0.flatMap(\.inlines) }
        case .quote(let blocks): blocks.flatMap(\.inlines)
        case .table(let table): (table.header + table.rows.flatMap(\.self)).flatMap(\.self)
        case .code, .rule, .comment, .unsupported: []
        }
    }
}

extension MarkdownInline {
    var placeholders: [Placeholder] {
        switch self {
        case .value(let placeholder): [placeholder]
        case .emphasis(let inner), .strong(let inner), .code(let inner), .link(let inner, _):
            inner.flatMap(\.placeholders)
        case .text, .lineBreak, .unsupported: []
        }
    }
}

extension MarkdownBlock {
    /// The block with what its placeholders show in their place, emphasised.
    func filled(_ figure: (Placeholder) -> String) -> MarkdownBlock {
        func blocks(_ blocks: [MarkdownBlock]) -> [MarkdownBlock] { blocks.map { $0.filled(figure) } }
        func inlines(_ inlines: [MarkdownInline]) -> [MarkdownInline] { inlines.map { $0.filled(figure) } }
        let content: Content =
            switch self.content {
            case .paragraph(let text): .paragraph(inlines(text))
            case .heading(let level, let text): .heading(level: level, inlines(text))
            case .list(let start, let items): .list(start: start, items: items.map(blocks))
            case .quote(let inner): .quote(blocks(inner))
            case .table(let table):
                .table(
                    MarkdownTable(
                        alignments: table.alignments, header: table.header.map(inlines),
                        rows: table.rows.map { $0.map(inlines) }))
            case .code, .rule, .comment, .unsupported: self.content
            }
        return MarkdownBlock(line: line, content)
    }
}

extension MarkdownInline {
    fileprivate func filled(_ figure: (Placeholder) -> String) -> MarkdownInline {
        func inlines(_ inlines: [MarkdownInline]) -> [MarkdownInline] { inlines.map { $0.filled(figure) } }
        return switch self {
        case .value(let placeholder): .strong([.text(figure(placeholder))])
        case .emphasis(let inner): .emphasis(inlines(inner))
        case .strong(let inner): .strong(inlines(inner))
        case .code(let inner): .code(inlines(inner))
        case .link(let inner, let destination): .link(inlines(inner), destination: destination)
        case .text, .lineBreak, .unsupported: self
        }
    }
}
