import TerminalKit

/// A lesson's text as it is read aloud: paragraphs whole, lists item by item, tables row by row.
struct MarkdownSpeech {
    let language: Language
    /// What a placeholder shows.
    let figure: (Placeholder) -> String
    /// Where a link leads.
    var link: (String) -> String = { $0.hasPrefix("#") ? "" : $0 }

    func sentences(_ blocks: [MarkdownBlock]) -> [String] { blocks.flatMap(sentences) }

    private func sentences(_ block: MarkdownBlock) -> [String] {
        switch block.content {
        case .paragraph(let inlines): paragraphs(inlines)
        case .heading(_, let inlines): [Speech.sentence(text(inlines))]
        case .list(let start, let items): list(items, start: start)
        case .quote(let blocks): sentences(blocks)
        case .code(let lines): code(lines)
        case .table(let table): rows(table)
        case .rule, .comment, .unsupported: []
        }
    }

    /// A line break of its own begins another sentence.
    private func paragraphs(_ inlines: [MarkdownInline]) -> [String] {
        text(inlines).split(separator: "\n").map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
    }

    private func list(_ items: [[MarkdownBlock]], start: Int?) -> [String] {
        items.enumerated().flatMap { index, blocks in
            var lines = sentences(blocks)
            let sign = start.map { "\($0 + index)." } ?? "-"
            lines[0..<min(1, lines.count)] = ["\(sign) \(lines.first ?? "")"]
            return lines
        }
    }

    private func code(_ lines: [String]) -> [String] {
        let spoken = lines.map { Speech.plain($0, language) }.filter { !$0.trimmingBlanks.isEmpty }
        return spoken.isEmpty ? [] : [language.text("Written so:", "Escrito así:")] + spoken
    }

    /// `sql: latency 500 ms; calls 12.` Where the first column has a title as well: `server: sql; calls: 12.`
    private func rows(_ table: MarkdownTable) -> [String] {
        let names = table.header.map(text)
        guard names.first?.isEmpty != false else {
            return table.rows.map { row in
                let cells = zip(names, row).map { ($0, text($1)) }.filter { !$0.1.isEmpty }
                let told = cells.map { "\($0)\($0.hasSuffix("?") ? "" : ":") \($1)" }
                return Speech.sentence(told.joined(separator: "; ").capitalizedFirst)
            }
        }
        return table.rows.compactMap { row in
            guard let title = row.first.map(text) else { return nil }
            let cells = zip(names, row).dropFirst().map { name, cell in "\(name) \(text(cell))".trimmingBlanks }
            let lead = title.isEmpty ? "" : "\(title): "
            return Speech.sentence(lead + cells.joined(separator: "; "))
        }
    }

    private func text(_ inlines: [MarkdownInline]) -> String {
        Speech.plain(inlines.map(text).joined(), language)
    }

    private func text(_ inline: MarkdownInline) -> String {
        switch inline {
        case .text(let text): text
        case .emphasis(let inner), .strong(let inner), .code(let inner): inner.map(text).joined()
        case .value(let placeholder): figure(placeholder)
        case .lineBreak: "\n"
        case .unsupported: ""
        case .link(let inner, let destination): linked(inner.map(text).joined(), link(destination))
        }
    }

    private func linked(_ text: String, _ note: String) -> String {
        note.isEmpty || text == note ? text : note.hasPrefix("(") ? "\(text) \(note)" : "\(text) (\(note))"
    }
}
