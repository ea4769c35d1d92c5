import Scenario

extension Lesson {
    /// What the one scenario of ``bare(_:)`` is called.
    public static let bareScenario = "scenario"

    /// A scenario as a lesson that has nothing else: so figures of it are taken as in lessons.
    static func bare(_ document: ScenarioDocument, called name: String = bareScenario) -> Lesson {
        let mark = SourceText(file: "", text: "").mark(line: 1, column: 1)
        let nothing = LocalizedText(en: "", es: "")
        return Lesson(
            folder: "", number: 0, id: bareScenario, title: nothing, card: LessonCard(),
            scenarios: [LessonScenario(name: name, document: document, mark: mark)], main: name,
            values: [], claims: [], steps: [], english: LessonText(file: "", language: .english),
            spanish: LessonText(file: "", language: .spanish))
    }
}
