import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Presentations as sessions: driven without a terminal or a clock, and recorded from one.
@Suite struct PresentationSessionTests {
    private static let demo = """
        format: 1
        lesson: rehearsal
        step: turn
        key tab
        key space
        at 500ms key +
        pause
        wait 200ms
        do kill slow
        key n
        key p
        pause
        key space
        """

    private let lesson: Lesson

    init() throws { lesson = try RehearsalLesson.make() }

    private func script(_ lines: String) throws -> SessionScript {
        let files = KeyFiles { $0 == "demo.replay" ? .success(Array(Self.demo.utf8)) : .failure(.missing) }
        let head = "format: 1\nopen: present\nlesson: rehearsal\ndemo: demo.replay\n"
        return try SessionScript(parsing: head + lines, file: "class.replay", files: files)
    }

    private func replay(_ lines: String) throws -> SessionReplay.Result {
        try SessionReplay.run(script(lines), lesson: lesson, name: "class")
    }

    private func failures(_ lines: String) throws -> [String] { try replay(lines).checks.compactMap(\.failure) }

    @Test func aClassIsTaughtWithoutATerminal() throws {
        let result = try replay(
            """
            expect step card
            clock 5:00
            key n
            key n
            clock 6:00
            expect text "1:00 / "
            key b
            expect no text "Look"
            key b
            expect text "Look"
            key n
            expect step both
            key 1
            key 2
            key 2
            key backspace
            key enter
            expect text "The run says"
            key n
            key n
            expect step turn
            key 5
            expect backend slow is down
            key q
            expect text "End the presentation?"
            key q
            """)
        for check in result.checks { #expect(check.failure == nil, "\(check)") }
        #expect(result.app.progress == Progress())
    }

    @Test func aDemoIsWaitedForInterruptedAndResumed() throws {
        let straight = try replay("key x\nwait until demo pauses\nkey x\nwait until demo pauses")
        let broken = try replay(
            """
            key x
            wait until demo line 3
            at 400ms key G
            key n
            expect step faster
            key x
            wait until demo pauses
            expect step turn
            key x
            wait until demo line 7
            expect backend slow is down
            key x
            wait until demo pauses
            """)
        for check in broken.checks { #expect(check.failure == nil, "\(check)") }
        #expect(broken.app.lesson?.player?.run?.digest == straight.app.lesson?.player?.run?.digest)
        #expect(broken.app.virtualTime == straight.app.virtualTime)
    }

    /// Where it stands and what it is asked is told; nothing goes on for ever.
    @Test func whatNeverComesFails() throws {
        #expect(try failures("wait until demo pauses") == ["the demo is not playing"])
        #expect(try failures("wait until demo line 3") == ["the demo stands still at its line 1"])
        let behind = try failures("key x\nwait until demo line 3\nwait until demo line 2\nwait until demo line 9")
        #expect(behind == ["the demo is at its line 3", "the demo stands still at its line 5"])
        #expect(try failures("clock 0:09\nclock 0:08") == ["the clock is at 0:09 already"])
        let student = try SessionScript(
            parsing: "format: 1\nlesson: rehearsal\nclock 0:01\nwait until demo pauses\nrestart\n", file: "s.replay")
        #expect(try SessionReplay.run(student, lesson: lesson, name: "s").checks.compactMap(\.failure) == [
            "only who presents has a clock", "the demo is not playing",
            "only a session that begins at the menu can be left so",
        ])
    }

    @Test func aDemoIsOfThePresentedLesson() throws {
        let files = KeyFiles { _ in .success(Array("format: 1\nlesson: other\nkey n\n".utf8)) }
        let text = "format: 1\nopen: present\nlesson: rehearsal\ndemo: d.replay\n"
        let script = try SessionScript(parsing: text, file: "class.replay", files: files)
        #expect(throws: ScenarioError.self) { try SessionReplay.run(script, lesson: lesson, name: "class") }
    }

    /// What an instructor did and saw, at any speed of their clock, is what the recording replays.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func whatIsRecordedIsReplayed(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let keys = "xxxxxnpn123456789bF? +-u>lcT".map(Key.character) + [.right, .backspace, .enter, .tab, .escape]
        let entries: [LoopScript.Entry] = (0..<50).map { _ in
            let wall = Duration.microseconds(Int64.random(in: 1000...400_000, using: &random))
            let isQuiet = Int.random(in: 0..<3, using: &random) > 0
            return (wall, isQuiet ? nil : .key(random.pick(keys)))
        }
        let demo = try SessionScript(parsing: Self.demo, file: "demo.replay")
        let terminal = LoopScript(Size(width: 80, height: 24), entries)
        let end = terminal.present(lesson, demo)
        let recorded = try #require(terminal.recorder?.script)
        let files = KeyFiles { _ in .success(Array(Self.demo.utf8)) }
        let read = try SessionScript(parsing: recorded.description, file: "class.replay", files: files)
        #expect(read.description == recorded.description)
        let replay = try SessionReplay.run(read, lesson: lesson, name: "class")
        for check in replay.checks { #expect(check.failure == nil, "\(check)\n\(recorded)") }
        // The last key is followed by time that no key tells of.
        var app = replay.app
        if let time = end.virtualTime, app.virtualTime != time { _ = app.update(.play(to: time)) }
        #expect(app.view() == end.view(), "\(recorded)")
    }

    @Test func aRecordedClassShrinks() throws {
        let files = KeyFiles { _ in .success(Array(Self.demo.utf8)) }
        let text = """
            format: 1
            open: present
            lesson: rehearsal
            demo: demo.replay
            language: es
            clock 0:03
            key n
            clock 1:00
            key b
            key b
            key x
            wait until demo pauses
            key 5
            clock 1:30
            expect backend slow is up
            """
        let script = try SessionScript(parsing: text, file: "class.replay", files: files)
        let result = try #require(try SessionShrinker.shrink(script, on: SessionShelf(LessonRuns(lesson))))
        #expect(result.isShortest)
        #expect(result.script.lines.map(\.action.description) == ["key 5", "expect backend slow is up"])
        #expect(result.script.language == .english)
        #expect(result.script.opening == .present)
    }
}
