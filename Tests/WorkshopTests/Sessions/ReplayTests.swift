import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Replays: what they check, and what they say when it does not hold.
@Suite struct ReplayTests {
    private let lesson: Lesson

    init() throws { lesson = try RehearsalLesson.make() }

    /// Who comes back sees the menu, not what was on the screen before.
    @Test func aRestartedSessionShowsTheWorkshopAnew() throws {
        let script = try SessionScript(
            parsing: "format: 1\nopen: menu\nkey ?\nframe keys\nrestart\nframe again\n", file: "s.replay")
        let result = try SessionReplay.run(script, on: SessionShelf(LessonRuns(lesson)), name: "session")
        let frames = result.journey.frames.map(\.frame)
        #expect(frames.last == result.app.view())
        #expect(frames.first != frames.last)
    }

    private func replay(_ lines: String, head: String = "step: look\n") throws -> SessionReplay.Result {
        let text = "format: 1\nlesson: rehearsal\n\(head)\(lines)"
        return try SessionReplay.run(
            try SessionScript(parsing: text, file: "s.replay"), lesson: lesson, name: "session")
    }

    private func failures(_ lines: String, head: String = "step: look\n") throws -> [String] {
        try replay(lines, head: head).checks.compactMap { check in
            check.failure.map { "\(check.line) \(check.name): \($0)" }
        }
    }

    @Test func whatHoldsPasses() throws {
        let digest = try #require(Student(lesson).at("look").digest)
        let replay = try replay(
            """
            expect step look
            expect digest \(digest)
            expect text "Watch the first arrow."
            expect no text "Turn the knob"
            expect flow.page.requests > 20
            expect backend.slow.failed > 0
            key space
            at 250ms key space
            expect text "0.250 s"
            key n
            expect step both
            """)
        #expect(replay.checks.count == 8)
        #expect(replay.checks.compactMap(\.failure) == [])
    }

    @Test(arguments: [
        ("expect step turn", "the lesson is at look"),
        ("expect step tunr", "the lesson has no such step: did you mean \"turn\"?"),
        ("expect digest 0000000000000000", "the digest is "),
        ("expect text \"Turn the knob\"", "the screen does not show it, at look, 0s into the run; the nearest:\nrow "),
        ("expect text \"Wach the first arow\"", "arrow."), ("expect no text \"Look\"", "the screen shows it, at look"),
        ("expect no text \"Look\"", "row 2: "),
        ("expect flow.page.latency.p99 <= 1ms", "it is "),
        ("expect flow.pge.latency.p99 <= 1ms", "pge"),
        ("expect nonsense < 3", "unknown value \"nonsense\""),
        ("wait until event breakerOpened of slwo", "nothing in the run is called \"slwo\": did you mean \"slow\"?"),
        ("key right\ncancel", "no run was asked for that could be stopped"),
        ("cancel", "no run was asked for that could be stopped"),
        ("wait 100ms\ncancel", "no run was asked for that could be stopped"),
        ("resize 90x30\ncancel", "no run was asked for that could be stopped"),
        ("at 1s key right", "the cursor is at 0s, not at 1s: nothing is playing. Press space first, or `wait 1s`"),
        ("key space\nat 1s key x", "not at 1s: it stops there. Press space again, or `wait 200ms`"),
        ("wait 1s\nat 500ms key x", "the cursor is at 1s, not at 500ms: it has passed that moment already"),
        ("at 9s key x", "the cursor is at 0s, not at 9s: the run ends at 3s"),
        ("key ctrl-c\nkey a", "the session had ended before this line"),
    ])
    func whatDoesNotHoldSaysWhy(lines: String, reason: String) throws {
        let failures = try failures(lines)
        #expect(failures.count == 1)
        #expect(failures.first?.contains(reason) == true, "\(failures)")
        let line = 3 + lines.split(separator: "\n").count
        #expect(failures.first?.hasPrefix("\(line) ") == true, "\(failures)")
    }

    @Test func theCardHasNoRun() throws {
        #expect(
            try failures("expect digest 0\nexpect flow.page.ok > 0", head: "") == [
                "3 expect digest 0: no run is on the screen", "4 expect flow.page.ok > 0: no run is on the screen",
            ])
    }

    /// Conditions are about the run with everything that was changed in it.
    @Test func conditionsSeeTheChanges() throws {
        let expectations = "expect flow.page.failed > 20\nexpect backend.fast.rejected > 20"
        #expect(try failures(expectations, head: "step: turn\n").count == 2)
        #expect(try failures("key f\nkey enter\n\(expectations)", head: "step: turn\n") == [])
    }

    @Test func aSessionBeginsWhereItSays() throws {
        #expect(try failures("expect step card", head: "") == [])
        #expect(try failures("expect step number", head: "step: number\n") == [])
        let error = #expect(throws: ScenarioError.self) { try replay("", head: "step: numbr\n") }
        #expect(error?.problems.first?.line == 3)
        #expect(error?.problems.first?.suggestion == "did you mean \"number\"?")
    }

    @Test func theHeadDecidesWhatIsDrawn() throws {
        let result = try replay("frame a", head: "step: look\nsize: 100x30\nlanguage: es\nglyphs: ascii\n")
        let frame = try #require(result.journey.frames.first).frame
        #expect(frame.size == Size(width: 100, height: 30))
        #expect(frame.rows.contains { $0.contains("Mira la primera flecha") })
        #expect(result.app.settings.glyphs.repertoire == .ascii)
    }

    @Test func aSessionIsTheSameTwice() throws {
        let lines =
            "key space\nat 400ms key +\nframe a\nkey n\nkey 2\nkey enter\nframe b\nkey w\nat 20ms key right\nframe c"
        let (first, second) = (try replay(lines), try replay(lines))
        #expect(first.journey == second.journey)
        #expect(GoldenFile(first.journey).text == GoldenFile(second.journey).text)
    }

    /// The system of a sandbox stays where its first run is stopped; a lesson would be left.
    @Test func theFirstRunOfASandboxCanBeStopped() throws {
        let script = try SessionScript(parsing: "format: 1\nopen: sandbox\n\ncancel\n", file: "s.replay")
        let result = try SessionReplay.run(script, on: SessionShelf(LessonRuns(lesson)), name: "s")
        #expect(result.checks == [] && result.app.pageName == "sandbox")
        #expect(try replay("cancel", head: "step: turn\n").app.pageName == "turn")
    }

    @Test func cancelLeavesEverythingAsItWas() throws {
        let stopped = try replay("key space\nat 400ms key +\ncancel\nframe a", head: "step: turn\n")
        #expect(stopped.checks == [])
        #expect(stopped.app.lesson?.player?.history.changes == [])
    }
}
