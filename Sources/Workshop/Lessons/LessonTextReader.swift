import Scenario

/// Reads a lesson's `en.md` or `es.md`: one section for each step, and what belongs to it.
///
///     ## step-id            the text of the step
///     ### after             shown after the answer, or after the challenge is passed
///     ### hint              one for each level
///     <!-- notes: ... -->   for the speaker
struct LessonTextReader {
    /// Sections that are not a step's.
    static let summary = "summary"
    static let reading = "reading"

    /// A heading and the lines under it, up to the next heading of its level.
    private struct Section {
        var name: String
        var mark: SourceMark
        /// Indices of lines, the heading's not included.
        var lines: Range<Int>
    }

    private let source: SourceText
    private let reader: YAMLReader
    /// Lines that stand in a code block or a comment: no headings there.
    private let isInside: [Bool]

    static func read(_ source: SourceText, language: Language, steps: [LessonStep], reader: YAMLReader) -> LessonText {
        LessonTextReader(source, reader: reader).text(language: language, steps: steps)
    }

    private init(_ source: SourceText, reader: YAMLReader) {
        self.source = source
        self.reader = reader
        isInside = Self.insides(source.lines)
    }

    private static func insides(_ lines: [String]) -> [Bool] {
        var fence: Fence?
        var isComment = false
        return lines.map { line in
            if let open = fence {
                if open.isClosed(by: line) { fence = nil }
                return true
            }
            if isComment {
                isComment = !line.contains("-->")
                return true
            }
            fence = Fence(line)
            isComment = line.hasPrefix("<!--") && !line.contains("-->")
            return fence != nil || isComment
        }
    }

    // MARK: Sections

    /// The sections of a text as they are written, whether or not they are a step's.
    static func sections(of source: SourceText) -> [(name: String, mark: SourceMark, lines: [String])] {
        let reader = LessonTextReader(source, reader: YAMLReader())
        return reader.sections(level: 2, in: 0..<source.lines.count).map { section in
            (section.name, section.mark, Array(source.lines[section.lines]))
        }
    }

    private func text(language: Language, steps: [LessonStep]) -> LessonText {
        var text = LessonText(file: source.file, language: language)
        let sections = sections(level: 2, in: 0..<source.lines.count)
        checkPreface(before: sections.first?.mark.line ?? source.lines.count + 1)
        var seen: Set<String> = []
        for section in sections {
            guard seen.insert(section.name).inserted else {
                reader.report("second section \(SafeText.quoted(section.name))", at: section.mark)
                continue
            }
            switch section.name {
            case Self.summary: text.summary = plain(section)
            case Self.reading: text.reading = plain(section)
            default:
                guard let step = steps.first(where: { $0.id == section.name }) else {
                    let known = steps.map(\.id).filter { !seen.contains($0) } + [Self.summary, Self.reading]
                    let near = Suggestion.nearest(to: section.name, in: known)
                    reader.report(
                        "no step has the id \(SafeText.quoted(section.name))", at: section.mark,
                        suggestion: near.map { "did you mean \"\($0)\"?" })
                    continue
                }
                text.steps.append(self.step(step, section))
            }
        }
        let missing = (steps.map(\.id) + [Self.summary, Self.reading]).filter { !seen.contains($0) }
        if !missing.isEmpty {
            let names = missing.map { "## \($0)" }.joined(separator: ", ")
            reader.report(Problem(file: source.file, message: "missing sections: \(names)"))
        }
        return text
    }

    /// Only the title stands before the first section.
    private func checkPreface(before line: Int) {
        let preface = source.lines.prefix(line - 1)
        for (index, line) in preface.enumerated() where !isInside[index] {
            if line.hasPrefix("# ") || line.hasPrefix("<!--") || line.allSatisfy(\.isWhitespace) { continue }
            reader.report(
                "text before the first section", at: source.mark(line: index + 1, column: 1),
                suggestion: "put it under a heading: ## step-id")
            return
        }
    }

    private func sections(level: Int, in lines: Range<Int>) -> [Section] {
        let prefix = String(repeating: "#", count: level) + " "
        var sections: [Section] = []
        for index in lines where !isInside[index] && source.lines[index].hasPrefix(prefix) {
            if let last = sections.indices.last { sections[last].lines = sections[last].lines.lowerBound..<index }
            let name = MarkdownParser.trimmed(source.lines[index].dropFirst(level + 1))
            let mark = source.mark(line: index + 1, column: level + 2, length: name.unicodeScalars.count)
            sections.append(Section(name: name, mark: mark, lines: index + 1..<lines.upperBound))
        }
        return sections
    }

    private func blocks(_ lines: Range<Int>) -> [MarkdownBlock] {
        MarkdownParser.parse(lines: Array(source.lines[lines]), firstLine: lines.lowerBound + 1)
    }

    private func plain(_ section: Section) -> [MarkdownBlock] { blocks(section.lines).filter { !$0.isComment } }

    // MARK: Steps

    private func step(_ step: LessonStep, _ section: Section) -> StepText {
        let parts = sections(level: 3, in: section.lines)
        let bodyEnd = parts.first.map { $0.mark.line - 1 } ?? section.lines.upperBound
        var text = StepText(id: step.id, lines: section.mark.line...max(section.mark.line, section.lines.upperBound))
        text.body = take(blocks(section.lines.lowerBound..<bodyEnd), notes: &text.notes)
        for part in parts {
            switch part.name {
            case "after":
                if !text.after.isEmpty { reader.report("second \"after\" in this section", at: part.mark) }
                text.after = take(blocks(part.lines), notes: &text.notes)
            case "hint": text.hints.append(take(blocks(part.lines), notes: &text.notes))
            default:
                reader.report(
                    "unknown part \(SafeText.quoted(part.name))", at: part.mark,
                    suggestion: "the parts of a section are: after, hint")
            }
        }
        if text.body.isEmpty { reader.report("the section has no text", at: section.mark) }
        checkParts(of: text, for: step, at: section.mark)
        return text
    }

    private func checkParts(of text: StepText, for step: LessonStep, at mark: SourceMark) {
        switch step.kind {
        case .predict where text.after.isEmpty:
            reader.report("a prediction needs an explanation", at: mark, suggestion: "write it under ### after")
        case .challenge where text.hints.isEmpty:
            reader.report("a challenge needs a hint", at: mark, suggestion: "write it under ### hint")
        case .read, .watch, .experiment:
            if !text.after.isEmpty {
                reader.report(
                    "a \(step.kindName) step has no \"after\"", at: mark, suggestion: "write it into the text")
            }
        default: break
        }
    }

    /// The blocks without comments; those that begin with `notes:` are the speaker's.
    private func take(_ blocks: [MarkdownBlock], notes: inout [MarkdownBlock]) -> [MarkdownBlock] {
        for block in blocks {
            guard case .comment(let comment) = block.content else { continue }
            let text = comment.drop { $0.isWhitespace }
            guard text.hasPrefix("notes:") else { continue }
            let skipped = comment.prefix(comment.count - text.count).count(where: \.isNewline)
            notes += MarkdownParser.parse(MarkdownParser.trimmed(text.dropFirst(6)), firstLine: block.line + skipped)
        }
        return blocks.filter { !$0.isComment }
    }
}

extension MarkdownBlock {
    var isComment: Bool { if case .comment = content { true } else { false } }
}
