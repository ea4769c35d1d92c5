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
    private let library: LessonLibrary?

    init(_ lesson: Lesson, step: String, size: Size, presenter: PresenterState? = nil) {
        library = nil
        app = App(lessons: [lesson.cover], progress: Progress(), language: .english, size: size, settings: DisplaySettings())
        if let presenter { app.present(presenter) }
        carryOut(app.open(lesson, at: step))
    }

    /// At the menu of a whole course.
    init(_ library: LessonLibrary, progress: Progress, size: Size) throws {
        self.library = library
        app = App(
            lessons: try library.entries.map(library.cover), course: try library.course(), progress: progress,
            language: .english, size: size, settings: DisplaySettings())
    }

    mutating func send(_ message: Message) { carryOut(app.update(message)) }
    mutating func open(_ system: SandboxSource) { carryOut(app.open(system)) }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .run(let run): if let outcome = runner.start(run) { send(.ran(run, outcome)) }
            case .readGlossary: if let library { send(.glossary(library.readGlossary())) }
            default: break
            }
        }
    }
}
