import TerminalKit

/// Writes down a session while it happens: each key with the moment of the run at which it came.
///
/// A frame is asked for after each change of page, so that the recording tells its story when its golden file is made.
public struct SessionRecorder: Sendable {
    public private(set) var script: SessionScript
    private var page: String
    private var names: Set<String> = []

    /// Begins with a lesson or the sandbox that was just opened, or with the menu, by a student who has done nothing
    /// yet.
    ///
    /// A replay knows of no earlier progress: record with none.
    public init(_ app: App) {
        script = SessionScript(
            lesson: app.lesson?.lesson.id ?? "", step: app.lesson?.step?.id, size: app.size, language: app.language,
            repertoire: app.settings.glyphs.repertoire)
        script.opening = app.lesson != nil ? .lesson : app.sandbox != nil ? .sandbox : .menu
        script.reducedMotion = app.settings.reducedMotion
        page = app.pageName
        addFrame(page)
    }

    /// A key is about to be given to the workshop.
    public mutating func record(_ key: Key, in app: App) {
        if app.isRunning, key == .escape { return add(.cancel) }
        noteFrame(app)
        add(.key(Self.written(key), at: app.virtualTime))
    }

    /// The screen is about to change its size.
    public mutating func record(_ size: Size, in app: App) {
        // Until a run is there, there is no moment in it.
        add(.resize(size, at: app.isRunning ? nil : app.virtualTime))
    }

    /// The session is over.
    public mutating func finish(_ app: App) { noteFrame(app) }

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
