import TerminalKit

/// Shows the workshop on a terminal and gives it what comes in: keys, time, finished runs.
///
/// A screen on which nothing moves costs nothing: the loop then sleeps until a key comes.
public final class Loop {
    private static let frameTime = Duration.milliseconds(16)

    private let terminal: any Terminal
    private let runner: any Runner
    private let clock = ContinuousClock()
    public private(set) var app: App
    /// Takes the effects that are files: progress, the session's recording.
    private let outside: any LoopDelegate

    public init(app: App, terminal: any Terminal, runner: any Runner, outside: any LoopDelegate) {
        self.app = app
        self.terminal = terminal
        self.runner = runner
        self.outside = outside
    }

    /// Runs until the person leaves. `effects`: what opening the first screen asked for.
    public func run(_ effects: [Effect] = []) {
        guard perform(effects) else { return }
        var last = clock.now
        while true {
            terminal.show(app.view())
            let event = terminal.nextEvent(within: patience(since: last))
            let now = clock.now
            var messages: [Message] = []
            if app.isPlaying { messages.append(.tick(now - last)) }
            last = now
            switch event {
            case .key(let key): messages.append(.key(key))
            case .resize(let size): messages.append(.resize(size))
            // Time that the program slept through does not pass on the screen.
            case .resumed: messages = []
            case .quit: return
            case nil: break
            }
            for message in messages where !send(message) { return }
            if !takeRuns() { return }
            for message in outside.changes() where !send(message) { return }
        }
    }

    /// How long to wait for a key: until the next frame while something moves, else until one comes.
    private func patience(since last: ContinuousClock.Instant) -> Duration? {
        if app.isPlaying || app.isRunning { return max(.zero, Self.frameTime - (clock.now - last)) }
        return outside.pollInterval
    }

    /// Returns whether to go on.
    private func send(_ message: Message) -> Bool {
        if case .key(let key) = message { outside.pressed(key, in: app) }
        if case .resize(let size) = message { outside.resized(to: size, in: app) }
        return perform(app.update(message))
    }

    private func perform(_ effects: [Effect]) -> Bool {
        for effect in effects {
            switch effect {
            case .run(let request):
                if let outcome = runner.start(request), !perform(app.update(.ran(request, outcome))) { return false }
            case .cancelRun: runner.cancel()
            case .save(let progress): outside.save(progress)
            case .quit: return false
            }
        }
        return true
    }

    private func takeRuns() -> Bool {
        guard app.isRunning else { return true }
        for (request, outcome) in runner.finished() where !perform(app.update(.ran(request, outcome))) { return false }
        return perform(app.update(.progress(runner.progress)))
    }
}

/// What the loop needs from outside: the places where things are kept.
public protocol LoopDelegate: AnyObject {
    func save(_ progress: Progress)
    /// A key is about to be given to the workshop.
    func pressed(_ key: Key, in app: App)
    func resized(to size: Size, in app: App)
    /// What happened outside since the last call: the open lesson's files were edited.
    func changes() -> [Message]
    /// How often to ask for ``changes()`` while nothing else happens; `nil`: never.
    var pollInterval: Duration? { get }
}
