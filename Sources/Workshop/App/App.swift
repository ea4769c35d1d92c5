import Model
import Scenario
import TerminalKit
import Trace

/// The whole workshop as a value: what is on the screen, how messages change it, and the frame that shows it.
///
/// ``update(_:)`` is the only thing that changes it, and ``view()`` the only thing that draws. What must happen
/// outside (a run, a file, the end) is returned as ``Effect``s.
public struct App: Sendable {
    public enum Screen: Sendable {
        case menu(MenuState)
        case lesson(LessonState)
    }

    /// What lies over the screen and takes the keys.
    enum Overlay: Sendable {
        case keys
        case faults(FaultMenu)
        case why
        case problem(String)
    }

    public let lessons: [Lesson]
    public let settings: DisplaySettings
    public private(set) var size: Size
    public internal(set) var language: Language
    public internal(set) var screen: Screen
    public internal(set) var progress: Progress
    var overlay: Overlay?
    var runs = RunCache()
    /// Asked for and not done.
    var running: [Run] = []
    var runProgress: Double?

    /// The workshop at its menu.
    public init(lessons: [Lesson], progress: Progress, language: Language, size: Size, settings: DisplaySettings) {
        self.lessons = lessons
        self.settings = settings
        self.size = size
        self.language = language
        self.progress = progress
        screen = .menu(MenuState(lessons: lessons, selected: MenuState.next(in: lessons, progress)))
    }

    /// The lesson on the screen, if there is one.
    public var lesson: LessonState? { if case .lesson(let state) = screen { state } else { nil } }

    /// The moment of the run on the screen: the time that recorded keys carry.
    public var virtualTime: VirtualTime? { lesson?.player?.cursor.time }
    /// Whether time passes on the screen.
    public var isPlaying: Bool { lesson?.player?.playhead.isPlaying ?? false }
    /// Whether a run is being computed.
    public var isRunning: Bool { !running.isEmpty }

    /// Changes the workshop. O(1) but for prediction answers and challenges, which run their scenarios.
    public mutating func update(_ message: Message) -> [Effect] {
        var effects: [Effect] = []
        let before = progress
        switch message {
        case .key(let key): effects += press(key)
        case .resize(let size): self.size = size
        case .tick(let wall): changeLesson { $0.player?.advance(by: wall) }
        case .play(let time): changeLesson { $0.player?.play(to: time) }
        case .progress(let share): runProgress = share
        case .ran(let request, let outcome):
            runs.store(outcome, for: request)
            running.removeAll { $0 == request }
        case .reloaded(.success(let lesson)): changeLesson { $0.replace(with: lesson) }
        case .reloaded(.failure(let error)): overlay = .problem(String(describing: error))
        }
        effects += runsNeeded()
        keepProgress()
        if progress != before { effects.append(.save(progress)) }
        return effects
    }

    /// Opens a lesson where the student left it, or at one of its steps.
    public mutating func open(_ lesson: Lesson, at step: String? = nil) -> [Effect] {
        var state = LessonState(lesson: lesson, progress: progress.lessons[lesson.id] ?? LessonProgress())
        if let step, let index = lesson.steps.firstIndex(where: { $0.id == step }) {
            state.open(.step(index))
        } else {
            state.resume()
        }
        screen = .lesson(state)
        overlay = nil
        return runsNeeded()
    }

    mutating func changeLesson(_ change: (inout LessonState) -> Void) {
        guard case .lesson(var state) = screen else { return }
        change(&state)
        screen = .lesson(state)
    }

    /// Shows what is computed, and asks for what is not.
    private mutating func runsNeeded() -> [Effect] {
        guard case .lesson(var state) = screen, state.player != nil else { return [] }
        let missing = (state.player?.adopt(runs) ?? []).filter { !running.contains($0) }
        if let problem = state.player?.problem {
            overlay = .problem(problem)
            state.player?.undo()
        }
        screen = .lesson(state)
        running += missing
        return missing.map(Effect.run)
    }

    private mutating func keepProgress() {
        progress.language = language
        if let lesson { progress.lessons[lesson.lesson.id] = lesson.progress }
    }
}

/// How frames are drawn: what the terminal can do, and what the person asked for.
public struct DisplaySettings: Hashable, Sendable {
    public var glyphs: Glyphs
    public var reducedMotion: Bool

    public init(glyphs: Glyphs = .unicode, reducedMotion: Bool = false) {
        self.glyphs = glyphs
        self.reducedMotion = reducedMotion
    }
}
