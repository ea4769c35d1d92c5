import Model
import TerminalKit
import Trace
import Workshop

/// A workshop without a terminal: takes keys and computes runs at once.
struct Stage {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var app: App
    private let runner = ImmediateRunner()

    init(_ lesson: Lesson, step: String, size: Size) {
        app = App(lessons: [lesson.cover], progress: Progress(), language: .english, size: size, settings: DisplaySettings())
        carryOut(app.open(lesson, at: step))
    }

    mutating func send(_ message: Message) { carryOut(app.update(message)) }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            if case .run(let run) = effect, let outcome = runner.start(run) { send(.ran(run, outcome)) }
        }
    }
}
