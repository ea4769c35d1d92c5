import NcursesTerminal
import TerminalKit
import Workshop

extension WorkshopSession {
    /// One lesson, for a class: it begins at its cover, whatever the instructor has done in it.
    func present(_ lesson: Lesson, at step: String?, _ state: PresenterState) throws(Failure) {
        let store = ProgressStore(folder: StateFolder.path)
        let files = Desk(store: store, library: installation.library)
        let language = store.load().language
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app([lesson.cover], language, terminal)
        app.present(state)
        files.watch(lesson.folder)
        let effects = app.open(lesson, at: step)
        try show(app, effects, terminal, PresenterDesk(files))
    }

    /// A workshop that knows of no progress.
    private func app(_ lessons: [LessonCover], _ language: Language?, _ terminal: NcursesTerminal) -> App {
        var progress = Progress()
        progress.language = language
        return app(lessons, progress, terminal)
    }
}
