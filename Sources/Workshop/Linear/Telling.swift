import TerminalKit

/// A workshop, and what there is to tell of it.
struct Telling: Sendable {
    let app: App
    let announcements: [Announcement]
    /// What lies over the screen.
    let overlay: [String]
    /// What those who see are shown, where it is drawn already.
    private let drawn: Frame?

    init(_ app: App, on frame: Frame? = nil) {
        self.app = app
        drawn = frame
        announcements = Self.announcements(app)
        overlay = app.overlay.map { OverlaySpeech(overlay: $0, app: app).spoken(app.language) } ?? []
    }

    var screen: Frame { drawn ?? app.view() }

    /// The screen with the clock and the notice that another workshop has.
    func screen(atTimeOf other: App) -> Frame {
        app.presenter == nil && app.notice == other.notice ? screen : same(as: other).view()
    }

    /// The same, drawn so that its lines can be told from its texts.
    func legible(atTimeOf other: App) -> Frame {
        if app.settings.glyphs.repertoire == .unicode { return screen(atTimeOf: other) }
        return same(as: other).legible
    }

    private func same(as other: App) -> App {
        var same = app.atTime(of: other)
        same.notice = other.notice
        return same
    }

    /// A screen that has no sentences of its own is read row by row.
    private static func announcements(_ app: App) -> [Announcement] {
        if case .menu(let menu) = app.screen { return MenuSpeech(menu: menu, app: app).announcements }
        if case .lesson(let state) = app.screen {
            return LessonSpeech(state, app).announcements + app.classAnnouncements
        }
        if case .notes(let notes) = app.screen {
            return NotesSpeech(notes: notes, app: app).announcements + app.classAnnouncements
        }
        if case .sandbox(let state) = app.screen { return SandboxSpeech(state, app).announcements }
        var bare = app
        bare.overlay = nil
        return [Announcement("screen", FrameSpeech(frame: bare.legible).spoken(app.language))]
    }
}
