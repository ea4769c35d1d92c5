import Foundation
import Scenario
import TerminalKit
import Testing

@testable import Workshop

private typealias Progress = Workshop.Progress

/// When a lesson is finished, and what the student is told until then.
@Suite struct FinishTests {
    private static let open = LessonProgress()

    private func progress(of student: Student) -> LessonProgress {
        student.app.progress.lessons["rehearsal"] ?? Self.open
    }

    @Test func theSummaryAloneFinishesNothing() throws {
        let student = try Student().at("words").press("n n o G enter").expect(page: "summary")
        #expect(!progress(of: student).isFinished)
        student.expect(text: "Still open: 4 of 6 steps").expect(text: "3 predict: Both").expect(text: "and 1 more")
        student.press("S").expect(text: "4 of 6 steps are open").expect(noText: "80 ms").expect(page: "summary")
        student.press("q").expect(text: "0 of 1 finished").expect(text: "2/6").expect(text: "2 of 6 steps done")
    }

    @Test func aQuestionThatIsPassedByStaysOpen() throws {
        let student = try Student().at("words").press("n n n n n n n n").expect(page: "summary")
        student.expect(text: "Still open: 2 of 6 steps")
        #expect(!progress(of: student).isFinished)
    }

    /// Left is left: nobody is held up by a challenge.
    @Test func aChallengeMayBeLeft() throws {
        let student = try Student().at("words").press("n n 1 g n 1 enter n n n").expect(page: "summary")
        #expect(progress(of: student).isFinished)
        student.expect(noText: "Still open").expect(text: "Challenges reached: 0 of 1")
    }

    @Test func theFirstOpenStepIsOneKeyAwayAndTheLastOneFinishes() throws {
        let student = try Student().at("words").press("n n n 8 0 enter n n n").expect(page: "summary")
        student.expect(text: "enter first open step").press("enter").expect(page: "both").press("2 enter")
        #expect(progress(of: student).isFinished)
    }

    @Test func theMenuGoesOnWithTheFirstOpenStep() throws {
        let student = try Student().at("words").press("n n o G enter q").expect(page: "menu")
        student.expect(text: "step 3 of 6: Both").press("n").expect(page: "both")
    }

    @Test func theSheetKeepsWhatWasNotFoundOut() throws {
        var old = Progress()
        old.lessons["rehearsal"] = LessonProgress()
        old.lessons["rehearsal"]?.isFinished = true
        let student = Student(try RehearsalLesson.make(), size: Size(width: 100, height: 60), progress: old)
        student.press("S").expect(text: "Both: not yet answered").expect(text: "Faster: not yet reached")
        student.expect(noText: "The second call waited").expect(noText: "Slots: 2")
        student.press("L").expect(text: "sin responder").expect(text: "sin conseguir")
    }

    /// What an older version wrote has no word of solutions and summaries.
    @Test func progressOfAnOlderVersionIsRead() throws {
        let text = """
            { "version": 1, "lessons": { "a": { "done": ["x"], "answers": {}, "passed": ["y"], "isFinished": true } } }
            """
        let progress = try JSONDecoder().decode(Progress.self, from: Data(text.utf8))
        let lesson = try #require(progress.lessons["a"])
        #expect(lesson.isFinished && lesson.hasSeenSummary && lesson.withSolution.isEmpty)
        #expect(lesson.done == ["x"] && lesson.passed == ["y"])
        let again = try JSONDecoder().decode(Progress.self, from: try JSONEncoder().encode(progress))
        #expect(again == progress)
    }
}
