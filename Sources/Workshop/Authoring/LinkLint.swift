import Scenario

/// Checks the links of texts, without a network.
///
/// A link leads to a page, `https://...`; to a step of the lesson, `#step-id`; or to a file in the lesson's folder.
struct LinkLint {
    let lesson: Lesson
    let source: LessonSource
    let sources: LessonSources

    func problems() -> [Problem] {
        Language.allCases.flatMap { language in
            let text = lesson.text(language)
            let steps = text.steps.flatMap { $0.body + $0.after + $0.notes + $0.hints.flatMap(\.self) }
            return (steps + text.summary + text.reading).flatMap { check($0, language) }
        }
    }

    private func check(_ block: MarkdownBlock, _ language: Language) -> [Problem] {
        switch block.content {
        case .list(_, let items): return items.flatMap { $0.flatMap { check($0, language) } }
        case .quote(let blocks): return blocks.flatMap { check($0, language) }
        default: return block.inlines.flatMap { check($0, block, language) }
        }
    }

    private func check(_ inline: MarkdownInline, _ block: MarkdownBlock, _ language: Language) -> [Problem] {
        switch inline {
        case .link(let inner, let destination):
            guard let (message, suggestion) = wrong(with: destination, label: inner) else { return [] }
            return [place(of: destination.isEmpty ? "]()" : destination, block, language)
                .problem(message, suggestion: suggestion)]
        case .emphasis(let inner), .strong(let inner): return inner.flatMap { check($0, block, language) }
        case .text(let text):
            if text.contains("http://") {
                let mark = place(of: "http://", block, language)
                return [mark.problem("the link is not encrypted", suggestion: "write https://")]
            }
            guard let piece = ["](", "] (", "]["].first(where: text.contains) else { return [] }
            return [
                place(of: piece, block, language).problem(
                    "this looks like a link, and is none", suggestion: "write [words](https://address)")
            ]
        case .code, .value, .lineBreak, .unsupported: return []
        }
    }

    private func wrong(with destination: String, label: [MarkdownInline]) -> (String, String?)? {
        if destination.isEmpty { return ("the link leads nowhere", "write [words](https://address)") }
        if label.isEmpty { return ("the link has no words", "write [words](\(destination))") }
        let lower = destination.lowercased()
        if lower.hasPrefix("https://") {
            let host = lower.dropFirst(8).prefix { !"/?#".contains($0) }
            let isHost = host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".")
            return isHost ? nil : ("\(SafeText.quoted(destination)) is not an address", "write https://host.org/page")
        }
        if lower.hasPrefix("http://") {
            return ("the link is not encrypted", "write https://\(destination.dropFirst(7))")
        }
        if destination.hasPrefix("#") {
            let id = String(destination.dropFirst())
            if lesson.step(id) != nil { return nil }
            return (
                "no step has the id \(SafeText.quoted(id))",
                Suggestion.sentence(for: id, in: lesson.steps.map(\.id))
            )
        }
        if lower.prefix(while: { $0 != "/" }).contains(":") {
            return ("\(SafeText.quoted(destination)) is no link for a text", "use https://, or #step-id")
        }
        return deadFile(destination)
    }

    private func deadFile(_ path: String) -> (String, String?)? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if path.hasPrefix("/") || parts.contains("..") {
            return ("the link leads out of the lesson's folder", "use https://, or #step-id")
        }
        let isThere = parts.first.map { source.others.contains(String($0)) } ?? false
        if isThere { return nil }
        if LessonSource.names.contains(path) || path.hasPrefix(".") {
            return ("a text cannot lead to \(SafeText.quoted(path))", Self.linkable)
        }
        return ("there is no file \(SafeText.quoted(path)) in the lesson's folder", Self.linkable)
    }

    private static let linkable =
        "files in \(LessonSource.folders.joined(separator: ", ")), README.md and LICENSE can be linked, or a step: #id"

    /// The piece of a block's lines.
    private func place(of piece: String, _ block: MarkdownBlock, _ language: Language) -> SourceMark {
        let text = sources[language]
        for (index, line) in text.lines.enumerated().dropFirst(block.line - 1) {
            if let range = line.firstRange(of: piece) {
                let column = line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1
                return text.mark(line: index + 1, column: column, length: piece.unicodeScalars.count)
            }
            if line.allSatisfy(\.isWhitespace), index >= block.line { break }
        }
        return sources.mark(language, line: block.line)
    }
}
