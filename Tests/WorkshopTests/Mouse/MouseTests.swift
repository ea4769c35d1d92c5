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

    @Test func nothingHappensWhereNothingIs() throws {
        let student = try Student().at("look")
        let before = student.app.view()
        act(.press, Point(x: 79, y: 0), student)
        act(.press, Point(x: 500, y: 500), student)
        #expect(student.app.view() == before)
    }
}
