import Model
import Scenario
import TerminalKit
import Trace

/// The workshop line by line: it appends sentences, and takes a line for each thing to do.
///
/// The same workshop, changed by the same messages, as on a terminal; only how it is shown and asked differs. No cursor
/// is moved and nothing is drawn, so a screen reader, a teletype, a pipe and a slow line all do.
public final class LinearLoop {
    public private(set) var app: App
    private let narrator = Narrator()
    private let runner: any Runner
    private let outside: any LoopDelegate
    /// The next line; `nil`: the input has ended.
    private let read: () -> String?
    private let write: ([String]) -> Void
    private var told: App?
    private var hasLeft = false

    public init(
        app: App, runner: any Runner, outside: any LoopDelegate, read: @escaping () -> String?,
        write: @escaping ([String]) -> Void
    ) {
        self.app = app
        self.runner = runner
        self.outside = outside
        self.read = read
        self.write = write
    }

    /// Runs until the person leaves or the input ends. `effects`: what opening the first screen asked for.
    public func run(_ effects: [Effect] = []) {
        perform(effects)
        tell()
        say(list(isWhole: false))
        while !hasLeft, let line = read() {
            for message in outside.changes(in: app) { send(message) }
            take(LinearInput(line, in: app), typed: line)
        }
    }

    private func take(_ input: LinearInput, typed: String) {
        switch input {
        case .nothing: say([firstActions])
        case .list(let isWhole): say(list(isWhole: isWhole))
        case .place: say(narrator.place(app))
        case .action(let action):
            let before = app.linearActions
            perform(action)
            if hasLeft { return }
            // The list is said again when it is another.
            if app.linearActions != before { say(list(isWhole: false)) }
        case .unknown(let text):
            say([
                app.language.text(
                    "There is no \(text) here. A question mark says what can be done.",
                    "Aquí no hay \(text). Un signo de interrogación dice qué se puede hacer.")
            ])
        }
    }

    // MARK: Doing

    private func perform(_ action: LinearAction) {
        switch action.deed {
        case .keys(let keys): for key in keys where !hasLeft { press(key) }
        case .playOn: playOn()
        case .tell(let kind):
            guard let lesson = app.lesson else { return }
            return say(Speech.said(lesson.sentences(of: kind, app), app.language))
        }
        if !hasLeft { settle() }
    }

    /// What was typed as a key plays on as well: nothing passes by itself here.
    private func settle() {
        if app.isPlaying { playOn() }
        tell()
        // What only lies over the screen to be read has been read.
        if app.overlay?.isReadOnly == true {
            press(.escape)
            told = app
        }
    }

    /// On to the next mark, stop or end. A run that stands begins to play as it would for anybody.
    private func playOn() {
        if !app.isPlaying { press(.character(" ")) }
        guard app.isPlaying, let state = app.lesson, let player = state.player, let trace = player.run?.trace else {
            return
        }
        let next = state.markTimes.first { $0 > player.cursor.time } ?? trace.end
        send(.play(to: min(next, trace.end)))
        if app.isPlaying { press(.character(" ")) }
    }

    private func press(_ key: Key) {
        outside.pressed(key, in: app)
        send(.key(key))
    }

    private func send(_ message: Message) { perform(app.update(message)) }

    private func perform(_ effects: [Effect]) {
        for effect in effects {
            if case .run(let request) = effect { compute(request) }
            if case .cancelRun = effect { runner.cancel() }
            if case .save(let progress) = effect { outside.save(progress) }
            if case .open(let cover) = effect { send(.opened(outside.lesson(cover))) }
            if case .sandbox(let asked) = effect, let answer = outside.perform(asked) { send(.sandbox(answer)) }
            if case .readGlossary = effect { send(.glossary(outside.glossary())) }
            if case .quit = effect { hasLeft = true }
        }
    }

    private func compute(_ request: Run) {
        if let outcome = runner.start(request) { send(.ran(request, outcome)) }
    }

    // MARK: Saying

    /// What is new since it spoke last.
    private func tell() {
        say(narrator.news(from: told, to: app))
        told = app
    }

    private func say(_ sentences: [String]) {
        if !sentences.isEmpty { write(sentences.flatMap(Speech.lines)) }
    }

    private var numbered: [String] {
        app.linearActions.enumerated().map { place, action in
            let number = place < LinearInput.shortList || !isLong ? place + 1 : place + 2
            return "\(number) \(action.label(app.language))."
        }
    }

    private var isLong: Bool { app.linearActions.count > LinearInput.shortList + 1 }

    private func list(isWhole: Bool) -> [String] {
        let all = numbered
        guard isLong else { return [all.joined(separator: " ")] }
        if isWhole { return [all.dropFirst(LinearInput.shortList).joined(separator: " ")] }
        let more = "\(LinearInput.shortList + 1) \(app.language.text("more", "más"))."
        return [(all.prefix(LinearInput.shortList) + [more]).joined(separator: " ")]
    }

    private var firstActions: String { numbered.prefix(3).joined(separator: " ") }
}

extension App.Overlay {
    /// Whether it is there to be read: what it says is said at once.
    var isReadOnly: Bool {
        switch self {
        case .keys, .why, .problem, .wrongFiles, .record, .sheet: true
        default: false
        }
    }
}
