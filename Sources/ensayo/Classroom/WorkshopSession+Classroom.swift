import NcursesTerminal
import TerminalKit
import Workshop

extension WorkshopSession {
    /// One lesson, for a class: it begins at its cover, whatever the instructor has done in it.
    func present(_ lesson: Lesson, at step: String?, demo: DemoFile, in classroom: OpenClassroom?) throws(Failure) {
        let store = ProgressStore(folder: StateFolder.path)
        let files = Desk(store: store, library: installation.library)
        let desk = PresenterDesk(files, classroom, glossaries: installation.library.glossaryFiles)
        do throws(LessonPackage.Problem) { try desk.publish(lessonIn: lesson.folder) } catch {
            throw .badInput("\(lesson.folder): this lesson cannot be shared: \(error).")
        }
        let rendezvous = classroom.map { Rendezvous(address: $0.address, codes: $0.server.codes) }
        let complaint = rendezvous?.write()
        defer { rendezvous?.remove() }
        let language = store.load().language
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app([lesson.cover], language, terminal)
        app.present(PresenterState(script: demo.script, sharing: classroom?.sharing))
        files.watch(lesson.folder)
        let effects = app.open(lesson, at: step)
        try show(app, effects, terminal, desk, complaint.map { [$0] } ?? [])
    }

    /// The same, written down for `ensayo replay`.
    func record(_ lesson: Lesson, at step: String?, demo: DemoFile, into path: String) throws(Failure) {
        let store = ProgressStore(folder: StateFolder.path)
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app([lesson.cover], store.load().language, terminal)
        app.present(PresenterState(script: demo.script))
        let effects = app.open(lesson, at: step)
        let recorder = SessionRecorder(app, demo: demo.source)
        let files = Desk(store: store, library: installation.library, recording: recorder, into: path)
        try show(app, effects, terminal, PresenterDesk(files, nil, glossaries: []))
    }

    /// What a presenter shows, as it comes.
    func follow(_ entrance: Entrance) throws(Failure) {
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app([entrance.lesson.cover], nil, terminal)
        app.follow()
        let effects = app.open(entrance.lesson)
        try show(app, effects, terminal, FollowerDesk(entrance))
    }

    /// A presenter's second screen.
    func showNotes(_ entrance: Entrance) throws(Failure) {
        let language = ProgressStore(folder: StateFolder.path).load().language
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app([entrance.lesson.cover], language, terminal)
        app.showNotes(of: entrance.lesson)
        try show(app, [], terminal, FollowerDesk(entrance))
    }

    /// A workshop that knows of no progress.
    private func app(_ lessons: [LessonCover], _ language: Language?, _ terminal: NcursesTerminal) -> App {
        var progress = Progress()
        progress.language = language
        return app(lessons, progress, terminal)
    }
}
