import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Runs that take their time: shown with a progress bar, and stopped without a loss.
@Suite struct RunningTests {
    let runner = SlowRunner()
    let student: Student

    init() throws {
        runner.quick = 1
        student = try Student(runner: runner).at("turn")
    }

    private func finish() {
        runner.finishAll()
        for (run, outcome) in runner.finished() { student.send(.ran(run, outcome)) }
    }

    @Test func theBarShowsHowFarItIs() {
        student.press("+")
        #expect(student.app.isRunning)
        student.send(.progress(0.25)).expect(text: "Running").expect(text: "25 %").send(.progress(0.5)).expect(
            text: "50 %")
        finish()
        #expect(!student.app.isRunning)
        student.expect(noText: "Running").expect(changes: 1)
        // The next one begins with a bar of its own.
        student.press("+ c +")
        #expect(student.app.runProgress == nil)
    }

    @Test func stoppingGoesBackToBefore() throws {
        student.press("space").wait(.milliseconds(20)).press("space")
        let before = student.app.view()
        let digest = try #require(student.digest)
        student.press("+").send(.progress(0.1)).press("escape")
        #expect(runner.cancellations == 1)
        #expect(!student.app.isRunning)
        #expect(student.app.view() == before)
        student.expect(changes: 0)
        #expect(student.digest == digest)
        // And it can be asked for again.
        student.press("+")
        #expect(runner.pending.count == 1)
        finish()
        student.expect(changes: 1)
        #expect(student.digest != digest)
    }

    /// A run that was stopped may be done all the same: nobody wants it any more.
    @Test func whatWasStoppedIsNotShownWhenItComes() throws {
        student.press("+")
        let late = try #require(runner.pending.first)
        student.press("escape")
        let before = student.app.view()
        student.send(.ran(late, try #require(late.outcome())))
        #expect(student.app.view() == before)
        student.expect(changes: 0)
        #expect(!student.app.isRunning)
    }

    @Test func undoCanBeStoppedToo() throws {
        runner.quick = 2
        student.press("+ c +")
        // So many other runs that the first ones are forgotten.
        for _ in 0..<8 {
            runner.quick = 2
            student.press(". +")
            runner.quick = 2
            student.press("-")
        }
        let changes = student.changes
        runner.quick = 0
        student.press("R")
        #expect(student.app.isRunning)
        student.press("escape")
        #expect(student.changes == changes)
        #expect(!student.app.isRunning)
    }

    @Test func timeStandsStillMeanwhile() {
        student.press("space +").wait(.seconds(1)).expect(cursor: "300ms").send(.play(to: .milliseconds(900)))
            .expect(cursor: "300ms").expect(playing: false)
        finish()
        student.expect(playing: true).wait(.milliseconds(50)).expect(cursor: "400ms")
    }

    @Test func onlyTheKeysThatStopItAreTaken() {
        student.press("+").press("n + space f q ? l u").expect(page: "turn").expect(changes: 1)
        #expect(student.app.language == .english)
        student.press("ctrl-c")
        #expect(student.hasLeft)
        #expect(runner.cancellations == 1)
    }

    @Test func aStepWhoseRunIsStoppedIsNotOpened() throws {
        student.press("n").expect(page: "faster")
        #expect(student.app.isRunning)
        student.press("escape").expect(page: "turn").expect(cursor: "300ms")
        #expect(student.saved.last?.lessons["rehearsal"]?.step == "turn")
        student.press("n")
        finish()
        student.expect(page: "faster")
        #expect(!student.app.isRunning)
    }

    @Test func aLessonWhoseFirstRunIsStoppedLeadsToTheMenu() throws {
        let student = try Student(runner: SlowRunner()).at("turn").press("escape").expect(page: "menu")
        #expect(!student.app.isRunning)
        student.press("enter").expect(page: "card")
    }

    @Test func aRunThatBreaksALimitIsExplained() throws {
        let yaml = RehearsalLesson.yaml.replacing("  pair:\n", with: "  pair:\n    limits: { maxEvents: 9 }\n")
        let student = Student(try RehearsalLesson.make(yaml: yaml)).at("look").expect(page: "look")
        student.press("n").expect(page: "look").expect(text: "limits.maxEvents")
            .press("enter").expect(noText: "limits.maxEvents").press("space").expect(playing: true)
    }

    @Test func resizingMeanwhileIsFine() {
        student.press("+").resize(100, 30).send(.progress(0.5)).expect(text: "50 %").resize(10, 4)
        finish()
        student.resize(80, 24).expect(changes: 1)
    }
}
