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

    @Test func aLessonToComeKeepsItsPlaceAndItsNumber() throws {
        let yaml = """
            format: 1
            parts:
              - title: { en: One, es: Uno }
                lessons: [ a, { id: new, coming: 2, title: { en: New, es: Nueva } }, b ]
            """
        let course = try CourseReader.read(Array(yaml.utf8), file: "course.yaml", lessons: ["a", "b"])
        let coming = Course.Coming(id: "new", number: 2, title: LocalizedText(en: "New", es: "Nueva"))
        #expect(course.parts.map(\.entries) == [[.lesson("a"), .coming(coming), .lesson("b")]])
        #expect(course.parts.map(\.lessons) == [["a", "b"]])
        let item = "{ id: a, coming: 2, title: { en: A, es: A } }"
        #expect(problems("[ \(item) ]", known: ["a"]) == ["the lesson \"a\" is there"])
        #expect(problems("[ { id: a, coming: soon, title: { en: A, es: A } } ]").count == 1)
        #expect(problems("[ { id: a, coming: 2 } ]").count == 1)
    }

    /// Where a number is missing among the lessons, the course says which lesson it is kept for.
    @Test func theCourseOfTheWorkshopLeavesNoGap() throws {
        let library = LessonFolders.library
        let coming = try library.course().parts.flatMap(\.entries).compactMap { entry in
            if case .coming(let coming) = entry { coming.number } else { nil }
        }
        let numbers = library.entries.map(\.number)
        #expect((numbers + coming).sorted() == Array(1...(numbers.max() ?? 0)))
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
