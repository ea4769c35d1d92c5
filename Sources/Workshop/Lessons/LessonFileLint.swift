import Scenario

/// Checks a lesson's files without understanding them.
struct LessonFileLint {
    let source: LessonSource

    func problems() -> [Problem] {
        unexpectedFiles()
            + [(source.yaml, LessonSource.yamlName), (source.english, "en.md"), (source.spanish, "es.md")]
            .flatMap { characters($0.0, $0.1) }
    }

    private func unexpectedFiles() -> [Problem] {
        source.others.filter { !(LessonSource.folders + LessonSource.companions).contains($0) }.map { name in
            Problem(
                file: source.path(name), message: "a lesson has no such file",
                suggestion: "remove it; a lesson has lesson.yaml, en.md, es.md, and perhaps replays, traces, diagrams")
        }
    }

    /// Parts of the system that are no use. Worth nothing while the file has mistakes: whoever misspells a name leaves
    /// what it means unused.
    func unreachedParts() -> [Problem] {
        guard let bytes = source.yaml else { return [] }
        guard let root = YAMLReader().parse(bytes: bytes, file: source.path(LessonSource.yamlName)) else { return [] }
        return LessonScenarioReader.unreached(in: root).map { kind, entry in
            entry.keyMark.problem(
                "no scenario uses the \(kind) \(SafeText.quoted(entry.key))", suggestion: "use it or remove it")
        }
    }

    private func characters(_ bytes: [UInt8]?, _ name: String) -> [Problem] {
        guard let bytes, let text = String(validating: bytes, as: UTF8.self) else { return [] }
        return CharacterLint(SourceText(file: source.path(name), text: text)).problems()
    }
}
