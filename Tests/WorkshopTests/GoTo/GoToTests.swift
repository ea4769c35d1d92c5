import Analysis
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// `:` takes the student to a moment, a request, or the next event of a kind.
@Suite struct GoToTests {
    let student: Student

    init() throws { student = try Student().at("look") }

    @discardableResult private func type(_ text: String) -> Student {
        for letter in text { student.send(.key(.character(letter))) }
        return student
    }

    // MARK: Moments and requests

    @Test(arguments: [
        ("1.25s", "1.25s"), ("250ms", "250ms"), ("1,25", "1.25s"), ("2", "2s"), ("1.25 s", "1.25s"),
    ])
    func aMomentIsGoneTo(typed: String, cursor: String) {
        student.press(":")
        type(typed).press("enter").expect(cursor: cursor).expect(playing: false)
    }

    @Test func noMomentLiesBeyondTheEnd() throws {
        student.press(":")
        type("9999h").press("enter")
        #expect(student.app.virtualTime == student.trace?.end)
    }

    @Test func aRequestIsGoneTo() throws {
        student.press(":")
        type("#3").press("enter")
        let event = try #require(student.player?.selection.event.flatMap { student.trace?[$0] })
        #expect(event.kind == .requestStarted)
        #expect(event.request == RequestID(3))
    }

    @Test func aRequestThatIsNotThereLeadsNowhere() {
        student.press(":")
        type("#99999").expect(text: "Nothing like this comes").press("enter escape").expect(cursor: "0s")
    }

    // MARK: Events

    @Test func everyKindOfEventIsOfferedOnceInTheOrderOfTime() throws {
        let trace = try #require(student.trace)
        let items = Upcoming(in: trace, after: .start).items
        #expect(!items.isEmpty)
        #expect(items.map(\.event) == items.map(\.event).sorted())
        let groups = items.compactMap { trace[$0.event] }.map { "\($0.kind) \($0.component) \($0.outcome)" }
        #expect(Set(groups).count == groups.count)
    }

    @Test func whatIsOfferedIsTheNextOfItsKind() throws {
        let trace = try #require(student.trace)
        let middle = trace.cursor(at: .zero.advanced(by: .milliseconds(1200)))
        for item in Upcoming(in: trace, after: middle).items {
            let event = try #require(trace[item.event])
            let same = trace.events.indices.filter {
                $0 >= middle.eventCount && trace.events[$0].kind == event.kind
                    && trace.events[$0].component == event.component && trace.events[$0].outcome == event.outcome
            }
            #expect(same.first == Int(item.event.rawValue) - 1)
            #expect(same.count == item.count)
        }
    }

    @Test func wordsLeaveTheEventsThatHoldThemAll() throws {
        student.press(":")
        type("slow fault").expect(text: "a fault at slow").press("enter")
        let event = try #require(student.player?.selection.event.flatMap { student.trace?[$0] })
        #expect(event.kind == .faultStarted)
        student.press("e").expect(text: "Why?")
    }

    @Test func theChosenEventIsGoneTo() throws {
        let items = Upcoming(in: try #require(student.trace), after: .start).items
        student.press(": down enter")
        #expect(student.player?.selection.event == items[1].event)
    }

    @Test func theChoiceStaysInTheList() throws {
        let items = Upcoming(in: try #require(student.trace), after: .start).items
        student.press(":").press("down", times: items.count + 5).press("up", times: items.count + 5).press("enter")
        #expect(student.player?.selection.event == items[0].event)
    }

    // MARK: Playing there

    @Test func tabPlaysAndPausesThere() {
        student.press(":")
        type("1.2s").press("tab").expect(playing: true).wait(.seconds(1)).expect(cursor: "1s")
            .wait(.seconds(1)).expect(cursor: "1.2s").expect(playing: false)
    }

    @Test func theStepsOwnStopIsPassedOnceAndHoldsAgain() {
        student.press(":")
        type("900ms").press("tab").wait(.seconds(2)).expect(cursor: "900ms")
            .press("g space").wait(.seconds(2)).expect(cursor: "800ms")
    }

    @Test func goingElsewhereForgetsTheTarget() {
        student.press(":")
        type("1.2s").press("tab g space").wait(.seconds(2)).expect(cursor: "800ms")
    }

    @Test func whatLiesBehindIsJumpedTo() {
        student.press("G :")
        type("1s").press("tab").expect(cursor: "1s").expect(playing: false)
    }

    // MARK: The window

    @Test func escapeStaysWhereTheCursorIs() {
        student.press("space").wait(.milliseconds(100)).press(":")
        type("2s").press("escape").expect(cursor: "100ms").expect(playing: false).expect(noText: "Go to")
    }

    @Test(arguments: ["words", "both"]) func itIsNotThereWhereNoRunIsShown(step: String) {
        student.at(step).press(":").expect(noText: "#257")
    }

    @Test(arguments: [(60, 16), (80, 24), (200, 60)], [Language.english, .spanish])
    func theWindowFitsEveryScreen(size: (Int, Int), language: Language) throws {
        let student = Student(
            try RehearsalLesson.make(), size: Size(width: size.0, height: size.1), language: language, glyphs: .ascii)
        student.at("look").press(":").expect(text: "enter").expect(text: "esc").press("down down down")
    }
}
