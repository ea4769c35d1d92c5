import Scenario

extension Lesson {
    /// What the one scenario of ``bare(_:)`` is called.
    static let bareScenario = "scenario"

    /// A scenario as a lesson that has nothing else: so figures of it are taken as in lessons.
    static func bare(_ document: ScenarioDocument) -> Lesson {
        let mark = SourceText(file: "", text: "").mark(line: 1, column: 1)
        let nothing = LocalizedText(en: "", es: "")
        return Lesson(
            folder: "", number: 0, id: bareScenario, title: nothing, card: LessonCard(),
            scenarios: [LessonScenario(name: bareScenario, document: document, mark: mark)], main: bareScenario,
            values: [], claims: [], steps: [], english: LessonText(file: "", language: .english),
            spanish: LessonText(file: "", language: .spanish))
    }
}
