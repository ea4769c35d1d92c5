import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// A presentation that broke off, and goes on.
@Suite struct ResumeTests {
    private func teacher(_ language: Language = .english) throws -> Student {
        Student(try RehearsalLesson.make(), language: language, presenter: PresenterState())
    }

    /// At the question, after 100 seconds, with five hands and the answer shown.
    private func brokenOff() throws -> PresentationRecord {
        let teacher = try teacher().at("look").send(.clock(.zero)).send(.clock(.seconds(60))).press("n")
        teacher.send(.clock(.seconds(100))).press("1 2 2 1 2 enter")
        let record = try #require(PresentationRecord(teacher.app))
        return try #require(PresentationRecord(bytes: record.bytes))
    }

    private func offered(_ record: PresentationRecord, at step: String? = nil, _ language: Language = .english) throws
        -> Student
    {
        let teacher = try teacher(language).at(step)
        teacher.offer(record)
        return teacher.send(.clock(.zero))
    }

    @Test func itGoesOnAtItsStepWithItsClockAndItsHands() throws {
        let teacher = try offered(try brokenOff()).expect(page: "card")
        teacher.expect(text: "step 3 of 6 (Both)").expect(text: "1:40").expect(text: "enter go on")
        teacher.press("enter").expect(page: "both").expect(text: "The run says").expect(text: "60 %")
        #expect(teacher.app.tally?.hands == [0, 1, 1, 0, 1])
        teacher.send(.clock(.seconds(5)))
        let timer = try #require(teacher.app.presenter?.timer)
        #expect(timer.elapsed == .seconds(105))
        #expect(timer.steps == ["look": .seconds(60), "both": .seconds(45)])
        // The hands stand as they were when the answer was shown.
        #expect(teacher.press("backspace 1").app.tally?.hands == [0, 1, 1, 0, 1])
    }

    @Test func thoseWhoFollowSeeWhereItGoesOn() throws {
        let teacher = try offered(try brokenOff())
        #expect(LessonSnapshot(teacher.app)?.page == "card")
        teacher.press("pagedown")
        let snapshot = try #require(LessonSnapshot(teacher.app))
        #expect(snapshot.page == "both" && snapshot.hands?.counts == [2, 3] && snapshot.hands?.isRevealed == true)
    }

    @Test func whoDeclinesBeginsWhereTheyAre() throws {
        let teacher = try offered(try brokenOff(), at: "turn").send(.clock(.seconds(30))).press("escape q a")
        teacher.expect(page: "turn").expect(noText: "Go on where you were")
        #expect(teacher.app.presenter?.timer.elapsed == .zero)
        #expect(teacher.app.presenter?.tallies.isEmpty == true)
    }

    @Test func theQuestionIsNotPassedByAccident() throws {
        let teacher = try offered(try brokenOff()).press("n x 1 b space escape q").expect(text: "Go on where you were?")
        teacher.press("L").expect(text: "¿Seguir donde estabas?").expect(text: "paso 3 de 6 (Las dos)")
        #expect(PresentationRecord(teacher.app) == nil, "what is offered would be written over")
        teacher.press("enter").expect(page: "both")
    }

    @Test func aTimerThatStoodStillStands() throws {
        let before = try teacher().at("look").send(.clock(.zero)).send(.clock(.seconds(7))).press("T")
        let teacher = try offered(try #require(PresentationRecord(before.app))).press("enter")
        teacher.send(.clock(.seconds(60)))
        #expect(teacher.app.presenter?.timer.elapsed == .seconds(7))
        #expect(teacher.press("T").send(.clock(.seconds(61))).app.presenter?.timer.elapsed == .seconds(8))
    }

    @Test func nothingIsKeptWhileTheClassComesIn() throws {
        let teacher = try teacher().at(nil).send(.clock(.seconds(500)))
        #expect(PresentationRecord(teacher.app) == nil)
        #expect(PresentationRecord(teacher.press("n").app) != nil)
        #expect(PresentationRecord(try Student().at("look").app) == nil, "a student presents nothing")
    }

    @Test func aStepThatIsGoneIsTheCover() throws {
        let text = String(decoding: try brokenOff().bytes, as: UTF8.self)
            .replacing(#""page":"both""#, with: #""page":"old""#)
        let record = try #require(PresentationRecord(bytes: Array(text.utf8)))
        let teacher = try offered(record).expect(text: "broke off: 1:40 in all").press("enter").expect(page: "card")
        #expect(teacher.app.presenter?.timer.elapsed == .seconds(100))
    }

    @Test(arguments: [#""total":-1"#, #""total":99999999"#, #""total":"x""#, ""])
    func nonsenseIsNoRecord(total: String) throws {
        let text = String(decoding: try brokenOff().bytes, as: UTF8.self)
        #expect(text.contains(#""total":100"#))
        #expect(PresentationRecord(bytes: Array(text.replacing(#""total":100"#, with: total).utf8)) == nil)
    }

    @Test func itIsOfferedByEar() throws {
        let record = try brokenOff()
        let teacher = ClassListener(
            try RehearsalLesson.make(), presenter: PresenterState(), offered: record)
        let said = teacher.hear("1")
        #expect(said[0].text.contains("Go on where you were? This presentation broke off: step 3 of 6"))
        #expect(said[0].text.contains("1 go on. 2 begin anew."))
        #expect(said[1].text.contains("Step 3 of 6, predict: Both."), "\(said[1])")
        #expect(teacher.last.presenter?.timer.elapsed == .seconds(100))
    }
}
