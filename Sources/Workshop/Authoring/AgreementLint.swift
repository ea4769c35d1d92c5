import Scenario

/// Finds texts of which one language was changed after the other.
struct AgreementLint {
    let source: LessonSource
    let sources: LessonSources

    func problems() -> [Problem] {
        guard let bytes = source.agreed else { return [missing] }
        // A file that cannot be read says nothing: that is told first.
        guard [source.english, source.spanish].allSatisfy(Self.isText) else { return [] }
        let file = source.path(LessonSource.agreedName)
        do throws(ScenarioError) {
            return compare(try TextAgreement(bytes: bytes, file: file))
        } catch {
            return error.problems
        }
    }

    private static func isText(_ bytes: [UInt8]?) -> Bool {
        bytes.map { String(validating: $0, as: UTF8.self) != nil } ?? true
    }

    private var missing: Problem {
        if source.failures[LessonSource.agreedName] ?? .missing != .missing {
            return source.missing(LessonSource.agreedName)
        }
        var problem = Problem(
            file: source.folder, message: "nobody has noted that both languages say the same",
            suggestion: "compare them, then: \(command)")
        problem.isHint = true
        return problem
    }

    private var command: String { "ensayo lint --agree \(source.folder)" }

    private func compare(_ agreed: TextAgreement) -> [Problem] {
        let now = TextAgreement(of: source)
        let gone = agreed.sections.filter { now[$0.name] == nil }.map { section in
            Problem(
                file: source.path(LessonSource.agreedName),
                message: "there is no section \(SafeText.quoted(section.name)) any more", suggestion: command)
        }
        // A section that one language does not have is a problem of its own.
        return now.sections.filter { $0.english != nil && $0.spanish != nil }.compactMap { section in
            compare(section, agreed[section.name])
        } + gone
    }

    private func compare(_ now: TextAgreement.Section, _ agreed: TextAgreement.Section?) -> Problem? {
        let name = SafeText.quoted(now.name)
        guard let agreed else {
            return problem(.spanish, now.name, "nobody has compared \(name) in both languages yet")
        }
        switch (now.english == agreed.english, now.spanish == agreed.spanish) {
        case (true, true): return nil
        case (false, true):
            return problem(
                .spanish, now.name, "en.md was changed in \(name), and this was not since they were last compared")
        case (true, false):
            return problem(
                .english, now.name, "es.md was changed in \(name), and this was not since they were last compared")
        case (false, false):
            return problem(.spanish, now.name, "both languages were changed in \(name) since they were last compared")
        }
    }

    private func problem(_ language: Language, _ section: String, _ message: String) -> Problem {
        let suggestion = "compare them, then: \(command)"
        let mark = LessonTextReader.sections(of: sources[language]).first { $0.name == section }?.mark
        return mark?.problem(message, suggestion: suggestion)
            ?? Problem(file: sources[language].file, message: message, suggestion: suggestion)
    }
}
