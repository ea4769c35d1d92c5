import Scenario

/// Finds comments that are not what they seem to be: a claim that nobody checks, notes that nobody sees.
struct CommentLint {
    let sources: LessonSources

    func problems() -> [Problem] {
        let slips = Language.allCases.flatMap { language in
            LessonComment.all(in: sources[language].lines).compactMap { problem($0, sources[language]) }
        }
        // The claim that seems to be missing may be one of them.
        return slips.isEmpty ? lonely() : slips
    }

    // MARK: First words

    private static let parts = ["hint", "after"]
    private static let known = LessonComment.Kind.allCases.map(\.rawValue) + parts

    private func problem(_ comment: LessonComment, _ source: SourceText) -> Problem? {
        guard let first = comment.lines.first, let head = comment.head else { return nil }
        if comment.kind == .notes {
            return comment.claims.first.map {
                $0.mark(at: 0, in: source).problem(
                    "this stands in the speaker's notes: nothing checks it",
                    suggestion: "a claim stands in a comment of its own")
            }
        }
        guard comment.kind == nil else { return nil }
        let mark = source.mark(
            line: first.number, column: first.column, length: head.word.unicodeScalars.count)
        return head.hasColon ? misspelt(head.word, mark) : colonless(head, mark)
    }

    private func misspelt(_ word: Substring, _ mark: SourceMark) -> Problem? {
        let written = word.lowercased()
        // Other words that resemble one of them mostly begin with another letter: `routes`.
        let known = Self.known.filter { $0.first == written.first }
        guard let near = Suggestion.nearest(to: written, in: known) else { return nil }
        let isPart = Self.parts.contains(near)
        var problem = mark.problem(
            isPart ? "nobody sees a comment" : "no comment begins with \(SafeText.quoted("\(word):"))",
            suggestion: isPart ? "if it is for students, write it under ### \(near)" : "did you mean \"\(near):\"?")
        // A claim that nobody checks is worse than an author's own word.
        problem.isHint = near != LessonComment.Kind.claim.rawValue
        return problem
    }

    /// `claim page.ok = 10`; an author's own words mostly hold no comparison.
    private func colonless(_ head: LessonComment.Head, _ mark: SourceMark) -> Problem? {
        let claim = LessonComment.Kind.claim.rawValue
        guard Suggestion.nearest(to: head.word.lowercased(), in: [claim]) != nil,
            head.rest.contains(where: { "=<>≤≥≠".contains($0) })
        else { return nil }
        return mark.problem("a claim begins with \"claim:\"; nothing checks this", suggestion: "write claim:")
    }

    // MARK: Both languages

    /// Claims of a section that one language has and the other has not: one of its sentences relies on nothing.
    private func lonely() -> [Problem] {
        Language.allCases.flatMap { language -> [Problem] in
            let other: Language = language == .english ? .spanish : .english
            let there = claims(other).map(\.key)
            return claims(language).filter { !there.contains($0.key) }.map { claim in
                var problem = claim.mark.problem(
                    "this claim stands in \(sources[language].file.split(separator: "/").last ?? "") alone",
                    suggestion: "write it beside the sentence of the other language too")
                problem.isHint = true
                return problem
            }
        }
    }

    private func claims(_ language: Language) -> [(key: [String], mark: SourceMark)] {
        let source = sources[language]
        let sections = LessonTextReader.sections(of: source)
        return LessonComment.all(in: source.lines).filter { $0.kind != .notes }.flatMap(\.claims).map { claim in
            let section = sections.last { $0.mark.line < claim.lines[0].number }?.name ?? ""
            let words = claim.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let length = claim.lines[0].text.unicodeScalars.count
            return ([section, words], claim.mark(at: 0, in: source, length: length))
        }
    }
}
