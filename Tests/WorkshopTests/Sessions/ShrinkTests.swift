import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Shrinking: the shortest session that fails as the long one does.
@Suite struct ShrinkTests {
    private let lesson: Lesson
    private let shelf: SessionShelf

    init() throws {
        lesson = try RehearsalLesson.make()
        shelf = SessionShelf(LessonRuns(lesson))
    }

    private func shrink(_ text: String, mostReplays: Int = 1000) throws -> SessionShrinker.Result? {
        let script = try SessionScript(parsing: "format: 1\nlesson: rehearsal\n" + text, file: "s.replay")
        return try SessionShrinker.shrink(script, on: shelf, mostReplays: mostReplays)
    }

    private func lines(_ result: SessionShrinker.Result?) -> [String] {
        result?.script.lines.map(\.action.description) ?? []
    }

    /// A student's visit is recorded; what went wrong in it takes a few lines to show.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func aRecordedVisitShrinksToItsFewLines(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let noise = "?w]<>c +-u,.".map(Key.character) + [.right, .left, .tab, .down]
        let entries: [LoopScript.Entry] = (0..<60).map { _ in
            (.milliseconds(Int64.random(in: 0...80, using: &random)), .key(random.pick(noise)))
        }
        let terminal = LoopScript(Size(width: 100, height: 30), entries)
        _ = terminal.run(lesson, at: "look")
        var script = try #require(terminal.recorder?.script)
        let added: [SessionScript.Action] = [
            .key(.character("g"), at: nil), .key(.character("g"), at: nil), .wait(.time(.milliseconds(10))),
            .change(.kill(backend: "fast")), .expect(.state(ModelState("fast", .up))),
        ]
        script.lines += added.map { SessionScript.Line($0) }
        let result = try #require(try SessionShrinker.shrink(script, on: shelf))
        #expect(result.isShortest)
        #expect(result.script.lines.count <= 4, "\(result.script)")
        #expect(result.script.size == Size(width: 80, height: 24))
        let read = try SessionScript(parsing: result.script.description, file: "small.replay")
        let checks = try SessionReplay.run(read, on: shelf, name: "small").checks
        #expect(checks.last?.failure == result.failure.failure)
        #expect(checks.last?.name == "expect backend fast is up")
        #expect(try SessionShrinker.shrink(script, on: shelf)?.script.description == result.script.description)
    }

    @Test func onlyWhatTheFailureNeedsIsLeft() throws {
        let result = try shrink(
            """
            step: turn
            size: 120x40
            key ?
            key ?
            frame a
            wait 437ms
            key +
            do kill fast
            key c
            expect step turn
            key right
            expect backend.fast.rejected = 0
            key n
            expect step nowhere
            """)
        #expect(lines(result) == ["do kill fast", "expect backend.fast.rejected = 0"])
        #expect(result?.failure.line == 2)
    }

    @Test func timesBecomeRound() throws {
        // The first of two calls is done after 40 ms.
        let result = try shrink("step: faster\nwait 1234567ns\nwait 43210987ns\nexpect flow.quick.ok = 0 so far\n")
        #expect(lines(result) == ["wait 40ms", "expect flow.quick.ok = 0 so far"])
    }

    /// Another failure on the way is not the one that was asked about. Of a session that ends at another step than it
    /// should, the way there is what fails.
    @Test func theFailureStaysTheSame() throws {
        let result = try shrink(
            "step: look\nkey ?\nkey ?\nkey n\nkey n\nexpect step look\nexpect text \"nowhere\"\n")
        #expect(lines(result) == ["key n", "key n", "expect step look"])
        #expect(result?.failure.failure == "the lesson is at number")
        #expect(result?.script.step == "look")
    }

    @Test func itBeginsAtTheStepWhereItFails() throws {
        let result = try shrink("step: look\nkey ?\nkey ?\nkey n\nexpect step both\nexpect text \"nowhere\"\n")
        #expect(lines(result) == ["expect text \"nowhere\""])
        #expect(result?.script.step == "both")
    }

    /// Where the run stands when a key comes is the failure, to the digit.
    @Test func aKeyThatComesTooEarlyStaysSo() throws {
        let result = try shrink("step: look\nkey ?\nkey ?\nwait 100ms\nwait 300ms\nkey right\nat 9s key n\n")
        let reason = result?.failure.failure ?? ""
        let whole = try SessionScript(
            parsing: "format: 1\nlesson: rehearsal\nstep: look\nwait 400ms\nkey right\nat 9s key n\n",
            file: "s.replay")
        let checks = try SessionReplay.run(whole, on: shelf, name: "s").checks
        #expect(checks.compactMap(\.failure) == [reason])
        #expect(reason.hasPrefix("the cursor is at ") && !reason.hasPrefix("the cursor is at 0s"), "\(reason)")
        #expect(lines(result).last == "at 9s key n" && lines(result).count > 1, "\(lines(result))")
    }

    @Test func waitsThatFollowEachOtherBecomeOne() throws {
        let result = try shrink(
            "step: turn\ndo kill fast\nwait 1s\nkey ?\nkey ?\nwait 1s\nexpect text \"nowhere\"\n")
        #expect(lines(result) == ["do kill fast", "wait 2s", "expect text \"nowhere\""])
    }

    @Test func whatPassesIsNotShrunk() throws {
        #expect(try shrink("step: look\nexpect step look\n") == nil)
    }

    @Test func theWorkIsBounded() throws {
        let keys = String(repeating: "key right\nkey +\n", count: 200)
        let result = try #require(try shrink("step: turn\n\(keys)expect text \"nowhere\"\n", mostReplays: 2))
        #expect(result.replays <= 2 && !result.isShortest)
        #expect(result.script.lines.count <= 401)
    }
}
