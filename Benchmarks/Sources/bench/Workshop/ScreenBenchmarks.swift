import TerminalKit
import Workshop

/// What drawing the screens around the lessons costs, each after a key that moves in it.
enum ScreenBenchmarks {
    private static let keys = 100
    private static let size = Size(width: 200, height: 60)

    static func run() throws {
        Report.title("Screens at 200x60, after each key")
        let library = LessonLibrary(folder: Python.root + "/Lessons")
        let lessons = try library.entries.map { try LessonReader.read(LessonLibrary.source(folder: $0.folder)) }
        let menu = try Stage(library, progress: progress(in: lessons), size: size)
        measure("menu", menu)
        measure("glossary over it", try opened("i", over: menu))
        measure("record of predictions over it", try opened("y", over: menu))
        var sandbox = menu
        sandbox.open(try .starter())
        measure("sandbox", sandbox)
        for lesson in lessons {
            let sharing = PresenterState.Sharing(address: "192.0.2.7:4747", code: "WJSRVS")
            guard let step = lesson.steps.first(where: { $0.kindName == "watch" }) else { continue }
            let stage = Stage(lesson, step: step.id, size: size, presenter: PresenterState(sharing: sharing))
            measure("presenter, \(lesson.id)", stage)
        }
    }

    private static func opened(_ key: Character, over menu: Stage) throws -> Stage {
        var stage = menu
        stage.send(.key(.character(key)))
        guard stage.app.view() != menu.app.view() else { throw Stage.Failure(description: "\(key) opens nothing") }
        return stage
    }

    private static func measure(_ name: String, _ start: Stage) {
        var stage = start
        var shown = stage.app.view()
        var seconds = 0.0
        for key in 0..<keys {
            stage.send(.key(key % 20 < 10 ? .down : .up))
            var next = shown
            seconds += Stopwatch.seconds {
                next = stage.app.view()
                _ = next.diff(from: shown)
            }
            shown = next
        }
        Report.time(name, seconds: seconds / Double(keys), budget: 0.002)
    }

    /// Every lesson taken, and half of its predictions right.
    private static func progress(in lessons: [Lesson]) -> Progress {
        var progress = Progress()
        for lesson in lessons {
            var done = LessonProgress()
            done.isFinished = true
            for (place, step) in lesson.steps.enumerated() {
                done.answers[step.id] = .init(reply: "a", confidence: .sure, isRight: place % 2 == 0)
            }
            progress.lessons[lesson.id] = done
        }
        return progress
    }
}
