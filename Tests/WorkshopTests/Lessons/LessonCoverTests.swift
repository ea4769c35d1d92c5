import Scenario
import Testing

@testable import Workshop

/// The menu reads covers, and students take lessons: both must say the same.
@Suite struct LessonCoverTests {
    @Test func aCoverSaysWhatTheLessonSays() throws {
        let library = LessonLibrary(folder: LessonReplayTests.lessons.path)
        for entry in library.entries {
            #expect(try library.cover(entry) == library.load(entry).cover)
        }
        #expect(library.entries.isEmpty == false)
    }

    @Test func aLessonThatCannotBeTakenStillHasItsCover() throws {
        let cover = try LessonCover.read(
            LessonSource(
                folder: "Lessons/07-half",
                yaml: Array(
                    """
                    format: 1
                    id: half
                    title: { en: Half, es: Mitad }
                    scenarios: { a: { duration: never } }
                    steps: [ { read: one, minutes: 2 }, { predict: two } ]
                    """.utf8), english: nil, spanish: nil))
        #expect(cover.number == 7)
        #expect(cover.steps.map(\.id) == ["one", "two"])
        #expect(cover.predictionCount == 1)
        #expect(cover.minutes == 3)
    }

    @Test func aProblemOfTheHeadIsShownInItsPlace() throws {
        let yaml = "format: 1\nid: half\nscenarios:\n  a: [\ntitle: { en: Half }\nsteps: []\n"
        let error = #expect(throws: ScenarioError.self) {
            try LessonCover.read(
                LessonSource(folder: "Lessons/07-half", yaml: Array(yaml.utf8), english: nil, spanish: nil))
        }
        #expect(error?.problems.map(\.line) == [5])
    }

    @Test(arguments: ["", "format: 2", "format: 1", "format: 1\nid: half", "id: half\ntitle: Half", "- 1", "\u{0}"])
    func aFileWithoutAHeadIsAnError(yaml: String) {
        #expect(throws: ScenarioError.self) {
            try LessonCover.read(
                LessonSource(folder: "Lessons/07-half", yaml: Array(yaml.utf8), english: nil, spanish: nil))
        }
    }
}
