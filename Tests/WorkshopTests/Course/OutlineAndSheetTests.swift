import TerminalKit
import Testing

@testable import Workshop

/// The outline of a lesson, and its sheet once it is finished.
@Suite struct OutlineAndSheetTests {
    @Test func theOutlineShowsHowStepsWentAndJumps() throws {
        let student = try Student().at("both").press("2 enter o")
        student.expect(text: "right ✓").expect(text: "challenge").expect(text: "1 min")
        student.press("down enter").expect(page: "number").expect(noText: "challenge")
        student.press("o g enter").expect(page: "card")
        student.press("o G enter").expect(page: "summary")
        student.press("o escape").expect(page: "summary")
    }

    @Test func aDigitInTheOutlineGoesToThatStep() throws {
        let student = try Student().at("look").press("o 4").expect(text: "▸  4 ").press("9").expect(text: "▸  4 ")
        student.press("enter").expect(page: "number")
        var outline = OutlineState(index: 0)
        outline.type(1, of: 16)
        #expect(outline.index == 1)
        outline.type(2, of: 16)
        #expect(outline.index == 12)
        // There is no step 127.
        outline.type(7, of: 16)
        #expect(outline.index == 7)
    }

    @Test(arguments: [(60, 16), (80, 24), (200, 60)]) func theOutlineShowsTheChosenStep(size: (Int, Int)) throws {
        let student = try Student(size: Size(width: size.0, height: size.1)).at("faster").press("o")
        #expect(student.screen.contains("▸ "))
        student.expect(text: "Faster")
    }

    @Test func theSheetIsThereOnceTheLessonIsFinished() throws {
        let student = try Student().at("words").press("S").expect(text: "The reference sheet comes with the end")
        student.press("n n 2 enter n 8 0 enter n n n").expect(page: "summary")
        student.press("S").expect(text: "reference sheet").expect(text: "Waiting adds up.").expect(text: "Both: 80 ms")
        student.press("G").expect(text: "What it leaves out")
        student.press("L").expect(text: "Qué deja fuera")
        student.press("escape").expect(page: "summary")
    }

    @Test func theMenuOpensTheSheetOfAFinishedLesson() throws {
        var progress = Progress()
        progress.lessons["rehearsal"] = LessonProgress()
        progress.lessons["rehearsal"]?.isFinished = true
        let student = Student(try RehearsalLesson.make(), progress: progress).press("S")
        student.expect(text: "reference sheet").press("escape").expect(page: "summary")
    }

    @Test func theSheetHasWhatTheStudentSaidWhereItWasWrong() throws {
        let student = try Student().at("words").press("n n 1 enter n 8 0 enter n n n S")
        student.expect(text: "Both: 80 ms (you said 40 ms)")
    }
}
