import Glibc
import NcursesTerminal
import Scenario
import TerminalKit
import Workshop

/// The workshop on this terminal, from opening it to giving it back.
struct WorkshopSession {
    let installation: Installation
    let display: DisplayOptions

    init(_ installation: Installation, _ display: DisplayOptions) {
        self.installation = installation
        self.display = display
    }

    /// The menu of all lessons, or one of them. Lessons whose head cannot be read are left out of the menu.
    func run(opening lesson: Lesson? = nil, at step: String? = nil) throws(Failure) {
        let entry = lesson.map { LessonLibrary.entry(at: $0.folder) }
        try run(with: entry) { app, desk in
            guard let lesson else { return [] }
            desk.watch(lesson.folder)
            return app.open(lesson, at: step)
        }
    }

    /// The sandbox.
    func run(sandbox source: SandboxSource) throws(Failure) {
        try run(with: nil) { app, _ in app.open(source) }
    }

    /// A lesson that is written just now: what is saved is shown at once, and so is what is wrong with it. One that
    /// cannot be read is opened when it can.
    func run(watching entry: LessonLibrary.Entry, at step: String?) throws(Failure) {
        try run(with: entry) { app, desk in
            desk.watch(entry.folder, isAsked: true)
            let read = LessonWatcher.read(entry.folder, tryingChanges: true)
            if case .success(let lesson) = read { return app.open(lesson, at: step) }
            desk.await(entry.folder)
            app.openNext(at: step)
            return app.update(.reloaded(read))
        }
    }

    /// - Parameter entry: a lesson that was named: it counts over another of its id.
    private func run(
        with entry: LessonLibrary.Entry?, opening: (inout App, Desk) -> [Effect]
    ) throws(Failure) {
        let store = ProgressStore(folder: StateFolder.path)
        let all = installation.library
        let library = entry.map { all.including($0) } ?? all
        let desk = Desk(store: store, library: library)
        var covers: [LessonCover] = []
        var complaints = all.problems.map(\.description)
        for other in library.entries {
            do throws(ScenarioError) { covers.append(try library.cover(other)) } catch {
                if other.folder == entry?.folder {
                    covers.append(LessonCover(unread: other))
                } else {
                    complaints.append(error.description)
                }
            }
        }
        var course = Course()
        do throws(ScenarioError) { course = try library.course() } catch {
            complaints.append(error.description)
        }
        let progress = store.load()
        if display.linear {
            _ = try theme()
            return tell(covers, progress, course, desk, complaints, opening)
        }
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app(covers, progress, terminal.size, terminal.repertoire, course)
        let effects = opening(&app, desk)
        try show(app, effects, terminal, desk, complaints)
    }

    /// One lesson, from its beginning and on its own, written down for `ensayo replay`.
    func record(_ lesson: Lesson, at step: String?, into path: String) throws(Failure) {
        try SessionPlace.check(path, for: "--record")
        try stage([lesson.cover]) { app in
            let effects = app.open(lesson, at: step)
            let recorder = SessionRecorder(app, isHeard: display.linear)
            return (effects, recordingDesk(recorder, library(with: lesson), into: path))
        }
    }

    /// A system in the sandbox, written down.
    func record(_ system: RecordedSystem, into path: String) throws(Failure) {
        try SessionPlace.check(path, for: "--record")
        let shelf = SessionShelf(installation.library)
        try stage(shelf.covers, course: shelf.course) { app in
            let effects = app.open(system.source)
            let recorder = SessionRecorder(app, system: system.name, isHeard: display.linear)
            return (effects, recordingDesk(recorder, installation.library, into: path))
        }
    }

    /// The menu, by somebody who has done nothing yet, written down.
    func record(into path: String) throws(Failure) {
        try SessionPlace.check(path, for: "--record")
        let shelf = SessionShelf(installation.library)
        try stage(shelf.covers, course: shelf.course) { app in
            ([], recordingDesk(SessionRecorder(app, isHeard: display.linear), installation.library, into: path))
        }
    }

    func recordingDesk(_ recorder: SessionRecorder, _ library: LessonLibrary, into path: String) -> Desk {
        Desk(store: ProgressStore(folder: StateFolder.path), library: library, recording: recorder, into: path)
    }

    /// The lessons with one that somebody named, perhaps by its folder.
    func library(with lesson: Lesson) -> LessonLibrary {
        installation.library.including(LessonLibrary.entry(at: lesson.folder))
    }

    /// The same workshop in sentences.
    private func tell(
        _ covers: [LessonCover], _ progress: Progress, _ course: Course, _ desk: Desk,
        _ complaints: [String], _ opening: (inout App, Desk) -> [Effect]
    ) {
        var app = app(covers, progress, Self.imagined, .ascii, course)
        let effects = opening(&app, desk)
        tell(app, effects, desk, complaints)
    }

    /// The screen of those who have none.
    private static let imagined = Size(width: 80, height: 24)

    private func tell(_ app: App, _ effects: [Effect], _ desk: any TerminalDesk, _ complaints: [String]) {
        let isASCII = display.ascii || !LinearSession.hasUnicode
        let last = LinearSession(app: app, desk: desk, isASCII: isASCII).run(effects)
        for text in desk.printed { Output.result(text) }
        for message in complaints + desk.finish(last) { Output.error(message) }
    }

    /// A class, drawn or told, by a workshop that knows of no progress.
    func attend(
        _ lessons: [LessonCover], _ language: Language?, _ desk: any TerminalDesk, _ complaints: [String] = [],
        opening: (inout App) -> [Effect]
    ) throws(Failure) {
        var progress = Progress()
        progress.language = language
        try stage(lessons, progress, complaints) { app in (opening(&app), desk) }
    }

    /// A workshop of its own, drawn or told, until it is left. Whoever ends it from outside lets it tidy up.
    func stage(
        _ lessons: [LessonCover], _ progress: Progress = Progress(), course: Course = Course(),
        _ complaints: [String] = [], opening: (inout App) throws(Failure) -> ([Effect], any TerminalDesk)
    ) throws(Failure) {
        if display.linear {
            _ = try theme()
            EndingSignal.catchAll()
            var app = app(lessons, progress, Self.imagined, .ascii, course)
            let (effects, desk) = try opening(&app)
            tell(app, effects, desk, complaints)
            return try Self.end(EndingSignal.taken)
        }
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app(lessons, progress, terminal.size, terminal.repertoire, course)
        let (effects, desk) = try opening(&app)
        try show(app, effects, terminal, desk, complaints)
    }

    /// Ctrl-C is how people leave; whoever ends the program from outside is told that it was so.
    private static func end(_ signal: Int32?) throws(Failure) {
        if let signal, signal != SIGINT { throw Failure(message: "Ended by signal \(signal).", code: 128 + signal) }
    }

    private func app(
        _ lessons: [LessonCover], _ progress: Progress, _ size: Size, _ repertoire: GlyphRepertoire,
        _ course: Course
    ) -> App {
        App(
            lessons: lessons, course: course, progress: progress,
            language: display.language ?? progress.language ?? .fromEnvironment, size: size,
            settings: DisplaySettings(glyphs: repertoire.glyphs, reducedMotion: display.reducedMotion))
    }

    private func show(
        _ app: App, _ effects: [Effect], _ terminal: NcursesTerminal, _ desk: any TerminalDesk,
        _ complaints: [String] = []
    ) throws(Failure) {
        let loop = Loop(app: app, terminal: terminal, runner: BackgroundRunner(), outside: desk)
        loop.run(effects)
        terminal.close()
        for text in desk.printed { Output.result(text) }
        for message in complaints + desk.finish(loop.app) { Output.error(message) }
        try Self.end(terminal.endingSignal)
    }

    /// A name that nobody knows is told also where nothing is drawn.
    private func theme() throws(Failure) -> Theme {
        try ThemeFile.read(display.theme ?? ThemeFile.usual, assets: installation.assets)
    }

    private func terminal() throws(Failure) -> NcursesTerminal {
        let theme = try theme()
        do throws(NcursesError) {
            return try NcursesTerminal(
                theme: theme, depth: display.colours, repertoire: display.ascii ? .ascii : nil,
                hasMouse: !display.noMouse)
        } catch {
            throw .badInput("terminal", lines: error.description)
        }
    }
}
