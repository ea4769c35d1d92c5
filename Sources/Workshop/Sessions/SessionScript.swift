import Scenario
import TerminalKit
import Trace

/// A recorded session as data: a lesson, a screen, and the keys with the virtual times at which they came.
///
/// Wall time does not occur in it. Replayed, it shows the same frames on any machine.
public struct SessionScript: Sendable {
    /// The format that this version reads and writes.
    public static let format = 1

    /// What is on the screen when a session begins.
    public enum Opening: String, CaseIterable, Hashable, Sendable {
        case lesson, menu, sandbox
        /// A lesson, for those who teach it.
        case present
    }

    /// What `x` plays in a presentation.
    public indirect enum DemoSource: Sendable {
        /// The lesson's own demo, if it has one.
        case own
        /// Another, and its file, from the session's folder.
        case file(String, SessionScript)
    }

    public var opening = Opening.lesson
    /// The lesson's id; empty where the session begins at the menu.
    public var lesson: String
    public var demo = DemoSource.own
    /// The file of the sandbox's system, from the session's folder, or its code, and what it holds; `nil`: the usual
    /// one.
    public var systemFile: String?
    public var system: SandboxSource?
    /// Lessons that the student has finished before.
    public var finished: [String] = []
    /// Where the session begins; `nil`: at the card.
    public var step: String?
    public var size: Size
    public var language: Language
    public var repertoire: GlyphRepertoire
    public var reducedMotion = false
    /// Whether what it says line by line is kept beside its golden frames.
    public var keepsTranscript = false
    public var lines: [Line]
    /// Where the head of the file names the lesson, the step, ...
    var marks: [String: SourceMark] = [:]

    public init(
        lesson: String, step: String? = nil, size: Size, language: Language, repertoire: GlyphRepertoire = .unicode,
        lines: [Line] = []
    ) {
        self.lesson = lesson
        self.step = step
        self.size = size
        self.language = language
        self.repertoire = repertoire
        self.lines = lines
    }

    /// One line of the script, and where it stands in its file.
    public struct Line: Hashable, Sendable {
        public var action: Action
        /// From 1; 0: it was not read from a file.
        public var number: Int
        /// The included file that it stands in; `nil`: the session's own.
        public var file: String?

        public init(_ action: Action, number: Int = 0, file: String? = nil) {
            self.action = action
            self.number = number
            self.file = file
        }
    }

    public enum Action: Hashable, Sendable {
        /// `at`: where the cursor is when the key comes; the run on the screen is played on to there.
        case key(Key, at: VirtualTime?)
        /// The run that the last key asked for was stopped before it was done.
        case cancel
        case resize(Size, at: VirtualTime?)
        /// The frame on the screen goes into the golden file.
        case frame(name: String)
        case expect(Expectation)
        /// The run on the screen is played on.
        case wait(SessionWait)
        /// Something is done to the system at the cursor, as its key in the workshop does it.
        case change(Intervention.Action)
        /// Whoever presents stops here until they go on. A replay goes on at once.
        case pause
        /// So much time has passed on an instructor's clock since the presentation was opened: whole seconds.
        case clock(Duration)
        /// The workshop is left, and opened again with what it has kept.
        case restart
    }
}

/// How far the run on the screen is played on.
public enum SessionWait: Hashable, Sendable {
    case time(Duration)
    /// To the first moment at which it is so.
    case state(ModelState)
    /// To the first moment at which a condition over the run so far holds: `flow.page.failed >= 3`.
    case figure(String)
    /// To the next event of a kind; of that component, if one is named.
    case event(EventKind, of: String?)
    /// The demo of a presentation plays on.
    case demo(DemoPlace)
}

/// How far a demo is played.
public enum DemoPlace: Hashable, Sendable {
    /// To where it stands still: its next stop, or its end.
    case pause
    /// Until this line is its next one: from 1, its head, comments and blank lines not counted.
    case line(Int)
}

/// Something that must hold at a point of a session.
public enum Expectation: Hashable, Sendable {
    /// The screen shows this text on one row, or does not.
    case text(String, isShown: Bool)
    /// The lesson is at this step (`card` and `summary` too).
    case step(String)
    /// This lesson is open.
    case lesson(String)
    /// The digest of the run on the screen.
    case digest(String)
    /// A condition over the run on the screen: `flow.page.latency.p99 <= 400ms`.
    case metric(String)
    /// The same, but of the run only what has been played.
    case metricSoFar(String)
    /// What the system looks like at the cursor.
    case state(ModelState)
    /// A panel on the screen shows this text on one of its rows, or does not.
    case panel(PanelKind, String, isShown: Bool)
}

extension SessionScript: CustomStringConvertible {
    /// The script as a file; ``init(parsing:file:)`` reads it back.
    public var description: String {
        var head = ["# A session of Ensayo: docs/replay.md", "format: \(Self.format)"]
        let opened = ([opening.rawValue] + [systemFile].compactMap(\.self)).joined(separator: " ")
        if opening != .lesson { head.append("open: \(opened)") }
        if !lesson.isEmpty { head.append("lesson: \(lesson)") }
        if case .file(let file, _) = demo { head.append("demo: \(file)") }
        if !finished.isEmpty { head.append("finished: \(finished.joined(separator: ", "))") }
        if let step { head.append("step: \(step)") }
        head += [
            "size: \(size.width)x\(size.height)", "language: \(language.rawValue)", "glyphs: \(repertoire.rawValue)",
        ]
        if reducedMotion { head.append("motion: reduced") }
        if keepsTranscript { head.append("transcript: golden") }
        return (head + [""] + lines.map(\.action.description)).joined(separator: "\n") + "\n"
    }
}

extension SessionScript.Action: CustomStringConvertible {
    public var description: String {
        switch self {
        case .key(let key, let time): "\(Self.moment(time))key \(key)"
        case .cancel: "cancel"
        case .resize(let size, let time): "\(Self.moment(time))resize \(size.width)x\(size.height)"
        case .frame(let name): "frame \(name)"
        case .expect(.text(let text, let isShown)): "expect \(isShown ? "" : "no ")text \"\(text)\""
        case .expect(.step(let step)): "expect step \(step)"
        case .expect(.lesson(let id)): "expect lesson \(id)"
        case .expect(.digest(let digest)): "expect digest \(digest)"
        case .expect(.metric(let condition)): "expect \(condition)"
        case .expect(.metricSoFar(let condition)): "expect \(condition) so far"
        case .expect(.state(let state)): "expect \(state)"
        case .expect(.panel(let panel, let text, let isShown)):
            "expect panel \(panel.rawValue) shows \(isShown ? "" : "no ")\"\(text)\""
        case .wait(let wait): "wait \(wait)"
        case .change(.set(let path, let value)): "set \(path) = \(value)"
        case .change(let action): "do \(action)"
        case .pause: "pause"
        case .clock(let time): "clock \(time.clockText)"
        case .restart: "restart"
        }
    }

    private static func moment(_ time: VirtualTime?) -> String {
        time.map { "at \(Duration.nanoseconds($0.nanoseconds).written) " } ?? ""
    }
}

extension SessionWait: CustomStringConvertible {
    public var description: String {
        switch self {
        case .time(let duration): duration.written
        case .state(let state): "until \(state)"
        case .figure(let condition): "until \(condition)"
        case .event(let kind, let name): "until event \(kind)\(name.map { " of \($0)" } ?? "")"
        case .demo(.pause): "until demo pauses"
        case .demo(.line(let number)): "until demo line \(number)"
        }
    }
}
