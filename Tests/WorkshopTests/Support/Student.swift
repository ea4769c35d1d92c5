import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Someone at the keyboard of the workshop, for tests: opens a lesson, presses keys, lets time pass, and looks.
///
///     Student(lesson).at("look").press("space").wait(.milliseconds(100)).expect(cursor: "100ms")
final class Student {
    private(set) var app: App
    /// As it is on disk.
    private var lesson: Lesson
    let runner: any Runner
    private(set) var hasLeft = false
    /// What is read when somebody asks for the terms.
    var glossary = Glossary()
    /// What the workshop asked for so far.
    private(set) var saved: [Progress] = []

    init(
        _ lesson: Lesson, size: Size = Size(width: 80, height: 24), language: Language = .english,
        progress: Progress = Progress(), glyphs: Glyphs = .unicode, presenter: PresenterState? = nil,
        follows: Bool = false,
        runner: any Runner = ImmediateRunner()
    ) {
        self.lesson = lesson
        app = App(
            lessons: [lesson.cover], progress: progress, language: language, size: size,
            settings: DisplaySettings(glyphs: glyphs))
        self.runner = runner
        if let presenter { app.present(presenter) }
        if follows { app.follow() }
    }

    /// With the small lesson of the tests.
    convenience init(size: Size = Size(width: 80, height: 24), runner: any Runner = ImmediateRunner()) throws {
        self.init(try RehearsalLesson.make(), size: size, runner: runner)
    }

    // MARK: Doing

    /// Opens the lesson at a step; its card when `nil`.
    @discardableResult func at(_ step: String?) -> Student {
        perform(app.open(lesson, at: step))
        return self
    }

    /// Is asked whether to go on with a presentation.
    func offer(_ record: PresentationRecord) { app.offer(record) }

    /// Presses keys, named as in recorded sessions and apart by blanks: `n n space ctrl-c`.
    @discardableResult func press(
        _ keys: String, times: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Student {
        for _ in 0..<times {
            for name in keys.split(separator: " ") {
                guard let key = Key(String(name)) else {
                    Issue.record("there is no key \(name)", sourceLocation: sourceLocation)
                    return self
                }
                send(.key(key))
            }
        }
        return self
    }

    /// Lets wall time pass.
    @discardableResult func wait(_ wall: Duration) -> Student { send(.tick(wall)) }

    @discardableResult func resize(_ width: Int, _ height: Int) -> Student {
        send(.resize(Size(width: width, height: height)))
    }

    @discardableResult func send(_ message: Message) -> Student {
        if case .reloaded(.success(let edited)) = message { lesson = edited }
        perform(app.update(message))
        return self
    }

    private func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .run(let run): if let outcome = runner.start(run) { perform(app.update(.ran(run, outcome))) }
            case .cancelRun: runner.cancel()
            case .save(let progress): saved.append(progress)
            case .sandbox: break
            case .open: perform(app.update(.opened(.success(lesson))))
            case .readGlossary: perform(app.update(.glossary(.success(glossary))))
            case .quit: hasLeft = true
            }
        }
    }

    // MARK: Looking

    var screen: String { app.view().rows.joined(separator: "\n") }
    var player: Player? { app.lesson?.player }
    var trace: Trace? { player?.run?.trace }
    var digest: String? { player?.run?.digest.description }
    var changes: [Intervention] { player?.history.changes ?? [] }
    var step: String? { app.lesson?.step?.id }

    @discardableResult func expect(
        text: String, _ sourceLocation: SourceLocation = #_sourceLocation
    ) -> Student {
        let screen = screen
        #expect(screen.contains(text), "\(screen)", sourceLocation: sourceLocation)
        return self
    }

    @discardableResult func expect(
        noText: String, _ sourceLocation: SourceLocation = #_sourceLocation
    ) -> Student {
        let screen = screen
        #expect(!screen.contains(noText), "\(screen)", sourceLocation: sourceLocation)
        return self
    }

    /// `menu`, `card`, `summary` or a step.
    @discardableResult func expect(page: String, _ sourceLocation: SourceLocation = #_sourceLocation) -> Student {
        #expect(app.lesson?.pageName ?? "menu" == page, sourceLocation: sourceLocation)
        return self
    }

    @discardableResult func expect(cursor: String, _ sourceLocation: SourceLocation = #_sourceLocation) -> Student {
        let now = app.virtualTime.map { Duration.nanoseconds($0.nanoseconds).written }
        #expect(now == cursor, sourceLocation: sourceLocation)
        return self
    }

    @discardableResult func expect(playing: Bool, _ sourceLocation: SourceLocation = #_sourceLocation) -> Student {
        #expect(app.isPlaying == playing, sourceLocation: sourceLocation)
        return self
    }

    @discardableResult func expect(changes count: Int, _ sourceLocation: SourceLocation = #_sourceLocation) -> Student {
        #expect(changes.count == count, sourceLocation: sourceLocation)
        return self
    }
}
