import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// How a student's answers went, the first of each counting.
@Suite struct RecordTests {
    private func record(sure: (right: Int, of: Int), guesses: (right: Int, of: Int)) -> CalibrationRecord {
        let titles = (0..<(sure.of + guesses.of)).map { "step \($0)" }
        let lesson = MenuTests.cover(1, "one", "One", steps: titles)
        var progress = Progress()
        progress.lessons["one"] = LessonProgress()
        for (place, title) in titles.enumerated() {
            let isSure = place < sure.of
            let isRight = isSure ? place < sure.right : place - sure.of < guesses.right
            progress.lessons["one"]?.answers[title] = LessonProgress.Answer(
                reply: "x", confidence: isSure ? .sure : .guess, isRight: isRight)
        }
        return CalibrationRecord([lesson], progress)
    }

    @Test func itCountsWhatWasSureAndWhatWasGuessed() {
        let record = record(sure: (14, 20), guesses: (3, 4))
        #expect(record[.sure] == CalibrationRecord.Share(count: 20, right: 14))
        #expect(record[.guess] == CalibrationRecord.Share(count: 4, right: 3))
        #expect(record.sureAndWrong.count == 6)
        #expect(record.sentences(.english).first == "Of 20 answers you were sure of, 14 were right.")
        #expect(record.sentences(.spanish).first == "De 20 respuestas dadas con seguridad acertaste 14.")
    }

    /// All answers can be gone back to.
    @Test func whatIsWorthAnotherLookIsListedFirst() {
        let listed = record(sure: (1, 3), guesses: (1, 2)).listed
        #expect(listed.map(\.isMisconception) == [true, true, false, false, false])
        #expect(Set(listed.map(\.step.id)).count == 5)
    }

    @Test func fewAnswersAreNotJudged() {
        let said = record(sure: (0, 4), guesses: (4, 4)).sentences(.english)
        #expect(said.contains("That is too little to say whether you can rely on being sure."))
        #expect(said.count == 3)
    }

    @Test func answersOfStepsThatAreGoneDoNotCount() {
        let lesson = MenuTests.cover(1, "one", "One", steps: ["kept"])
        var progress = Progress()
        progress.lessons["one"] = LessonProgress()
        progress.lessons["one"]?.answers["gone"] = LessonProgress.Answer(
            reply: "x", confidence: .sure, isRight: false)
        #expect(CalibrationRecord([lesson], progress).entries.isEmpty)
    }

    @Test func theFirstAnswerCountsAndIsShownLater() throws {
        let student = try Student().at("both").press("1 enter").expect(text: "You said")
        let first = student.app.progress.lessons["rehearsal"]?.answers["both"]
        #expect(first?.isRight == false)
        student.press("2 enter g 2 g")
        #expect(student.app.progress.lessons["rehearsal"]?.answers["both"] == first)
        student.press("n p").expect(page: "both").expect(text: "You said").expect(text: "40 ms ✗")
        student.press("q y").expect(text: "My answers").expect(text: "0 of 1")
        student.press("enter").expect(page: "both")
    }

    @Test func theRecordIsOpenedInALessonToo() throws {
        let student = try Student().at("both").press("1 enter y").expect(text: "0 of 1")
        student.press("escape").expect(page: "both").press("n y enter").expect(page: "both")
    }

    @Test func challengesReachedWithTheirSolutionAreCountedApart() {
        var lesson = MenuTests.cover(1, "one", "One", steps: ["a", "b", "c"])
        for place in lesson.steps.indices { lesson.steps[place].kind = .challenge }
        var progress = Progress()
        progress.lessons["one"] = LessonProgress()
        #expect(CalibrationRecord([lesson], progress).challenges(.english) == nil)
        progress.lessons["one"]?.passed = ["a", "b"]
        progress.lessons["one"]?.withSolution = ["b", "c"]
        let record = CalibrationRecord([lesson], progress)
        #expect(record.challenges(.english) == "Challenges reached: 2 of 3, 1 with its solution.")
        #expect(record.challenges(.spanish) == "Retos conseguidos: 2 de 3, 1 con su solución.")
    }

    @Test func anEmptyRecordSaysSo() throws {
        let student = try Student().press("y").expect(text: "You have not answered any prediction yet")
        student.press("escape").expect(noText: "My answers").expect(page: "menu")
    }

    @Test(arguments: [(60, 16), (80, 24), (120, 40)]) func theListIsOnEveryScreen(size: (Int, Int)) {
        for language in Language.allCases {
            var frame = Frame(size: Size(width: size.0, height: size.1))
            RecordView(
                record: record(sure: (9, 20), guesses: (6, 7)), index: 10, language: language, glyphs: .unicode
            ).draw(on: &frame)
            #expect(frame.rows.contains { $0.contains("▸ ") && $0.contains("step 19") }, "\(frame.rows)")
        }
    }
}
