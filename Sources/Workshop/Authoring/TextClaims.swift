import Scenario

/// The claims that stand in a text, beside the sentence that relies on them: `<!-- claim: flow.page.ok = 10 -->`.
struct TextClaims {
    private static let opening = "<!-- claim:"

    private(set) var claims: [Claim] = []
    /// Of those that cannot be read.
    private(set) var problems: [Problem] = []

    init(_ lesson: Lesson, _ sources: LessonSources) {
        for language in Language.allCases {
            for section in LessonTextReader.sections(of: sources[language]) {
                let scope = lesson.scope(of: lesson.step(section.name))
                for (offset, line) in section.lines.enumerated() where line.contains(Self.opening) {
                    read(line, number: section.mark.line + 1 + offset, sources[language], scope)
                }
            }
        }
    }

    private mutating func read(_ line: String, number: Int, _ source: SourceText, _ scope: MetricScope) {
        guard let open = line.firstRange(of: Self.opening) else { return }
        let column = { (index: String.Index) in line.unicodeScalars.distance(from: line.startIndex, to: index) + 1 }
        guard let close = line[open.upperBound...].firstRange(of: "-->") else {
            let mark = source.mark(line: number, column: column(open.lowerBound), length: Self.opening.count)
            return problems.append(mark.problem("a claim stands on one line, and ends with -->"))
        }
        let start = line[open.upperBound...].firstIndex { $0 != " " } ?? open.upperBound
        let text = MarkdownParser.trimmed(line[min(start, close.lowerBound)..<close.lowerBound])
        let place = column(start)
        do {
            let condition = try MetricParser.condition(text, in: scope)
            let mark = source.mark(line: number, column: place, length: text.unicodeScalars.count)
            claims.append(Claim(that: condition, mark: mark))
        } catch {
            let mark = source.mark(line: number, column: place + error.offset)
            problems.append(mark.problem(error.message, suggestion: error.suggestion))
        }
    }
}
