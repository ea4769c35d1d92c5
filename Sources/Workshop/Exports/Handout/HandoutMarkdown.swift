import Scenario
import TerminalKit

/// Writes a handout as one Markdown file (GitHub's): pictures as text, requests as Mermaid diagrams.
public struct HandoutMarkdown {
    private let handout: Handout

    public init(_ handout: Handout) { self.handout = handout }

    /// O(size).
    public var text: String {
        var parts = ["# \(Self.escape(handout.title))"]
        if !handout.facts.isEmpty { parts.append(handout.facts.map(Self.escape).joined(separator: " · ")) }
        for section in handout.sections {
            let note = section.note.isEmpty ? "" : " (\(Self.escape(section.note)))"
            parts.append("## \(Self.escape(section.title))\(note)")
            parts += section.blocks.flatMap(block)
        }
        parts.append("---\n\n\(HandoutWords.madeBy(handout.language))")
        return parts.joined(separator: "\n\n") + "\n"
    }

    static func escape(_ text: String) -> String { MarkdownWriter.escape(SafeText.line(text)) }

    /// Its parts, apart by a blank line.
    private func block(_ block: Handout.Block) -> [String] {
        switch block {
        case .text(let blocks): return [Self.trimmed(MarkdownWriter.text(blocks))]
        case .line(let text): return [Self.escape(text)]
        case .heading(let text): return ["### \(Self.escape(text))"]
        case .list(let items, let isNumbered):
            let lines = items.enumerated().map { "\(isNumbered ? "\($0 + 1). " : "- ")\(Self.escape($1))" }
            return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
        case .table(let header, let rows):
            let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
            let lines = [row(header.map(Self.escape)), row(rule)] + rows.map { row($0.map(Self.escape)) }
            return [lines.joined(separator: "\n")]
        case .folded(let title, let blocks):
            let summary = "<details>\n<summary>\(HandoutHTML.escape(title))</summary>"
            return [summary] + blocks.flatMap(self.block) + ["</details>"]
        case .picture(let picture):
            let rows = picture.frame.rows.map { row in String(row.reversed().drop { $0 == " " }.reversed()) }
            let diagram = picture.diagram.map { fenced(Self.lines($0), "mermaid") }
            return ["*\(Self.escape(picture.caption))*", fenced(rows, "text")] + (diagram.map { [$0] } ?? [])
        case .chart: return []
        case .code(let lines): return [fenced(lines.map(SafeText.line), "sh")]
        }
    }

    private func row(_ cells: [String]) -> String {
        "| " + cells.map(MarkdownWriter.cell).joined(separator: " | ") + " |"
    }

    private func fenced(_ lines: [String], _ language: String) -> String {
        MarkdownWriter.fenced(lines, language: language).joined(separator: "\n")
    }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    private static func trimmed(_ text: String) -> String { text.hasSuffix("\n") ? String(text.dropLast()) : text }
}
