import Scenario
import TerminalKit

/// Shows the workshop on a terminal and gives it what comes in: keys, time, finished runs.
///
/// A screen on which nothing moves costs nothing: the loop then sleeps until a key comes.
public final class Loop {
    private static let frameTime = Duration.milliseconds(16)
    /// No more time than this passes from one frame to the next, however long the machine slept.
    private static let longestTick = Duration.seconds(1)
    /// Keys that wait for a run, at most.
    private static let mostHeld = 16

    public private(set) var app: App
    private let terminal: any Terminal
    private let runner: any Runner
    /// Takes the effects that are files: progress, the session's recording.
    private let outside: any LoopDelegate
    private let now: () -> ContinuousClock.Instant
    /// Typed while a run was computed.
    private var held: [Key] = []
    private var isFrameOld = true

    /// - Parameter now: the wall clock.
    public init(
        app: App, terminal: any Terminal, runner: any Runner, outside: any LoopDelegate,
        now: @escaping () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.app = app
        self.terminal = terminal
        self.runner = runner
        self.outside = outside
        self.now = now
    }

    /// Runs until the person leaves. `effects`: what opening the first screen asked for.
    public func run(_ effects: [Effect] = []) {
        guard perform(effects) else { return }
        var last = now()
        while true {
            if isFrameOld { terminal.show(app.view()) }
            isFrameOld = false
            let event = terminal.nextEvent(within: patience(since: last))
            let time = now()
            // Time that the program slept through does not pass on the screen.
            if app.isPlaying, event != .resumed, !send(.tick(min(time - last, Self.longestTick))) { return }
            last = time
            guard take(event), takeRuns(), takeHeldKeys() else { return }
            for message in outside.changes(in: app) where !send(message) { return }
        }
    }

    /// How long to wait for a key: until the next frame while something moves, else until one comes.
    private func patience(since last: ContinuousClock.Instant) -> Duration? {
        if app.isPlaying || app.isRunning { return max(.zero, Self.frameTime - (now() - last)) }
        return outside.pollInterval(in: app)
    }

    /// Returns whether to go on, as the functions below do.
    private func take(_ event: InputEvent?) -> Bool {
        switch event {
        case .key(let key): return take(key)
        case .mouse(let mouse): return MouseKeys(app).keys(for: mouse).allSatisfy { take($0) }
        case .resize(let size): return send(.resize(size))
        case .resumed: isFrameOld = true
        case .quit: return false
        case nil: break
        }
        return true
    }

    /// Keys typed ahead of a run wait for it, so that they mean what they would have meant had it been there at once.
    private func take(_ key: Key) -> Bool {
        guard app.isRunning, key != .escape, key != .control("c") else {
            held = []
            return send(.key(key))
        }
        if held.count < Self.mostHeld { held.append(key) }
        return true
    }

    private func takeHeldKeys() -> Bool {
        while !app.isRunning, !held.isEmpty {
            if !send(.key(held.removeFirst())) { return false }
        }
        return true
    }

    private func takeRuns() -> Bool {
        guard app.isRunning else { return true }
        for (request, outcome) in runner.finished() where !send(.ran(request, outcome)) { return false }
        return app.runProgress == runner.progress || send(.progress(runner.progress))
    }

    private func send(_ message: Message) -> Bool {
        if case .key(let key) = message { outside.pressed(key, in: app) }
        if case .resize(let size) = message { outside.resized(to: size, in: app) }
        isFrameOld = true
        return perform(app.update(message))
    }

    private func perform(_ effects: [Effect]) -> Bool {
        for effect in effects {
            switch effect {
            case .run(let request):
                if let outcome = runner.start(request), !perform(app.update(.ran(request, outcome))) { return false }
            case .cancelRun: runner.cancel()
            case .save(let progress): outside.save(progress)
            case .open(let cover): if !perform(app.update(.opened(outside.lesson(cover)))) { return false }
            case .sandbox(.copy(let text)): terminal.copy(text)
            case .sandbox(let effect):
                let answer = outside.perform(effect)
                if let answer, !perform(app.update(.sandbox(answer))) { return false }
            case .readGlossary: if !perform(app.update(.glossary(outside.glossary()))) { return false }
            case .quit: return false
            }
        }
        return true
    }
}

/// What the loop needs from outside: the places where things are kept.
public protocol LoopDelegate: AnyObject {
    func save(_ progress: Progress)
    /// Reads a lesson.
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError>
    /// Does what the sandbox asks for; `nil`: there is nothing to say of it.
    func perform(_ effect: SandboxEffect) -> SandboxMessage?
    /// Reads the terms of the lessons.
    func glossary() -> Result<Glossary, ScenarioError>
    /// A key is about to be given to the workshop.
    func pressed(_ key: Key, in app: App)
    func resized(to size: Size, in app: App)
    /// What happened outside since the last call: the open lesson's files were edited.
    func changes(in app: App) -> [Message]
    /// How often to ask for ``changes(in:)`` while nothing else happens; `nil`: never.
    func pollInterval(in app: App) -> Duration?
}

extension LoopDelegate {
    /// Without a sandbox's files.
    public func perform(_ effect: SandboxEffect) -> SandboxMessage? { nil }
    public func glossary() -> Result<Glossary, ScenarioError> { .success(Glossary()) }
}
