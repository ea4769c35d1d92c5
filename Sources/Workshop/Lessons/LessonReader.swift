import Scenario

/// Reads a lesson's files and reports every problem in its place.
public struct LessonReader {
    private let source: LessonSource
    private let tryingChanges: Bool
    private let reader = YAMLReader()

    /// Throws ``ScenarioError`` with all problems of the three files.
    ///
    /// - Parameter tryingChanges: whether changes that the lesson only speaks of are tried out: every value of every
    ///   control, every `with` and `solution`. It takes twice the time, and a lesson that lint has passed needs it not.
    public static func read(_ source: LessonSource, tryingChanges: Bool = true) throws(ScenarioError) -> Lesson {
        let lessonReader = LessonReader(source: source, tryingChanges: tryingChanges)
        let lesson = lessonReader.lesson()
        try lessonReader.reader.finish()
        guard let lesson else { throw ScenarioError(problems: []) }
        return lesson
    }

    private func lesson() -> Lesson? {
        guard let root = LessonHead(source: source, reader: reader).root() else { return nil }
        // What the texts must say follows from the YAML: they are read once that is right.
        guard var lesson = reader.mapping(root, "the lesson", read: head), reader.problems.isEmpty else { return nil }
        lesson.english = text(.english, source.english, lesson)
        lesson.spanish = text(.spanish, source.spanish, lesson)
        return lesson
    }

    private func head(_ map: YAMLMapping) -> Lesson? {
        _ = map.optional("format")
        let id = map.required("id").flatMap { reader.name($0, "the id") }
        let title = map.required("title").flatMap { reader.localizedText($0, "the title") }
        let card = map.required("card").flatMap { LessonCardReader(reader: reader).card($0) }
        let scenarios = LessonScenarioReader(reader: reader, files: source.keyFiles, tryingChanges: tryingChanges)
            .scenarios(map.required("scenarios"), system: map.optional("system"))
        let mainNode = map.optional("main")
        // Everything below names scenarios, and after that values: what is wrong with these comes first.
        guard scenarios.count == map.node["scenarios"]?.entries?.count, let main = main(mainNode, scenarios) else {
            return skip(map)
        }
        var scope = MetricScope(scenarios: scenarios, scenario: main, tryingChanges: tryingChanges)
        let metrics = MetricReader(reader: reader)
        if let node = map.optional("values") { scope.values = metrics.values(node, scope) }
        guard scope.values.count == map.node["values"]?.entries?.count ?? 0 else { return skip(map) }
        let claims = map.optional("claims").map { metrics.claims($0, scope) } ?? []
        let steps = LessonStepReader(reader: reader, scope: scope).steps(map.required("steps"))
        guard let id, let title else { return nil }
        checkFolder(id: id, at: map.node["id"]?.mark)
        return Lesson(
            folder: source.folder, number: source.number ?? 0, id: id, title: title, card: card ?? LessonCard(),
            scenarios: scenarios, main: main, values: scope.values, claims: claims, steps: steps,
            english: LessonText(file: source.path("en.md"), language: .english),
            spanish: LessonText(file: source.path("es.md"), language: .spanish))
    }

    private func skip(_ map: YAMLMapping) -> Lesson? {
        for key in ["values", "claims", "steps"] { _ = map.optional(key) }
        return nil
    }

    private func main(_ node: YAMLNode?, _ scenarios: [LessonScenario]) -> String? {
        let names = scenarios.map(\.name)
        guard let node else { return names.first ?? "" }
        guard let name = reader.name(node, "the name of a scenario") else { return nil }
        if names.contains(name) || names.isEmpty { return name }
        reader.report(
            "unknown scenario \(SafeText.quoted(name))", at: node.mark,
            suggestion: Suggestion.sentence(for: name, in: names))
        return nil
    }

    private func checkFolder(id: String, at mark: SourceMark?) {
        guard let mark else { return }
        let name = source.folderName.split(separator: "-", maxSplits: 1).dropFirst().first.map(String.init)
        if source.number == nil || name != id {
            reader.report(
                "the folder is called \(SafeText.quoted(source.folderName))", at: mark,
                suggestion: "call it NN-\(id), NN being the lesson's number")
        }
    }

    private func text(_ language: Language, _ bytes: [UInt8]?, _ lesson: Lesson) -> LessonText {
        let file = source.path("\(language.rawValue).md")
        let empty = LessonText(file: file, language: language)
        guard let bytes else {
            reader.report(self.source.missing("\(language.rawValue).md"))
            return empty
        }
        guard let text = reader.text(bytes: bytes, file: file) else { return empty }
        let source = SourceText(file: file, text: text)
        let result = LessonTextReader.read(source, language: language, steps: lesson.steps, reader: reader)
        PlaceholderChecker(lesson: lesson, source: source, reader: reader, tryingChanges: tryingChanges).check(result)
        return result
    }
}
