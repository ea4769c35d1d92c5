import Scenario

/// Reads a lesson's `en.md` or `es.md`: one section for each step, and what belongs to it.
///
///     ## step-id            the text of the step
///     ### after             shown after the answer, or after the challenge is passed
///     ### hint              one for each level
///     <!-- notes: ... -->   for the speaker: see ``LessonComment``
struct LessonTextReader {
    /// Sections that are not a step's.
    static let summary = "summary"
    static let reading = "reading"

    /// What is said of a section's heading that is of another level.
    static let wrongSign = "a section begins with ##"

    /// A heading and the lines under it, up to the next heading of its level.
    private struct Section {
        var name: String
        var mark: SourceMark
        /// Indices of lines, the heading's not included.
        var lines: Range<Int>
    }

    private let source: SourceText
    private let reader: YAMLReader
    /// Of each line that stands in a code block or a comment the one that begins it: no headings there.
    private let openings: [Int?]
    /// Lines that are meant to begin a section and have another sign, with the section's name.
    private var slips: [Int: String] = [:]

    static func read(_ source: SourceText, language: Language, steps: [LessonStep], reader: YAMLReader) -> LessonText {
        let names = steps.map(\.id) + [summary, reading]
        return LessonTextReader(source, reader: reader, expecting: names).text(language: language, steps: steps)
    }

    private init(_ source: SourceText, reader: YAMLReader, expecting names: [String] = []) {
        self.source = source
        self.reader = reader
        openings = Self.openings(source.lines)
        slips = slips(of: names)
    }

    /// Headings of another level that are called like a section that is missing. The file's title is none.
    private func slips(of names: [String]) -> [Int: String] {
        var missing = Set(names).subtracting(sections(level: 2, in: 0..<source.lines.count).map(\.name))
        let title = source.lines.firstIndex { $0.hasPrefix("# ") }
        var slips: [Int: String] = [:]
        for (index, line) in source.lines.enumerated() where line.hasPrefix("#") && index != title && !isInside(index) {
            let name = MarkdownParser.trimmed(line.drop { $0 == "#" })
            if missing.remove(name) != nil { slips[index] = name }
        }
        return slips
    }

    private func reportSlips() {
        for (index, name) in slips.sorted(by: { $0.key < $1.key }) {
            let length = source.lines[index].unicodeScalars.count
            reader.report(
                Self.wrongSign, at: source.mark(line: index + 1, column: 1, length: length),
                suggestion: "write ## \(name)")
        }
    }

    private static func openings(_ lines: [String]) -> [Int?] {
        var fence: Fence?
        var opening: Int?
        return lines.enumerated().map { index, line in
            if let open = opening {
                if fence?.isClosed(by: line) ?? line.contains("-->") { (fence, opening) = (nil, nil) }
                return open
            }
            fence = Fence(line)
            if fence != nil || line.hasPrefix("<!--") && !line.contains("-->") { opening = index }
            return opening
        }
    }

    private func isInside(_ index: Int) -> Bool { openings[index] != nil }

    /// Reports comments and code blocks that go on over what comes after them. Returns the sections that they swallow.
    private func checkEnds(expecting names: [String]) -> Set<String> {
        var swallowed: Set<String> = []
        var told: Set<Int> = []
        for (index, line) in source.lines.enumerated() {
            guard let opening = openings[index], opening != index else { continue }
            let isComment = source.lines[opening].hasPrefix("<!--")
            let name = line.hasPrefix("## ") ? MarkdownParser.trimmed(line.dropFirst(3)) : nil
            if let name, names.contains(name) { swallowed.insert(name) }
            let isPart = isComment && Self.partStarts.contains { line.hasPrefix($0) }
            let isNext = name.map { names.contains($0) } ?? isPart
            let isLast = index == source.lines.count - 1 && isComment && !line.contains("-->")
            guard isNext || isLast, told.insert(opening).inserted else { continue }
            let what = isComment ? "comment" : "code block"
            reader.report(
                "this \(what) is not closed: it goes on to line \(index + 1), \(SafeText.quoted(line))",
                at: source.mark(line: opening + 1, column: 1, length: source.lines[opening].unicodeScalars.count),
                suggestion: isComment ? "close it with -->" : "close it as it begins")
        }
        return swallowed
    }

    /// What does not stand in a comment.
    private static let partStarts = ["<!--", "### after", "### hint"]

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
        let names = steps.map(\.id) + [Self.summary, Self.reading]
        reportSlips()
        let swallowed = checkEnds(expecting: names)
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
        checkAllThere(names, seen.union(swallowed), sections)
        return text
    }

    /// Missing sections are told where the first of them should stand.
    private func checkAllThere(_ names: [String], _ known: Set<String>, _ sections: [Section]) {
        let missing = names.filter { !known.contains($0) }
        guard let first = missing.first else { return }
        let before = names.prefix { $0 != first }.last { name in sections.contains { $0.name == name } }
        let mark = sections.first { $0.name == before }?.mark ?? source.mark(line: 1, column: 1)
        reader.report(
            "missing sections: \(missing.map { "## \($0)" }.joined(separator: ", "))", at: mark,
            suggestion: before.map { "## \(first) stands below ## \($0)" })
    }

    /// Only the title stands before the first section.
    private func checkPreface(before line: Int) {
        let preface = source.lines.prefix(line - 1)
        for (index, line) in preface.enumerated() where !isInside(index) {
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
        for index in lines where !isInside(index) {
            let slip = level == 2 ? slips[index] : nil
            guard slip != nil || source.lines[index].hasPrefix(prefix) else { continue }
            if let last = sections.indices.last { sections[last].lines = sections[last].lines.lowerBound..<index }
            let name = slip ?? MarkdownParser.trimmed(source.lines[index].dropFirst(level + 1))
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
                    suggestion: Self.knownParts)
            }
        }
        if text.body.isEmpty { reader.report("the section has no text", at: section.mark) }
        if hasOnlyParts(section) { checkParts(of: text, for: step, at: section.mark) }
        return text
    }

    /// `#### hint` is no heading of a part, nor a text's own: texts have none.
    private func hasOnlyParts(_ section: Section) -> Bool {
        var isRight = true
        for deep in section.lines where !isInside(deep) && source.lines[deep].hasPrefix("####") {
            let line = source.lines[deep]
            let sign = line.prefix { $0 == "#" }
            let name = MarkdownParser.trimmed(line.dropFirst(sign.count))
            let mark = source.mark(line: deep + 1, column: 1, length: line.unicodeScalars.count)
            reader.report(
                "unknown part \(SafeText.quoted(name)), under \(sign)", at: mark,
                suggestion: Self.parts.contains(name) ? "write ### \(name)" : Self.knownParts)
            isRight = false
        }
        return isRight
    }

    private static let parts = ["after", "hint"]
    private static let knownParts = "the parts of a section are: \(parts.joined(separator: ", "))"

    private func checkParts(of text: StepText, for step: LessonStep, at mark: SourceMark) {
        switch step.kind {
        case .predict where text.after.isEmpty:
            reader.report("a prediction needs an explanation", at: mark, suggestion: "write it under ### after")
        case .challenge where text.hints.isEmpty:
            reader.report("a challenge needs a hint", at: mark, suggestion: "write it under ### hint")
        case .read, .watch, .experiment:
            if !text.after.isEmpty {
                reader.report(
                    "only a prediction or a challenge has an \"after\"", at: mark, suggestion: "write it into the text")
            }
        default: break
        }
    }

    /// The blocks without comments; those that begin with `notes:` are the speaker's.
    private func take(_ blocks: [MarkdownBlock], notes: inout [MarkdownBlock]) -> [MarkdownBlock] {
        for block in blocks {
            guard case .comment(let comment) = block.content else { continue }
            guard let head = LessonComment.Head(comment[...]), head.kind == .notes else { continue }
            let skipped = comment[..<head.rest.startIndex].count(where: \.isNewline)
            notes += MarkdownParser.parse(MarkdownParser.trimmed(head.rest), firstLine: block.line + skipped)
        }
        return blocks.filter { !$0.isComment }
    }
}

extension MarkdownBlock {
    var isComment: Bool { if case .comment = content { true } else { false } }
}
