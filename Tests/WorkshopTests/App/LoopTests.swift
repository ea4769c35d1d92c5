import Model
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// The loop between the workshop and the terminal.
@Suite struct LoopTests {
    private let lesson: Lesson
    private let size = Size(width: 80, height: 24)

    init() throws { lesson = try RehearsalLesson.make() }

    private func key(_ key: Key, after wall: Duration = .zero) -> LoopScript.Entry { (wall, .key(key)) }

    @Test func aScreenOnWhichNothingMovesWaitsForAKeyAndIsNotDrawnAgain() {
        let script = LoopScript(size, [(.seconds(5), nil), (.seconds(5), nil), key(.right), (.seconds(5), nil)])
        _ = script.run(lesson, at: "look")
        #expect(script.frames.count == 2)
        #expect(script.waits.allSatisfy { $0 == nil })
    }

    @Test func whilePlayingItWaitsForTheNextFrame() throws {
        let frame = Duration.milliseconds(16)
        let script = LoopScript(size, [key(.character(" "))] + Array(repeating: (frame, nil), count: 10))
        let app = script.run(lesson, at: "look")
        #expect(app.virtualTime == .milliseconds(160))
        #expect(script.frames.count == 12)
        #expect(script.waits.dropFirst().allSatisfy { $0.map { $0 <= frame } == true })
    }

    @Test func filesAreLookedAtOnlyWhereTheyCanChange() {
        let script = LoopScript(size, [(.seconds(1), nil), (.seconds(1), nil)])
        script.interval = .milliseconds(500)
        _ = script.run(lesson, at: "look")
        #expect(script.waits.allSatisfy { $0 == .milliseconds(500) })
        #expect(script.frames.count == 1)
    }

    @Test func editsOfTheLessonAreShown() throws {
        let edited = try RehearsalLesson.make(
            english: RehearsalLesson.english.replacing("first arrow", with: "last arrow"))
        let script = LoopScript(size, [(.seconds(1), nil), (.seconds(1), nil)])
        script.changes = [.reloaded(.success(edited))]
        _ = script.run(lesson, at: "look")
        #expect(script.frames.last?.rows.contains { $0.contains("last arrow") } == true)
    }

    /// Ctrl-Z, a closed lid: the run goes on where it was.
    @Test func timeSleptThroughDoesNotPass() {
        let slept = LoopScript(size, [key(.character(" ")), (.milliseconds(100), nil), (.seconds(3600), .resumed)])
        #expect(slept.run(lesson, at: "look").virtualTime == .milliseconds(100))
        #expect(slept.frames.count == 4)
        let closed = LoopScript(size, [key(.character(" ")), key(.character("<")), (.seconds(3600), nil)])
        #expect(closed.run(lesson, at: "look").virtualTime == .milliseconds(500))
    }

    @Test(arguments: [InputEvent.quit, .key(.control("c"))]) func quitEnds(event: InputEvent) {
        let script = LoopScript(size, [(.zero, event), key(.right)])
        #expect(script.run(lesson, at: "look").virtualTime == .zero)
    }

    @Test func progressIsSavedAsItIsMade() {
        let script = LoopScript(size, [key(.enter), key(.character("n"))])
        _ = script.run(lesson)
        #expect(script.saved.last?.lessons["rehearsal"]?.step == "look")
    }

    // MARK: Long runs

    @Test func keysTypedDuringARunMeanWhatTheyWouldHaveMeant() throws {
        let runner = SlowRunner()
        runner.quick = 1
        let plus = Key.character("+")
        let script = LoopScript(
            size,
            [
                key(.character("]")), key(plus), key(.right), key(.character("c")), key(plus), (.zero, nil),
                (.zero, nil),
            ])
        // Each run takes three looks at the keyboard.
        var looks = 0
        script.beforeEvent = {
            looks += 1
            if looks % 3 == 0 { runner.finishAll() }
        }
        let app = script.run(lesson, at: "turn", runner: runner)
        let same = try Student().at("turn").press("] + right c +")
        #expect(app.lesson?.player?.history == same.player?.history)
        #expect(app.view() == same.app.view())
    }

    @Test func stoppingForgetsWhatWasTypedAhead() {
        let runner = SlowRunner()
        runner.quick = 1
        let script = LoopScript(
            size,
            [
                key(.character("+")), key(.character("n")), key(.character("n")), key(.escape), (.zero, nil),
            ])
        let app = script.run(lesson, at: "turn", runner: runner)
        #expect(app.lesson?.step?.id == "turn")
        #expect(app.lesson?.player?.history.changes == [])
        #expect(runner.cancellations == 1)
    }

    @Test func onlySoManyKeysWait() {
        let runner = SlowRunner()
        runner.quick = 1
        let keys = Array(repeating: key(.character(".")), count: 1000)
        let script = LoopScript(size, [key(.character("+"))] + keys + [(.zero, nil)])
        var looks = 0
        script.beforeEvent = {
            looks += 1
            if looks == 1001 { runner.finishAll() }
        }
        let app = script.run(lesson, at: "turn", runner: runner)
        let end = app.lesson?.player?.run?.trace.end.nanoseconds ?? 0
        #expect((app.virtualTime?.nanoseconds ?? 0) <= 300_000_000 + 17 * (end / 60))
    }
}
