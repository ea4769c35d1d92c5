import Scenario

/// Checks that both languages say the same: as many hints, the same figures, the same kinds of blocks in the same
/// order. A difference mostly means that one of them was changed and the other forgotten.
struct LessonParityLint {
    let lesson: Lesson
    let sources: LessonSources

    func problems() -> [Problem] {
        var problems: [Problem] = []
        for english in lesson.english.steps {
            guard let spanish = lesson.spanish.steps.first(where: { $0.id == english.id }) else { continue }
            problems += compare(english, spanish)
        }
        problems += compare(
            lesson.english.summary, lesson.spanish.summary, "the summary", line: line(of: lesson.spanish.summary))
        problems += compare(
            lesson.english.reading, lesson.spanish.reading, "the reading", line: line(of: lesson.spanish.reading))
        return problems
    }

    private func compare(_ english: StepText, _ spanish: StepText) -> [Problem] {
        let line = spanish.lines.lowerBound
        if english.hints.count != spanish.hints.count {
            let here = spanish.hints.count == 1 ? "1 hint" : "\(spanish.hints.count) hints"
            return [problem("\(here) here, and \(english.hints.count) in English", line)]
        }
        if english.notes.isEmpty != spanish.notes.isEmpty {
            return [problem("speaker notes are in one language only", line)]
        }
        var problems = compare(english.body, spanish.body, "the text", line: line)
        problems += compare(english.after, spanish.after, "the explanation", line: line)
        for (index, hints) in zip(english.hints, spanish.hints).enumerated() {
            problems += compare(hints.0, hints.1, "hint \(index + 1)", line: line)
        }
        return problems
    }

    private func compare(
        _ english: [MarkdownBlock], _ spanish: [MarkdownBlock], _ what: String, line: Int
    ) -> [Problem] {
        let place = spanish.first?.line ?? line
        let shapes = (english.map(\.shape), spanish.map(\.shape))
        guard shapes.0 == shapes.1 else {
            let at = zip(english, spanish).first { $0.shape != $1.shape }?.1.line ?? place
            return [
                problem(
                    "\(what) has \(Self.list(shapes.1)) here, and \(Self.list(shapes.0)) in English", at)
            ]
        }
        let figures = (Self.figures(english), Self.figures(spanish))
        if let missing = figures.0.subtracting(figures.1).min() {
            return [problem("\(what) shows {{ \(missing) }} in English, and not here", place)]
        }
        if let extra = figures.1.subtracting(figures.0).min() {
            return [problem("\(what) shows {{ \(extra) }} here, and not in English", place)]
        }
        return zip(english, spanish).compactMap { english, spanish in
            guard english.inlines == spanish.inlines, case .paragraph = english.content,
                english.inlines.contains(where: \.isProse)
            else { return nil }
            return problem("this is the English text", spanish.line)
        }
    }

    private func line(of blocks: [MarkdownBlock]) -> Int { blocks.first?.line ?? 1 }

    private static func figures(_ blocks: [MarkdownBlock]) -> Set<String> {
        Set(blocks.flatMap(\.placeholders).map(\.source))
    }

    private static func list(_ shapes: [String]) -> String {
        shapes.isEmpty ? "nothing" : shapes.joined(separator: ", ")
    }

    private func problem(_ message: String, _ line: Int) -> Problem {
        sources.mark(.spanish, line: line).problem(message, suggestion: "one of the two may be out of date")
    }
}

extension MarkdownBlock {
    /// What it is, without its words: a translation has the same.
    fileprivate var shape: String {
        switch content {
        case .paragraph: "a paragraph"
        case .heading: "a heading"
        case .list(let start, let items): "\(start == nil ? "a list" : "a numbered list") of \(items.count)"
        case .quote: "a quotation"
        case .code: "code"
        case .table(let table): "a table of \(table.rows.count) rows"
        case .rule: "a line"
        case .comment, .unsupported: "something else"
        }
    }
}

extension MarkdownInline {
    /// Whether it is a text of several words: names and figures are the same in each language.
    fileprivate var isProse: Bool {
        if case .text(let text) = self { text.split(separator: " ").count > 3 } else { false }
    }
}
