import Scenario
import Testing

@testable import Workshop

/// Shrinking: the failure that is left is the one that was there, and not another of the same words.
@Suite struct ShrinkSituationTests {
    private let lesson: Lesson
    private let shelf: SessionShelf

    /// Two steps of one scenario, whose backend fails for a while: its breaker opens by design.
    init() throws {
        let yaml = RehearsalLesson.yaml
            .replacing("duration: 3s", with: "duration: 10s")
            .replacing("{ call: slow.ask }", with: "{ call: { to: slow.ask, with: guarded } }")
            .replacing(
                "  flows:\n", with: "  policies:\n    guarded: [ { breaker: { failures: 3, open: 2s } } ]\n  flows:\n")
            .replacing("start: 300ms", with: "start: 1400ms")
        lesson = try RehearsalLesson.make(yaml: yaml)
        shelf = SessionShelf(LessonRuns(lesson))
    }

    private func shrink(_ text: String) throws -> SessionShrinker.Result {
        let script = try SessionScript(parsing: "format: 1\nlesson: rehearsal\n" + text, file: "s.replay")
        return try #require(try SessionShrinker.shrink(script, on: shelf))
    }

    private func lines(_ result: SessionShrinker.Result) -> [String] {
        result.script.lines.map(\.action.description)
    }

    /// A long visit: everything that could go may go, but not what was done and not the wait after it.
    @Test func aBreakerThatDoesNotCloseIsNotOneThatOpensByDesign() throws {
        let noise = (0..<40).map { ["key ?", "key ?", "key right", "key left", "frame f\($0)"][$0 % 5] }
        let script =
            ["step: look"] + noise + [
                "wait until queue of slow >= 0", "wait 5s", "do kill slow", "wait until breaker guarded is open",
                "expect backend slow is down", "do restore slow", "wait 700ms", "expect breaker guarded is closed",
            ]
        let result = try shrink(script.joined(separator: "\n"))
        #expect(result.script.step == "look")
        let left = lines(result)
        #expect(left.filter { $0.hasPrefix("do ") } == ["do kill slow", "do restore slow"])
        #expect(left.last == "expect breaker guarded is closed" && left.count <= 5, "\(left)")
        #expect(result.isShortest)
        #expect(result.failure.failure == "it is open")
        let again = try SessionReplay.run(result.script, on: shelf, name: "again").checks
        #expect(again.compactMap(\.failure) == ["it is open"])
    }

    /// The step `turn` begins where the breaker is open: the same words, another failure.
    @Test func aLaterStepIsNotTheSameFailure() throws {
        let there = try shrink("step: turn\nexpect breaker guarded is closed\n")
        #expect(there.failure.failure == "it is open")
        let script = "wait until breaker guarded is open\nexpect breaker guarded is closed"
        let result = try shrink("step: look\nkey right\n\(script)")
        #expect(result.script.step == "look")
        #expect(lines(result) == ["wait until breaker guarded is open", "expect breaker guarded is closed"])
    }

    /// A figure that is also wrong without what was done is another figure.
    @Test func aFigureStaysOrWhatWasDoneStays() throws {
        let result = try shrink("step: look\nkey ?\nkey ?\nwait 3333ms\ndo kill fast\nexpect flow.page.failed = 0\n")
        #expect(lines(result) == ["do kill fast", "expect flow.page.failed = 0"])
    }

    /// What came often in place of once is not what did not come: a wait until it has come shows it.
    @Test(arguments: [
        "flow.page.failed = 1 so far", "flow.page.failed < 2 so far", "flow.page.failed >= 99 so far",
    ])
    func aFigureStaysOnItsSide(expected: String) throws {
        let waits = (0..<5).map { _ in "wait 410ms" }
        let text = (["step: look"] + waits + ["expect \(expected)"]).joined(separator: "\n")
        let script = try SessionScript(parsing: "format: 1\nlesson: rehearsal\n" + text, file: "s.replay")
        let before = try SessionReplay.run(script, on: shelf, name: "s").checks.compactMap(\.failure)
        let result = try shrink(text)
        let after = try #require(result.failure.failure)
        let isMore = expected.contains("= 1 ") || expected.contains("< 2 ")
        #expect(before.count == 1 && !before[0].hasPrefix("it is 0"), "\(before)")
        #expect(!after.hasPrefix("it is 0") && !(isMore && after.hasPrefix("it is 1,")), "\(result.script)")
        #expect(lines(result).count == 2)
    }

    @Test func callsThatAreTooFewAreNotNone() throws {
        let waits = "wait until calls in slow >= 1\nwait until calls in slow >= 2\n"
        let result = try shrink("step: look\n\(waits)expect calls in slow >= 99\n")
        #expect(result.failure.failure == "it is 2 inside" && lines(result).count == 2, "\(result.script)")
    }

    @Test func figuresStandToEachOtherAsTheyDid() {
        #expect(FigureRelation(2, 1) == FigureRelation(3, 1))
        #expect(FigureRelation(2, 1) != FigureRelation(0, 1))
        #expect(FigureRelation(1, 5) != FigureRelation(0, 5))
        #expect(FigureRelation(.nan, 5) != FigureRelation(1, 5))
        #expect(FigureRelation(1, 1) != FigureRelation(1, 2))
    }

    /// What a screen does not show after something was done is not what it does not show before.
    @Test func aTextIsMissedWhereItWasLookedFor() throws {
        let result = try shrink("step: turn\nkey ?\nkey ?\ndo kill fast\nwait 2s\nexpect text \"nowhere at all\"\n")
        #expect(lines(result) == ["do kill fast", "wait 2s", "expect text \"nowhere at all\""])
    }

    @Test func theReasonNamesStepAndMoment() throws {
        let result = try shrink("step: turn\nexpect panel metrics shows \"nowhere at all\"\n")
        #expect(
            result.failure.failure?.hasPrefix("the panel does not show it, at turn, 1.4s into the run; the nearest:\n")
                == true)
    }

    @Test func lessonsThatAStudentHasFinishedAreKnown() throws {
        let script = try SessionScript(
            parsing: "format: 1\nopen: menu\nfinished: rehearsal, rehersal\n\nexpect step menu\n", file: "s.replay")
        let error = #expect(throws: ScenarioError.self) { try SessionReplay.run(script, on: shelf, name: "s") }
        let problem = try #require(error?.problems.first)
        #expect(problem.message == "there is no lesson \"rehersal\" to have finished" && problem.line == 3)
        #expect(problem.suggestion == "did you mean \"rehearsal\"?")
    }
}
