import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Somebody in a class who hears it: what they type, what comes over the network, and how much wall time passes.
final class ClassListener: LoopDelegate {
    enum Entry {
        case line(String)
        case wait(Duration)
        case message(Message)
        case endOfInput
    }

    private var app: App
    private var entries: ArraySlice<Entry> = []
    private let effects: [Effect]
    private let start = ContinuousClock.now
    private var now: ContinuousClock.Instant
    private var rest = Duration.zero
    private var incoming: [Message] = []
    private var clock = Duration.zero
    /// What was said before the first entry, and from each to the next.
    private(set) var said: [[String]] = [[]]
    /// How often it woke up.
    private(set) var wakes = 0
    private(set) var last: App

    init(
        _ lesson: Lesson, language: Language = .english, at step: String? = nil, presenter: PresenterState? = nil,
        offered record: PresentationRecord? = nil, readsNotes: Bool = false
    ) {
        app = App(
            lessons: [lesson.cover], progress: Progress(), language: language, size: Size(width: 80, height: 24),
            settings: DisplaySettings(glyphs: .ascii))
        now = start
        if let presenter {
            app.present(presenter)
            effects = app.open(lesson, at: step)
            if let record { app.offer(record) }
        } else if readsNotes {
            app.showNotes(of: lesson)
            effects = []
        } else {
            app.follow()
            effects = app.open(lesson, at: step)
        }
        last = app
    }

    /// What is said for each entry.
    @discardableResult func hear(_ entries: [Entry]) -> [[String]] {
        self.entries = entries[...]
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: self, read: { self.next(within: $0) },
            write: { self.said[self.said.count - 1] += $0 }, now: { self.now })
        loop.run(effects)
        last = loop.app
        return said
    }

    @discardableResult func hear(_ lines: String...) -> [[String]] { hear(lines.map(Entry.line)) }

    private func next(within timeout: Duration?) -> LinearEvent? {
        wakes += 1
        if rest > .zero {
            let step = min(rest, timeout ?? rest)
            rest -= step
            now = now.advanced(by: step)
            return nil
        }
        said.append([])
        switch entries.popFirst() {
        case .line(let line): return .line(line)
        case .wait(let duration):
            rest = duration
            return nil
        case .message(let message):
            incoming.append(message)
            return nil
        case .endOfInput: return .end
        case nil: return .leave
        }
    }

    func save(_ progress: Progress) {}
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { .failure(ScenarioError(problems: [])) }
    func pressed(_ key: Key, in app: App) {}
    func resized(to size: Size, in app: App) {}
    func pollInterval(in app: App) -> Duration? { app.presenter == nil ? .milliseconds(40) : .seconds(1) }

    /// A presenter's clock ticks once a second.
    func changes(in app: App) -> [Message] {
        defer { incoming = [] }
        guard app.presenter != nil, now - start - clock >= .seconds(1) else { return incoming }
        clock = now - start
        return incoming + [.clock(clock)]
    }
}

extension [String] {
    /// The sentences as one text.
    var text: String { joined(separator: " ") }
}
