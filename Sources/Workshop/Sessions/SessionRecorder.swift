import TerminalKit

/// Writes down a session while it happens: each key with the moment of the run at which it came.
///
/// A frame is asked for after each change of page, so that the recording tells its story when its golden file is made.
public struct SessionRecorder: Sendable {
    public private(set) var script: SessionScript
    private var page: String
    private var names: Set<String> = []

    /// Begins with the lesson that is open; `nil` on the menu, where there is nothing to record.
    public init?(_ app: App) {
        guard let lesson = app.lesson else { return nil }
        script = SessionScript(
            lesson: lesson.lesson.id, size: app.size, language: app.language, repertoire: app.settings.glyphs.repertoire)
        page = lesson.pageName
        addFrame()
    }

    /// A key is about to be given to the workshop.
    public mutating func record(_ key: Key, in app: App) {
        noteFrame(app)
        script.lines.append(SessionScript.Line(.key(key, at: app.virtualTime)))
    }

    public mutating func record(_ size: Size, in app: App) {
        noteFrame(app)
        script.lines.append(SessionScript.Line(.resize(size)))
    }

    /// The session is over.
    public mutating func finish(_ app: App) { noteFrame(app) }

    private mutating func noteFrame(_ app: App) {
        guard let now = app.lesson?.pageName, now != page else { return }
        page = now
        addFrame()
    }

    private mutating func addFrame() {
        var name = page
        var count = 1
        while !names.insert(name).inserted {
            count += 1
            name = "\(page).\(count)"
        }
        script.lines.append(SessionScript.Line(.frame(name: name)))
    }
}
