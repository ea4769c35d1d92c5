import TerminalKit

/// Writes down a session while it happens: each key with the moment of the run at which it came.
///
/// A frame is asked for after each change of page, so that the recording tells its story when its golden file is made.
public struct SessionRecorder: Sendable {
    public private(set) var script: SessionScript
    private var page: String
    private var names: Set<String> = []
    /// How many lines the demo had done at the last line.
    private var demoLines = 0
    /// Whether it is written down by somebody who hears it: what it says is kept then, instead of frames.
    private let isHeard: Bool

    /// Begins with a lesson or the sandbox that was just opened, or with the menu, by a student who has done nothing
    /// yet.
    ///
    /// A replay knows of no earlier progress: record with none.
    ///
    /// - Parameters:
    ///   - demo: the demo of a presentation.
    ///   - system: the file or the code of the sandbox's system, as the session names it; `nil`: it is the usual one.
    ///   - isHeard: whether it is told line by line, and not drawn.
    public init(
        _ app: App, demo: SessionScript.DemoSource = .own, system: String? = nil, isHeard: Bool = false
    ) {
        self.isHeard = isHeard
        script = SessionScript(
            lesson: app.lesson?.lesson.id ?? "", step: app.lesson?.step?.id, size: app.size, language: app.language,
            repertoire: app.settings.glyphs.repertoire)
        script.opening =
            app.presenter != nil ? .present : app.lesson != nil ? .lesson : app.sandbox != nil ? .sandbox : .menu
        script.demo = demo
        script.systemFile = system
        script.reducedMotion = app.settings.reducedMotion
        script.keepsTranscript = isHeard
        page = app.pageName
        addFrame(page)
    }

    /// A key is about to be given to the workshop.
    public mutating func record(_ key: Key, in app: App) {
        noteDemo(app)
        // Whoever stops the run that the lesson begins with leaves it; no line has asked for that run.
        if app.isRunning, key == .escape {
            return add(isAtOpening && script.opening != .sandbox ? .key(.escape, at: nil) : .cancel)
        }
        noteFrame(app)
        add(.key(Self.written(key), at: app.virtualTime))
    }

    /// Whether nothing has been done yet that could ask for a run.
    private var isAtOpening: Bool {
        script.lines.allSatisfy { line in
            switch line.action {
            case .frame, .resize, .clock: true
            default: false
            }
        }
    }

    /// The screen is about to change its size.
    public mutating func record(_ size: Size, in app: App) {
        noteDemo(app)
        // Until a run is there, there is no moment in it.
        add(.resize(size, at: app.isRunning ? nil : app.virtualTime))
    }

    /// An instructor's clock is about to be set. Of many that nothing comes between the last says it all.
    public mutating func record(clock time: Duration, in app: App) {
        noteDemo(app)
        if case .clock = script.lines.last?.action { script.lines.removeLast() }
        add(.clock(time))
    }

    /// The session is over.
    public mutating func finish(_ app: App) {
        noteDemo(app)
        noteFrame(app)
    }

    /// How far the demo has played by itself.
    private mutating func noteDemo(_ app: App) {
        guard let demo = app.presenter?.demo, demo.next != demoLines else { return }
        // The run that is stopped now was asked for by the last line alone.
        let last = app.isRunning && demo.next > demoLines + 1 ? [demo.next] : []
        demoLines = demo.next
        for next in last { add(.wait(.demo(.line(next)))) }
        add(.wait(demo.isPlaying ? .demo(.line(demo.next + 1)) : .demo(.pause)))
    }

    /// Keys that no file can name mean nothing to the workshop: one that has a name stands for them.
    private static func written(_ key: Key) -> Key {
        Key(key.description) == key ? key : .function(63)
    }

    private mutating func noteFrame(_ app: App) {
        let now = app.pageName
        guard now != page else { return }
        page = now
        addFrame(now)
    }

    private mutating func addFrame(_ page: String) {
        if isHeard { return }
        var name = page
        var count = 1
        while !names.insert(name).inserted {
            count += 1
            name = "\(page).\(count)"
        }
        add(.frame(name: name))
    }

    private mutating func add(_ action: SessionScript.Action) { script.lines.append(SessionScript.Line(action)) }
}
