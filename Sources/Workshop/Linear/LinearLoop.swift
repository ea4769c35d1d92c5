import Model
import Scenario
import TerminalKit
import Trace

/// The workshop line by line: it appends sentences, and takes a line for each thing to do.
///
/// The same workshop, changed by the same messages, as on a terminal; only how it is shown and asked differs. No cursor
/// is moved and nothing is drawn, so a screen reader, a teletype, a pipe and a slow line all do.
///
/// A student alone has all the time in the world: nothing passes while they read. Before a class it does, and what
/// happens by itself is told as ``App/unaskedPause`` allows.
public final class LinearLoop {
    /// How soon time passes again while something plays: nobody sees frames.
    private static let tickTime = Duration.milliseconds(50)
    private static let longestTick = Duration.seconds(1)

    public private(set) var app: App
    private let narrator = Narrator()
    private let runner: any Runner
    private let outside: any LoopDelegate
    /// What comes next within a time, or ever (`nil`).
    private let read: (Duration?) -> LinearEvent?
    private let write: ([String]) -> Void
    private let now: () -> ContinuousClock.Instant
    /// The workshop as the listener knows it.
    private var told: App?
    private var hasLeft = false
    private var hasInputEnded = false
    /// Until when time has passed on the stage.
    private var last: ContinuousClock.Instant
    /// When something that nobody asked for is told; `nil`: there is nothing.
    private var due: ContinuousClock.Instant?
    private var lastReport: ContinuousClock.Instant?
    /// When a run that plays was told of last.
    private var lastPassage: ContinuousClock.Instant

    /// - Parameters:
    ///   - read: waits for what comes next, at most so long (`nil`: for ever); `nil` when nothing came.
    ///   - now: the wall clock.
    public init(
        app: App, runner: any Runner, outside: any LoopDelegate, read: @escaping (Duration?) -> LinearEvent?,
        write: @escaping ([String]) -> Void, now: @escaping () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.app = app
        self.runner = runner
        self.outside = outside
        self.read = read
        self.write = write
        self.now = now
        last = now()
        lastPassage = last
    }

    /// Runs until the person leaves, or the input ends where nothing tells by itself. `effects`: what opening the first
    /// screen asked for.
    public func run(_ effects: [Effect] = []) {
        perform(effects)
        for message in outside.changes(in: app) { send(message) }
        tell()
        say(list(isWhole: false))
        while !hasLeft {
            let event = read(patience)
            passTime()
            for message in outside.changes(in: app) {
                send(message)
                announce()
            }
            report()
            switch event {
            case .line(let line) where !hasLeft: take(LinearInput(line, in: app), typed: line)
            case .end: hasInputEnded = true
            case .leave: return report(isLast: true)
            default: break
            }
            if hasInputEnded, !app.tellsByItself { return report(isLast: true) }
        }
    }

    /// How long to wait for a line.
    private var patience: Duration? {
        let waits = [
            outside.pollInterval(in: app), isLive && app.isPlaying ? Self.tickTime : nil,
            due.map { max(.zero, $0 - now()) },
        ]
        return waits.compactMap(\.self).min()
    }

    private func take(_ input: LinearInput, typed: String) {
        switch input {
        case .nothing: say([firstActions])
        case .list(let isWhole): say(list(isWhole: isWhole))
        case .place: say(narrator.place(app))
        case .action(let action):
            let before = app
            perform(action)
            if hasLeft { return }
            // The list is said again when it is another.
            if LinearList(app).labels != LinearList(before).labels, !app.hasReturned(from: before) {
                say(list(isWhole: false))
            }
        case .several(let actions): say([LinearList(app).which(actions, app.language)])
        case .unknown(let text): say([Words.notUnderstood(text)(app.language)])
        }
    }

    // MARK: Doing

    private func perform(_ action: LinearAction) {
        var asked: Command?
        switch action.deed {
        case .keys(let keys):
            for key in keys where !hasLeft { press(key) }
            asked = keys.last.flatMap { key in KeyMap.bindings.first { $0.keys.contains(key) }?.command }
        case .playOn: playOn()
        case .ask(let inquiry): return say(Speech.said(inquiry.sentences(app), app.language))
        case .tell(let kind):
            guard let stage = app.stage else { return }
            return say(Speech.said(stage.sentences(of: kind, app), app.language))
        }
        if !hasLeft { settle(after: asked) }
    }

    /// What was typed as a key plays on as well: for a student alone nothing passes by itself.
    private func settle(after asked: Command?) {
        if app.isPlaying, !isLive { playOn() }
        if !tell() { say(nothingNew(after: asked)) }
        // What only lies over the screen to be read has been read; a class is still reading it.
        if !isLive, app.overlay?.isReadOnly == true {
            press(.escape)
            told = app
        }
    }

    /// For a line that changed nothing: what it asked for once more, or that it did not.
    private func nothingNew(after asked: Command?) -> [String] {
        if app.follower?.isLive == true { return [Words.presenterSteers(app.language)] }
        if isLive { return [] }
        if let notice = app.notice { return [notice.text(app.language)] }
        if let refusal = app.sandbox?.refusal { return Speech.said(refusal.sentences(app.language), app.language) }
        if asked == .solution, let state = app.lesson, state.showsSolution { return LessonSpeech(state, app).solution }
        return [Words.nothingChanges(app.language)]
    }

    /// On to the next mark, stop or end. A run that stands begins to play as it would for anybody.
    private func playOn() {
        if !app.isPlaying { press(.character(" ")) }
        guard app.isPlaying, let stage = app.stage, let player = stage.player, let trace = player.run?.trace else {
            return
        }
        let next = stage.markTimes.first { $0 > player.cursor.time } ?? trace.end
        send(.play(to: min(next, trace.end)))
        if app.isPlaying { press(.character(" ")) }
    }

    private func press(_ key: Key) {
        let wasPlaying = app.isPlaying
        outside.pressed(key, in: app)
        send(.key(key))
        // Somebody who goes on alone does so from this very moment.
        if wasPlaying, app.isPlaying, !isLive { send(.key(.character(" "))) }
    }

    private func send(_ message: Message) {
        let before = app
        perform(app.update(message))
        endStretch(before)
    }

    private func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .run(let request): compute(request)
            case .cancelRun: runner.cancel()
            case .save(let progress): outside.save(progress)
            case .open(let cover): send(.opened(outside.lesson(cover)))
            // There is no clipboard: the text stands on one line, whole, for those who take it from there.
            case .sandbox(.copy(let text)): write([text])
            case .sandbox(let asked): if let answer = outside.perform(asked) { send(.sandbox(answer)) }
            case .readGlossary: send(.glossary(outside.glossary()))
            case .quit: hasLeft = true
            }
        }
    }

    private func compute(_ request: Run) {
        if let outcome = runner.start(request) { send(.ran(request, outcome)) }
    }

    // MARK: Time

    /// Whether time passes by itself, as it does for a class.
    private var isLive: Bool { app.presenter != nil || app.follower?.isLive == true }

    private func passTime() {
        let time = now()
        defer { last = time }
        guard isLive, app.isPlaying else { return }
        let line = app.presenter?.demo?.next
        send(.tick(min(time - last, Self.longestTick)))
        if !app.isPlaying || app.presenter?.demo?.next != line { announce() }
    }

    /// What was played of a run before it became another one, and of one that plays a part now and then.
    private func endStretch(_ before: App) {
        guard isLive, let told, told.isOnRun(of: before) else { return }
        if !app.isOnRun(of: before) {
            say(narrator.passage(from: told, to: before))
            self.told = told.moved(to: before)
        } else if app.isPlaying, app.isWorthTelling(since: told, after: now() - lastPassage) {
            say(narrator.passage(from: told, to: app))
            self.told = told.moved(to: app)
        } else {
            return
        }
        lastPassage = now()
    }

    /// Something happened that nobody asked for.
    private func announce() {
        guard due == nil else { return }
        let earliest = lastReport.map { $0 + app.unaskedPause } ?? now()
        due = max(now() + app.unaskedDelay, earliest)
    }

    /// Tells what nobody asked for once it is due: all of it at once, so that much is told as little.
    private func report(isLast: Bool = false) {
        guard let due, isLast || due <= now() else { return }
        let actions = told?.linearActions
        let isHeard = tell(isAsked: false)
        lastReport = isHeard ? now() : lastReport
        if isHeard, !isLast, !app.isPlaying, app.linearActions != actions { say(list(isWhole: false)) }
        if app.isOverForNotes { hasLeft = true }
    }

    // MARK: Saying

    /// What is new since it spoke last. Returns whether there was anything to say.
    @discardableResult private func tell(isAsked: Bool = true) -> Bool {
        // While a run plays, what happens in it is told apart.
        let known = told.map { isLive && app.isPlaying ? app.moved(to: $0) : app } ?? app
        let news = narrator.news(from: told, to: known, isAsked: isAsked)
        if told?.isPlaying != true { lastPassage = now() }
        say(news)
        told = known
        due = nil
        return !news.isEmpty
    }

    private func say(_ sentences: [String]) {
        if !sentences.isEmpty { write(sentences.flatMap(Speech.lines)) }
    }

    private func list(isWhole: Bool) -> [String] { [LinearList(app).text(app.language, isWhole: isWhole)] }

    private var firstActions: String { LinearList(app).first(app.language) }
}

extension Words {
    static let nothingChanges = LocalizedText(en: "Nothing changes.", es: "No cambia nada.")

    static func notUnderstood(_ text: String) -> LocalizedText {
        let head =
            Int(text) == nil
            ? LocalizedText(en: "Nothing here is called \"\(text)\".", es: "Aquí nada se llama «\(text)».")
            : LocalizedText(en: "The list has no \(text).", es: "La lista no tiene ningún \(text).")
        return LocalizedText(
            en: "\(head.en) A question mark says what can be done.",
            es: "\(head.es) Un signo de interrogación dice qué se puede hacer.")
    }
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
