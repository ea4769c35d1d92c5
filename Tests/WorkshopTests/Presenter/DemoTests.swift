import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// The demo of a presentation: played a stretch at a time, interrupted, gone on with.
@Suite struct DemoTests {
    private let script = """
        format: 1
        lesson: rehearsal
        step: turn
        key tab
        key space
        at 500ms key +
        frame changed
        at 900ms key space
        key f
        key escape
        frame end
        """

    private func teacher(_ text: String? = nil) throws -> Student {
        let script = try SessionScript(parsing: text ?? script, file: "demo.replay")
        return Student(try RehearsalLesson.make(), presenter: PresenterState(script: script)).at(nil)
    }

    /// Lets the demo play until it stands still.
    @discardableResult private func play(_ teacher: Student) -> Student {
        for _ in 0..<2000 where teacher.app.isPlaying { teacher.wait(.milliseconds(16)) }
        #expect(!teacher.app.isPlaying)
        return teacher
    }

    @Test func itPlaysToTheNextStopAtTheSpeedOfTheRun() throws {
        let teacher = try teacher().press("x")
        #expect(teacher.app.isPlaying)
        play(teacher).expect(page: "turn").expect(changes: 1).expect(cursor: "500.000001ms")
        play(teacher.press("x")).expect(cursor: "900ms").expect(text: "the demo is over")
    }

    /// The very state that the session gives in a replay.
    @Test func itEndsWhereAReplayEnds() throws {
        let teacher = try teacher()
        for _ in 0..<3 { play(teacher.press("x")) }
        let parsed = try SessionScript(parsing: script, file: "demo.replay")
        let replay = try SessionReplay.run(parsed, lesson: RehearsalLesson.make(), name: "demo")
        #expect(replay.app.lesson?.player?.run?.digest == teacher.player?.run?.digest)
        #expect(replay.app.virtualTime == teacher.app.virtualTime)
    }

    @Test func aKeyInterruptsItAndXGoesOnFromWhereItStood() throws {
        let straight = play(try teacher().press("x"))
        let teacher = try teacher().press("x")
        for _ in 0..<20 { teacher.wait(.milliseconds(16)) }
        teacher.press("G").expect(playing: false).press("1 2 n n n").expect(page: "summary")
        play(teacher.press("x")).expect(page: "turn").expect(changes: 1).expect(cursor: "500.000001ms")
        #expect(teacher.digest == straight.digest)
    }

    /// What the class is to see is not lost when somebody asks a question meanwhile.
    @Test func whatItWaitsForIsWaitedForAgain() throws {
        let script = """
            format: 1
            lesson: rehearsal
            step: turn
            key space
            wait 900ms
            pause
            key n
            """
        let straight = play(try teacher(script).press("x")).expect(cursor: "1.2s")
        let teacher = try teacher(script).press("x")
        for _ in 0..<20 { teacher.wait(.milliseconds(16)) }
        teacher.press("F escape")
        play(teacher.press("x")).expect(page: "turn").expect(cursor: "1.2s").expect(text: "x  demo 2/2")
        #expect(teacher.digest == straight.digest)
    }

    @Test func pausesAreTheStopsWhereThereAreAny() throws {
        let teacher = try teacher(
            """
            format: 1
            lesson: rehearsal
            step: turn
            key space
            frame passed
            wait 200ms
            pause
            do kill slow
            pause
            """)
        play(teacher.press("x")).expect(cursor: "500ms").expect(changes: 0).expect(text: "x  demo 2/2")
        play(teacher.press("x")).expect(changes: 1)
    }

    @Test func theStatusLineSaysHowFarItIs() throws {
        let teacher = try teacher().expect(text: "x  demo 1/2")
        play(teacher.press("x")).expect(text: "x  demo 2/2")
    }

    @Test func aScriptCannotLeaveThePresentation() throws {
        let teacher = try teacher(
            "format: 1\nlesson: rehearsal\nkey n\nkey q\nkey escape\nkey ctrl-c\nkey n\n")
        play(teacher.press("x"))
        #expect(!teacher.hasLeft)
        teacher.expect(page: "look")
    }

    @Test func withoutAScriptXDoesNothing() throws {
        let teacher = Student(try RehearsalLesson.make(), presenter: PresenterState()).at("look").press("x x")
        teacher.expect(playing: false).expect(page: "look")
    }
}
