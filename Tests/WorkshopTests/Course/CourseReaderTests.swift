import Scenario
import Testing

@testable import Workshop

/// The file that makes lessons a course.
@Suite struct CourseReaderTests {
    private func problems(_ lessons: String, known: [String]? = nil) -> [String] {
        let yaml = """
            format: 1
            parts:
              - title: { en: One, es: Uno }
                lessons: \(lessons)
            """
        do throws(ScenarioError) {
            _ = try CourseReader.read(Array(yaml.utf8), file: "course.yaml", lessons: known)
            return []
        } catch {
            return error.problems.map(\.message)
        }
    }

    @Test func partsAndNeedsAreRead() throws {
        let yaml = """
            format: 1
            parts:
              - title: { en: One, es: Uno }
                lessons: [ a, { id: b, needs: [ a ] } ]
            """
        let course = try CourseReader.read(Array(yaml.utf8), file: "course.yaml")
        #expect(course.parts.map(\.lessons) == [["a", "b"]])
        #expect(course.parts[0].title(.spanish) == "Uno")
        #expect(course.needs == ["b": ["a"]])
    }

    @Test func whatCannotBeTaughtInThatOrderIsAProblem() {
        #expect(problems("[ { id: a, needs: [ b ] }, { id: b, needs: [ a ] } ]").count == 1)
        #expect(problems("[ { id: a, needs: [ a ] } ]").first?.contains("needs itself") == true)
        #expect(problems("[ a, a ]").first?.contains("already") == true)
    }

    @Test func lessonsThatAreNotThereAreProblems() {
        #expect(problems("[ a, { id: b, needs: [ c ] } ]", known: ["a", "b"]) == ["there is no lesson \"c\""])
        #expect(problems("[ a ]", known: []).count == 1)
    }

    @Test func theCourseOfTheWorkshopHasEveryLessonOnce() throws {
        let library = LessonFolders.library
        #expect(library.courseProblems().map(\.description) == [])
        #expect(try library.course().parts.flatMap(\.lessons).sorted() == library.entries.map(\.id).sorted())
    }
}
