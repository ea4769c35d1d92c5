import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Play, pause, speed, and every way along the timeline.
@Suite struct TimeKeysTests {
    let student: Student

    init() throws { student = try Student().at("look") }

    // MARK: Playing

    @Test func spacePlaysAndPauses() {
        student.expect(playing: false).press("space").expect(playing: true)
            .wait(.milliseconds(100)).expect(cursor: "100ms")
            .press("space").expect(playing: false).wait(.milliseconds(100)).expect(cursor: "100ms")
            .press("space").wait(.milliseconds(50)).expect(cursor: "150ms")
    }

    @Test func playingPausesOnceAtTheStopOfTheStep() {
        student.press("space").wait(.seconds(1)).expect(cursor: "800ms").expect(playing: false)
            .press("space").wait(.milliseconds(100)).expect(cursor: "900ms").expect(playing: true)
    }

    @Test func playingEndsAtTheEndAndBeginsAgain() throws {
        let end = try #require(student.trace?.end)
        student.press("space").wait(.seconds(1)).press("space").wait(.seconds(60)).expect(playing: false)
        #expect(student.app.virtualTime == end)
        student.press("space").expect(cursor: "0s").expect(playing: true).wait(.milliseconds(10)).expect(cursor: "10ms")
    }

    @Test(arguments: [
        (0, "10ms", "1x"), (1, "20ms", "2x"), (2, "50ms", "5x"), (3, "100ms", "10x"), (4, "200ms", "20x"),
        (5, "500ms", "50x"), (6, "800ms", "100x"), (7, "800ms", "200x"), (9, "800ms", "1000x"),
        (10, "800ms", "max"), (12, "800ms", "max"),
        (-1, "5ms", "0.5x"), (-2, "2ms", "0.2x"), (-3, "1ms", "0.1x"), (-5, "1ms", "0.1x"),
    ])
    func speedsGoFromATenthToAsFastAsPossible(steps: Int, cursor: String, label: String) {
        student.press(steps < 0 ? "<" : ">", times: abs(steps)).press("space").wait(.milliseconds(10))
            .expect(cursor: cursor).expect(text: " \(label) ")
    }

    @Test func aStepBeginsAtItsOwnMomentAndSpeed() {
        student.at("turn").expect(cursor: "300ms").press("space").wait(.milliseconds(10)).expect(cursor: "320ms")
    }

    @Test func hugeTicksGoToTheEnd() throws {
        student.press("space space g").press("> > > > > >").press("space").wait(.seconds(Int64.max / 2)).press("space")
            .wait(.seconds(Int64.max / 2)).expect(playing: false)
        #expect(student.app.virtualTime == student.trace?.end)
    }

    // MARK: Steps

    @Test func steppingVisitsEveryEventAndBackAgain() throws {
        let events = try #require(student.trace).events
        for (index, event) in events.enumerated() {
            student.press("right")
            let player = try #require(student.player)
            #expect(player.cursor.eventCount == index + 1)
            #expect(player.cursor.time == event.time)
            #expect(player.selection.event == EventID(UInt32(index + 1)))
        }
        student.press("right")
        #expect(student.app.virtualTime == student.trace?.end)
        for index in events.indices.reversed() {
            student.press("left")
            #expect(student.player?.cursor.eventCount == index)
        }
        student.expect(cursor: "0s").press("left").expect(cursor: "0s")
        #expect(student.player?.selection.event == nil)
    }

    @Test func steppingPauses() {
        student.press("space").wait(.milliseconds(100)).press("right").expect(playing: false)
            .press("space").press("left").expect(playing: false)
    }

    // MARK: Jumps

    @Test func marksAreThoseOfTheScenarioItsFaultsAndChanges() throws {
        student.press("]").expect(cursor: "500ms").press("]").expect(cursor: "1s").press("]").expect(cursor: "1.5s")
            .press("]").expect(cursor: "2s").press("[").expect(cursor: "1.5s").press("] ]")
        #expect(student.app.virtualTime == student.trace?.end)
        student.press("[").expect(cursor: "2s").press("[ [ [ [").expect(cursor: "0s").press("[").expect(cursor: "0s")
        // A change is a mark too.
        student.at("turn").press("+ g ]").expect(cursor: "300ms").press("]").expect(cursor: "500ms")
    }

    @Test func scrubbingGoesASixtiethOfTheRun() throws {
        let end = try #require(student.trace?.end).nanoseconds
        student.press("space").press(".").expect(playing: false)
        #expect(student.app.virtualTime?.nanoseconds == end / 60)
        student.press(".").press(",")
        #expect(student.app.virtualTime?.nanoseconds == end / 60)
        student.press(",", times: 3).expect(cursor: "0s").press(".", times: 70)
        #expect(student.app.virtualTime?.nanoseconds == end)
    }

    @Test(arguments: ["g", "home"]) func toTheStart(key: String) {
        student.press("] \(key)").expect(cursor: "0s")
        #expect(student.player?.cursor.eventCount == 0)
    }

    @Test(arguments: ["G", "end"]) func toTheEnd(key: String) {
        student.press(key).expect(playing: false)
        #expect(student.player?.cursor.eventCount == student.trace?.events.count)
        #expect(student.app.virtualTime == student.trace?.end)
    }

    /// Recorded keys carry their times: playing to one is what letting time pass does.
    @Test func playingToAMomentIsWhatTimeDoes() throws {
        let other = try Student().at("look").press("space")
        student.press("space")
        for step in 1...40 {
            student.wait(.milliseconds(step))
            other.send(.play(to: try #require(student.app.virtualTime)))
            #expect(student.app.view() == other.app.view())
        }
    }
}
