import Model
import TerminalKit
import Trace
import Workshop

/// What a student waits for after a change.
enum LessonBenchmarks {
    static func run() throws {
        Report.title("A change to a lesson with 10,000 backend calls")
        let lesson = try LessonReader.read(LessonLibrary.source(folder: Python.root + "/Benchmarks/01-lesson"))
        var stage = Stage(lesson, step: "change", size: Size(width: 80, height: 24))
        guard let trace = stage.app.lesson?.player?.run?.trace else { throw Stage.Failure(description: "no run") }
        let calls = trace.events.count { $0.kind == .callSent }
        Report.note("\(calls) calls, \(trace.events.count) events, \(trace.encoded().count / 1024) KiB as a file")

        stage.send(.play(to: .seconds(30)))
        stage.send(.key(.character("c")))
        var shown = stage.app.view()
        var cells = 0
        // The slots of sql, from 8 up to 20: each press is a run that was not computed before.
        let seconds = Stopwatch.best(of: 12) {
            stage.send(.key(.character("+")))
            let next = stage.app.view()
            cells = next.diff(from: shown).reduce(0) { $0 + $1.columns.count }
            shown = next
        }
        guard let request = stage.app.lesson?.player?.request else { throw Stage.Failure(description: "no run") }
        let run = try Stopwatch.best(of: 12) { _ = try request.trace() }
        let index = Stopwatch.best(of: 12) { _ = RunView(trace) }
        Report.note("the run \(Report.milliseconds(run)), its index \(Report.milliseconds(index))")
        Report.time("key, run, index, frame, diff", seconds: seconds, budget: 0.016, note: "   \(cells) cells changed")
    }
}
