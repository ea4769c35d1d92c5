import TerminalKit
import Trace
import Workshop

/// What drawing costs while a run plays.
enum FrameBenchmarks {
    private static let frames = 100

    static func run() throws {
        Report.title("Frames at 200x60, playing")
        let size = Size(width: 200, height: 60)
        for entry in LessonLibrary(folder: Python.root + "/Lessons").entries {
            let lesson = try LessonReader.read(LessonLibrary.source(folder: entry.folder))
            let costs = lesson.steps.map { step in
                (name: step.id, cost: cost(Stage(lesson, step: step.id, size: size)))
            }
            guard let slowest = costs.max(by: { $0.cost.total < $1.cost.total }) else { continue }
            report("\(entry.id), slowest step", slowest.cost, note: "   \(slowest.name)")
        }
        let large = try LessonReader.read(LessonLibrary.source(folder: Python.root + "/Benchmarks/01-lesson"))
        var stage = Stage(large, step: "change", size: size)
        stage.send(.play(to: .seconds(30)))
        report("10,000 calls, in the middle", cost(stage), note: "")
    }

    private struct Cost {
        var build = 0.0
        var diff = 0.0
        var total: Double { build + diff }
    }

    /// Seconds a frame while the run plays.
    private static func cost(_ start: Stage) -> Cost {
        var stage = start
        var cost = Cost()
        if !stage.app.isPlaying { stage.send(.key(.character(" "))) }
        var shown = stage.app.view()
        for _ in 0..<frames {
            stage.send(.tick(.milliseconds(16)))
            var next = shown
            cost.build += Stopwatch.seconds { next = stage.app.view() } / Double(frames)
            cost.diff += Stopwatch.seconds { _ = next.diff(from: shown) } / Double(frames)
            shown = next
        }
        return cost
    }

    private static func report(_ name: String, _ cost: Cost, note: String) {
        let parts = "   build \(Report.milliseconds(cost.build))"
        Report.time(name, seconds: cost.total, budget: 0.002, note: parts + note)
    }
}
