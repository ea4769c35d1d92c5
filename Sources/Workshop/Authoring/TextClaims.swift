import Scenario

/// The claims that stand in a text, beside the sentence that relies on them: `<!-- claim: flow.page.ok = 10 -->`.
struct TextClaims {
    private(set) var claims: [Claim] = []
    /// Of those that cannot be read.
    private(set) var problems: [Problem] = []

    init(_ lesson: Lesson, _ sources: LessonSources) {
        for language in Language.allCases {
            let source = sources[language]
            let sections = LessonTextReader.sections(of: source)
            for comment in LessonComment.all(in: source.lines) where comment.kind != .notes {
                let line = comment.lines.first?.number ?? 1
                let section = sections.last { $0.mark.line < line }?.name
                let scope = lesson.scope(of: section.flatMap { lesson.step($0) })
                for claim in comment.claims { read(claim, source, scope, isClosed: comment.isClosed) }
            }
        }
    }

    private mutating func read(
        _ claim: LessonComment.Passage, _ source: SourceText, _ scope: MetricScope, isClosed: Bool
    ) {
        let length = claim.lines.first?.text.unicodeScalars.count ?? 1
        let mark = claim.mark(at: 0, in: source, length: length)
        guard isClosed else { return problems.append(mark.problem("this claim is not closed: it ends with -->")) }
        do {
            claims.append(Claim(that: try MetricParser.condition(claim.text, in: scope), mark: mark))
        } catch {
            let place = claim.mark(at: error.offset, in: source)
            problems.append(place.problem(error.message, suggestion: error.suggestion))
        }
    }
}
