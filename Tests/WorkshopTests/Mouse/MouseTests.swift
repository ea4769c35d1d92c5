import TerminalKit
import Testing

@testable import Workshop

/// What a mouse does: as keys, so that nothing needs one.
@Suite struct MouseTests {
    /// The first place of a text on the screen.
    private func place(of text: String, _ student: Student) throws -> Point {
        for (y, row) in student.app.view().rows.enumerated() {
            if let range = row.firstRange(of: text) {
                return Point(x: Text.width(String(row[..<range.lowerBound])), y: y)
            }
        }
        Issue.record("\(text) is not on the screen:\n\(student.screen)")
        return Point(x: 0, y: 0)
    }

    private func click(_ text: String, _ student: Student, offset: Int = 0) throws {
        let point = try place(of: text, student)
        act(.press, Point(x: point.x + offset, y: point.y), student)
    }

    private func act(_ action: Mouse.Action, _ point: Point, _ student: Student) {
        for key in MouseKeys(student.app).keys(for: Mouse(action, x: point.x, y: point.y)) {
            student.send(.key(key))
        }
    }

    @Test func aHintOfTheFooterIsPressed() throws {
        let student = try Student().at("look")
        try click("next step", student)
        student.expect(page: "both")
    }

    @Test func eachKeyOfAPairIsPressedByItself() throws {
        let student = try Student().at("look")
        try click("← →", student, offset: 2)
        #expect(student.player?.cursor.eventCount == 1)
        try click("← →", student)
        #expect(student.player?.cursor.eventCount == 0)
    }

    @Test func aPanelIsFocused() throws {
        let student = try Student().at("look")
        try click("Numbers", student)
        #expect(student.app.lesson?.focus == .panel(.metrics))
        try click("Look ", student)
        #expect(student.app.lesson?.focus == .text)
    }

    @Test func theTimelineSeeks() throws {
        let student = try Student().at("look")
        let row = student.app.view().rows.count - 2
        act(.press, Point(x: 25, y: row), student)
        let time = try #require(student.app.virtualTime).seconds
        #expect(time > 0.5 && time < 2.5, "\(time)")
    }

    @Test func aChoiceIsChosenAndPressedAgainGiven() throws {
        let student = try Student().at("both")
        try click("80 ms", student)
        #expect(student.app.lesson?.reply.choice == 1)
        try click("80 ms", student)
        #expect(student.app.lesson?.answer?.isRight == true)
    }

    @Test func theWheelScrollsWhatIsUnderIt() throws {
        let student = try Student().at("look")
        let panel = try place(of: "Numbers", student)
        act(.wheelDown, panel, student)
        #expect(student.app.lesson?.focus == .panel(.metrics))
    }

    @Test func anEventOfTheLogIsSelected() throws {
        let student = try Student(size: Size(width: 100, height: 28)).at("turn")
        student.press("space").wait(.milliseconds(500)).press("space")
        while student.app.lesson?.focus != .panel(.log) { student.press("tab") }
        try click("web calls slow.ask", student, offset: 3)
        let event = try #require(student.player?.selection.event)
        #expect(student.trace?[event]?.kind == .callSent)
    }

    @Test func aDialogueThatIsReadGoesAway() throws {
        let student = try Student().at("look").press("?")
        act(.press, Point(x: 40, y: 12), student)
        #expect(student.app.overlay == nil)
    }

    @Test func aLessonOfTheMenuIsChosenAndOpened() throws {
        let student = try Student()
        try click("7 Rehearsal", student, offset: 3)
        student.expect(page: "card")
    }

    @Test func aStepOfTheOutlineIsChosenAndOnceMoreOpened() throws {
        let student = try Student().at("look").press("o")
        let row = try place(of: "Turn", student)
        act(.press, row, student)
        #expect(student.app.overlay != nil)
        act(.press, row, student)
        student.expect(page: "turn")
    }

    @Test func theGlossaryIsSearchedAndItsLinksAreFollowed() throws {
        let student = try Student()
        student.glossary = try GlossaryTests.glossary()
        student.at("look").press("i")
        try click("retry", student)
        student.expect(text: "Again.")
        try click("cache", student)
        student.expect(text: "Keeps answers.")
        // The link of a term: into the links, and along.
        let link = try #require(student.app.view().rows.lastIndex { $0.contains("circuit breaker") })
        let column = Text.width(String(student.app.view().rows[link].prefix { $0 != "c" }))
        act(.press, Point(x: column, y: link), student)
        act(.press, Point(x: column, y: link), student)
        student.expect(text: "Counts failures.")
    }

    @Test func aLessonThatWasSearchedIsChosenAndTheCaretMoves() throws {
        let student = try Student().press("/ t u r n")
        let line = try place(of: "/ turn", student)
        act(.press, Point(x: line.x + 3, y: line.y), student)
        student.press("x").expect(text: "/ txurn").press("backspace")
        try click("Turn", student)
        student.expect(page: "turn")
    }

    // MARK: Before a class

    private func teacher() throws -> Student {
        Student(try RehearsalLesson.make(), size: Size(width: 120, height: 40), presenter: PresenterState())
    }

    @Test func aPressIsAHandForTheAnswerThatStandsThere() throws {
        let teacher = try teacher().at("both")
        try click("80 ms", teacher)
        try click("80 ms", teacher)
        try click("40 ms", teacher)
        #expect(teacher.app.tally?.hands == [1, 1, 0])
    }

    @Test func thePresentersTimelineAndFaultsArePressed() throws {
        let teacher = try teacher().at("turn").press("tab")
        let line = try #require(teacher.app.view().rows.firstIndex { $0.contains("❚❚") })
        act(.press, Point(x: 40, y: line), teacher)
        #expect(try #require(teacher.app.virtualTime).seconds > 0.5)
        teacher.press("F")
        try click("restore everything", teacher)
        #expect(teacher.app.overlay == nil)
        teacher.press("F")
        try click("fast killed", teacher)
        teacher.expect(changes: 1)
    }

    @Test func theWheelLeavesThePresenterAtTheStep() throws {
        let teacher = try teacher().at("both")
        for _ in 0..<5 { act(.wheelDown, Point(x: 60, y: 20), teacher) }
        teacher.expect(page: "both").press("b")
        act(.press, Point(x: 60, y: 20), teacher)
        #expect(teacher.app.presenter?.isBlack == false)
    }

    @Test func aLiveFollowerLeavesTheLessonToThePresenter() throws {
        let student = Student(try RehearsalLesson.make(), follows: true).at("look")
        for y in 0..<23 { act(.press, Point(x: 40, y: y), student) }
        student.expect(page: "look")
        try click("explore", student)
        #expect(student.app.follower?.isLive == false)
    }

    @Test func nothingHappensWhereNothingIs() throws {
        let student = try Student().at("look")
        let before = student.app.view()
        act(.press, Point(x: 79, y: 0), student)
        act(.press, Point(x: 500, y: 500), student)
        #expect(student.app.view() == before)
    }
}
