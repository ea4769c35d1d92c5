import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// The way through a lesson: steps, questions, hints, challenges, language.
@Suite struct LessonKeysTests {
    let student: Student

    init() throws { student = try Student() }

    // MARK: The menu and the pages

    @Test func fromTheMenuToTheSummaryAndBack() {
        student.expect(page: "menu").press("down up end home G g enter").expect(page: "card").press("enter")
            .expect(page: "words")
        for page in ["look", "both", "number", "turn", "faster", "summary", "summary"] {
            student.press("n").expect(page: page)
        }
        for page in ["faster", "turn", "number", "both", "look", "words", "card", "card"] {
            student.press("p").expect(page: page)
        }
        student.press("n q").expect(page: "menu").press("enter").expect(page: "words").press("escape")
            .expect(page: "menu").press("q")
        #expect(student.hasLeft)
    }

    @Test func controlCLeavesFromAnywhere() throws {
        for keys in [
            "", "enter", "enter n n", "enter n ?", "enter n n f", "enter n n n n n space", "enter n n n n n f",
        ] {
            let student = try Student()
            student.press(keys).press("ctrl-c")
            #expect(student.hasLeft)
        }
    }

    @Test(arguments: ["?", "f1"]) func thePageOfKeysComesAndGoes(key: String) {
        student.at("look").press(key).expect(text: "Keys").press("n").expect(noText: "Keys").expect(page: "look")
    }

    @Test func finishingIsKept() {
        student.at(nil).press("n n n 2 enter n 8 0 enter n n n").expect(page: "summary").press("q")
            .expect(text: "Finished")
        #expect(student.saved.last?.lessons["rehearsal"]?.isFinished == true)
        #expect(student.saved.last?.lessons["rehearsal"]?.done.count == 6)
    }

    // MARK: Language

    @Test(arguments: [nil, "words", "look", "both", "number", "turn", "faster"] as [String?])
    func theOtherLanguageKeepsThePlace(step: String?) throws {
        student.at(step).press("space").wait(.milliseconds(30)).press("space tab h pagedown")
        let before = try #require(student.app.lesson)
        let english = student.screen
        student.press("l")
        #expect(student.app.language == .spanish)
        let after = try #require(student.app.lesson)
        #expect(after.page == before.page)
        #expect(after.player?.cursor == before.player?.cursor)
        #expect(student.screen != english)
        #expect(after.focus == before.focus && after.hints == before.hints)
        student.press("l")
        #expect(student.screen == english)
        #expect(student.saved.last?.language == .english)
    }

    // MARK: Predictions

    @Test func aChoiceIsMadeByItsNumberOrByMoving() {
        student.at("both").press("2")
        #expect(student.app.lesson?.reply.choice == 1)
        student.press("up")
        #expect(student.app.lesson?.reply.choice == 0)
        student.press("up down down down")
        #expect(student.app.lesson?.reply.choice == 1)
        // There is no third choice.
        student.press("3 9 0")
        #expect(student.app.lesson?.reply.choice == 1)
    }

    @Test(arguments: [("1", false), ("2", true)]) func sureAndGuessAreKept(choice: String, isRight: Bool) throws {
        for (key, confidence) in [("enter", Confidence.sure), ("g", .guess)] {
            let student = try Student().at("both").press("\(choice) \(key)")
            let answer = try #require(student.saved.last?.lessons["rehearsal"]?.answers["both"])
            #expect(answer.isRight == isRight)
            #expect(answer.confidence == confidence)
            #expect(answer.reply == ["40ms", "80ms"][Int(choice).map { $0 - 1 } ?? 0])
            student.expect(text: "You said").expect(text: "The run says")
            // Given is given.
            student.press("1 enter 2 g")
            #expect(student.app.progress.lessons["rehearsal"]?.answers["both"] == answer)
        }
    }

    @Test func nothingChosenIsNoAnswer() {
        student.at("both").press("enter g")
        #expect(student.app.lesson?.answer == nil)
        student.at("number").press("enter g backspace .").press("enter")
        #expect(student.app.lesson?.answer == nil)
    }

    @Test(arguments: [
        ("8 0", true), ("8 7", true), ("8 0 . 5", true), ("8 0 , 5", true), ("9 9 backspace backspace 7 5", true),
        ("4 0", false), ("8 9", false), ("0", false),
    ])
    func aNumberIsTyped(keys: String, isRight: Bool) {
        student.at("number").press(keys).press("enter")
        #expect(student.app.lesson?.answer?.isRight == isRight)
    }

    @Test func aNumberHasAnEnd() {
        student.at("number").press("1", times: 100)
        #expect(student.app.lesson?.reply.typed.count == 9)
        student.press("enter")
        #expect(student.app.lesson?.answer?.isRight == false)
    }

    @Test func theRunIsWatchedAfterTheAnswer() {
        student.at("both").press("w").expect(text: "How long?").press("space").expect(playing: false)
            .press("2 enter w").expect(playing: true).wait(.milliseconds(10)).expect(cursor: "10ms")
            .expect(text: "The second call waited").press("w").expect(text: "How long?")
            .press("w escape").expect(text: "How long?").expect(page: "both")
    }

    /// A question leaves the run alone: its keys are digits and choices.
    @Test(arguments: ["space", "right", "+", "f", "u", "]", "G", "c", "z", "tab"])
    func aQuestionHasNoPlayer(key: String) {
        student.at("both").press(key).expect(changes: 0).expect(cursor: "0s").expect(playing: false)
            .expect(text: "How long?")
    }

    // MARK: Hints

    @Test func hintsComeOneAfterAnother() {
        student.at("both").expect(noText: "The second call waits.").press("h").expect(text: "The second call waits.")
            .expect(noText: "Twice forty.").press("h").expect(text: "Twice forty.").press("h h h")
        #expect(student.app.lesson?.hints == 2)
        student.press("n p").expect(noText: "Twice forty.")
    }

    // MARK: Challenges

    @Test func aChallengeIsCheckedWithTheStudentsSettings() throws {
        let room = try Student(size: Size(width: 120, height: 40)).at("faster")
        room.press("enter").expect(text: "Goals: not yet")
        #expect(room.app.lesson?.verdict?.goals.map(\.isMet) == [false, true])
        // The trivial way is closed by the second goal.
        room.press("c - enter")
        #expect(room.app.lesson?.verdict?.goals.map(\.isMet) == [true, false])
        #expect(room.app.lesson?.isPassed == false)
        room.press("u").expect(noText: "Goals: not yet").press("c + enter").expect(text: "Goals: reached")
            .expect(text: "Nobody waits now")
        #expect(room.saved.last?.lessons["rehearsal"]?.passed == ["faster"])
    }

    @Test func aSolutionIsForThoseWhoTried() throws {
        let room = try Student(size: Size(width: 120, height: 40)).at("faster")
        room.press("s").expect(noText: "One solution").press("h s").expect(text: "One solution").expect(
            text: "Slots: 2")
        let other = try Student(size: Size(width: 120, height: 40)).at("faster")
        other.press("+ enter s").expect(text: "One solution")
    }

    // MARK: Resuming

    @Test func aLessonIsResumedWhereItWasLeft() throws {
        student.at(nil).press("n n n 2 enter n")
        let progress = try #require(student.saved.last)
        #expect(progress.lessons["rehearsal"]?.step == "number")
        let again = Student(try RehearsalLesson.make(), progress: progress).at(nil)
        again.expect(page: "number").press("p").expect(page: "both").expect(text: "You said")
        #expect(again.app.lesson?.answer?.isRight == true)
    }

    @Test func aStepThatIsGoneIsNotResumed() throws {
        var progress = Progress()
        progress.lessons["rehearsal"] = LessonProgress()
        progress.lessons["rehearsal"]?.step = "of-an-older-edition"
        Student(try RehearsalLesson.make(), progress: progress).at(nil).expect(page: "card")
    }
}
