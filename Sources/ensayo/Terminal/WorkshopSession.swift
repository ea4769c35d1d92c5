import Glibc
import NcursesTerminal
import Scenario
import TerminalKit
import Workshop

/// The workshop on this terminal, from opening it to giving it back.
struct WorkshopSession {
    private let installation: Installation
    private let display: DisplayOptions

    init(_ installation: Installation, _ display: DisplayOptions) {
        self.installation = installation
        self.display = display
    }

    /// The menu of all lessons, or one of them. Lessons whose head cannot be read are left out of the menu.
    func run(opening lesson: Lesson? = nil, at step: String? = nil) throws(Failure) {
        let store = ProgressStore(folder: StateFolder.path)
        let desk = Desk(store: store)
        var covers: [LessonCover] = []
        var complaints = installation.library.problems.map(\.description)
        for entry in installation.library.entries {
            do throws(ScenarioError) { covers.append(try installation.library.cover(entry)) } catch {
                complaints.append(error.description)
            }
        }
        let progress = store.load()
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app(covers, progress, terminal)
        if let lesson { desk.watch(lesson.folder) }
        let effects = lesson.map { app.open($0, at: step) } ?? []
        try show(app, effects, terminal, desk, complaints)
    }

    /// One lesson, from its beginning and on its own, written down for `ensayo replay`.
    func record(_ lesson: Lesson, at step: String?, into path: String) throws(Failure) {
        let terminal = try terminal()
        defer { terminal.close() }
        var app = app([lesson.cover], Progress(), terminal)
        let effects = app.open(lesson, at: step)
        let store = ProgressStore(folder: StateFolder.path)
        try show(app, effects, terminal, Desk(store: store, recording: app, into: path))
    }

    private func app(_ lessons: [LessonCover], _ progress: Progress, _ terminal: NcursesTerminal) -> App {
        App(
            lessons: lessons, progress: progress,
            language: display.language ?? progress.language ?? .fromEnvironment, size: terminal.size,
            settings: DisplaySettings(glyphs: Glyphs(terminal.repertoire), reducedMotion: display.reducedMotion))
    }

    private func show(
        _ app: App, _ effects: [Effect], _ terminal: NcursesTerminal, _ desk: Desk, _ complaints: [String] = []
    ) throws(Failure) {
        let loop = Loop(app: app, terminal: terminal, runner: BackgroundRunner(), outside: desk)
        loop.run(effects)
        terminal.close()
        for message in complaints + desk.finish(loop.app) { Output.error(message) }
        // Ctrl-C is how people leave; whoever ends the program from outside is told that it was so.
        if let signal = terminal.endingSignal, signal != SIGINT {
            throw Failure(message: "Ended by signal \(signal).", code: 128 + signal)
        }
    }

    private func terminal() throws(Failure) -> NcursesTerminal {
        let theme = try ThemeFile.read(display.theme, assets: installation.assets)
        do throws(NcursesError) {
            return try NcursesTerminal(
                theme: theme, depth: display.colours, repertoire: display.ascii ? .ascii : nil)
        } catch {
            throw .badInput(error.description)
        }
    }
}
