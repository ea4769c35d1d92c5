import Model
import Scenario
import TerminalKit

@testable import Workshop

/// A terminal, a wall clock and a desk for the interactive loop, all in memory: events come at the times they are
/// given, and the session is recorded.
final class LoopScript: Terminal, LoopDelegate {
    /// What comes, and how much wall time passes before it.
    typealias Entry = (wall: Duration, event: InputEvent?)

    private(set) var size: Size
    let depth = ColourDepth.truecolour
    let repertoire = GlyphRepertoire.unicode
    private(set) var frames: [Frame] = []
    /// The frame that followed each key and resize.
    private(set) var answers: [Frame] = []
    private(set) var waits: [Duration?] = []
    private(set) var recorder: SessionRecorder?
    private(set) var saved: [Progress] = []
    var changes: [Message] = []
    var interval: Duration?
    /// Called before each event is given: a chance to finish runs.
    var beforeEvent: (() -> Void)?
    private var entries: ArraySlice<Entry>
    private var now = ContinuousClock.now
    private var isAnswer = false
    private var lesson: Lesson?
    private var sandbox = SandboxMemory()
    /// When the presentation was opened, and what its clock was told last.
    private var clock: ContinuousClock.Instant?
    private var told = Duration.zero

    init(_ size: Size, _ entries: [Entry]) {
        self.size = size
        self.entries = entries[...]
    }

    /// Takes a lesson, recording it from its start.
    func run(_ lesson: Lesson, at step: String? = nil, runner: any Runner = ImmediateRunner()) -> App {
        self.lesson = lesson
        var app = App(
            lessons: [lesson.cover], progress: Progress(), language: .english, size: size, settings: DisplaySettings())
        let effects = app.open(lesson, at: step)
        recorder = SessionRecorder(app)
        let loop = Loop(app: app, terminal: self, runner: runner, outside: self) { self.now }
        loop.run(effects)
        recorder?.finish(loop.app)
        return loop.app
    }

    /// Presents a lesson, whose clock is told as a real desk does.
    func present(_ lesson: Lesson, _ demo: SessionScript, runner: any Runner = ImmediateRunner()) -> App {
        self.lesson = lesson
        var app = App(
            lessons: [lesson.cover], progress: Progress(), language: .english, size: size, settings: DisplaySettings())
        app.present(PresenterState(script: demo))
        let effects = app.open(lesson)
        recorder = SessionRecorder(app, demo: .file("demo.replay", demo))
        clock = now
        let loop = Loop(app: app, terminal: self, runner: runner, outside: self) { self.now }
        loop.run(effects)
        recorder?.finish(loop.app)
        return loop.app
    }

    // MARK: Terminal

    func show(_ frame: Frame) {
        frames.append(frame)
        if isAnswer { answers.append(frame) }
        isAnswer = false
    }

    func nextEvent(within timeout: Duration?) -> InputEvent? {
        beforeEvent?()
        waits.append(timeout)
        guard let entry = entries.popFirst() else { return .quit }
        now = now.advanced(by: entry.wall)
        switch entry.event {
        case .key: isAnswer = true
        case .resize(let size):
            self.size = size
            isAnswer = true
        default: break
        }
        return entry.event
    }

    func close() {}

    // MARK: Desk

    func save(_ progress: Progress) { saved.append(progress) }
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> {
        lesson.map(Result.success) ?? .failure(ScenarioError(problems: []))
    }
    func perform(_ effect: SandboxEffect) -> SandboxMessage? { sandbox.perform(effect) }
    func glossary() -> Result<Glossary, ScenarioError> { lesson?.library.readGlossary() ?? .success(Glossary()) }
    func pressed(_ key: Key, in app: App) { recorder?.record(key, in: app) }
    func resized(to size: Size, in app: App) { recorder?.record(size, in: app) }
    func pollInterval(in app: App) -> Duration? { interval }

    func changes(in app: App) -> [Message] {
        defer { changes = [] }
        guard let clock, now - clock - told >= .seconds(1) else { return changes }
        told = .seconds((now - clock).components.seconds)
        recorder?.record(clock: told, in: app)
        return changes + [.clock(told)]
    }
}

