import Workshop

extension WorkshopSession {
    /// One lesson, for a class: it begins at its cover, whatever the instructor has done in it. One that broke off can
    /// be gone on with.
    func present(_ lesson: Lesson, at step: String?, demo: DemoFile, in classroom: OpenClassroom?) throws(Failure) {
        let store = ProgressStore(folder: StateFolder.path)
        let files = Desk(store: store, library: installation.library)
        let shelf = PresentationShelf(lesson: lesson.id)
        let glossaries = installation.library.glossaryFiles
        let desk = PresenterDesk(files, classroom, glossaries: glossaries, shelf: shelf)
        do throws(LessonPackage.Problem) { try desk.publish(lessonIn: lesson.folder) } catch {
            throw .badInput(lesson.folder, "this lesson cannot be shared: \(error)")
        }
        let rendezvous = classroom.map {
            RendezvousFile(Rendezvous(address: $0.address, codes: $0.server.codes, lesson: lesson.id))
        }
        defer { rendezvous?.remove() }
        files.watch(lesson.folder)
        try attend([lesson.cover], store.load().language, desk, rendezvous?.complaint.map { [$0] } ?? []) { app in
            app.present(PresenterState(script: demo.script, sharing: classroom?.sharing))
            let effects = app.open(lesson, at: step)
            if let left = shelf.left { app.offer(left) }
            return effects
        }
        shelf.clear()
    }

    /// The same, written down for `ensayo replay`.
    func record(_ lesson: Lesson, at step: String?, demo: DemoFile, into path: String) throws(Failure) {
        try SessionPlace.check(path, for: "--record")
        var progress = Progress()
        progress.language = ProgressStore(folder: StateFolder.path).load().language
        try stage([lesson.cover], progress) { app in
            app.present(PresenterState(script: demo.script))
            let effects = app.open(lesson, at: step)
            let recorder = SessionRecorder(app, demo: demo.source, isHeard: display.linear)
            let desk = recordingDesk(recorder, library(with: lesson), into: path)
            return (effects, PresenterDesk(desk, nil, glossaries: []))
        }
    }

    /// What a presenter shows, as it comes.
    func follow(_ entrance: Entrance) throws(Failure) {
        try attend([entrance.lesson.cover], nil, FollowerDesk(entrance)) { app in
            app.follow()
            return app.open(entrance.lesson)
        }
    }

    /// A presenter's second screen.
    func showNotes(_ entrance: Entrance) throws(Failure) {
        let language = ProgressStore(folder: StateFolder.path).load().language
        try attend([entrance.lesson.cover], language, FollowerDesk(entrance)) { app in
            app.showNotes(of: entrance.lesson)
            return []
        }
    }
}
