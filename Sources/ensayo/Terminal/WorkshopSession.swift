import FoundationEssentials
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

    func run(opening lesson: Lesson?, at step: String? = nil) throws(Failure) {
        let lessons = try allLessons()
        let store = ProgressStore(folder: StateFolder.path)
        let progress = store.load()
        let theme = try theme()
        let terminal: NcursesTerminal
        do throws(NcursesError) {
            terminal = try NcursesTerminal(
                theme: theme, depth: display.colours, repertoire: display.ascii ? .ascii : nil)
        } catch {
            throw .badInput(error.description)
        }
        defer { terminal.close() }
        var app = App(
            lessons: lessons, progress: progress,
            language: display.language ?? progress.language ?? .fromEnvironment, size: terminal.size,
            settings: DisplaySettings(glyphs: Glyphs(terminal.repertoire), reducedMotion: display.reducedMotion))
        let effects = lesson.map { app.open($0, at: step) } ?? []
        let desk = Desk(store: store, recordingPath: display.record)
        let loop = Loop(app: app, terminal: terminal, runner: BackgroundRunner(), outside: desk)
        loop.run(effects)
        terminal.close()
        for message in desk.finish(loop.app) { Output.error(message) }
    }

    /// Lessons that cannot be read are left out of the menu, and said so once the terminal is given back.
    private func allLessons() throws(Failure) -> [Lesson] {
        var lessons: [Lesson] = []
        let library = installation.library
        for entry in library.entries {
            do throws(ScenarioError) { lessons.append(try library.load(entry)) } catch { throw Failure(error) }
        }
        return lessons
    }

    private func theme() throws(Failure) -> Theme {
        if display.theme == "ensayo" { return .ensayo }
        let isFile = display.theme.contains("/") || display.theme.hasSuffix(".theme")
        let path = isFile ? display.theme : "\(installation.assets)/themes/\(display.theme).theme"
        let text = String(decoding: try TextFile.read(path), as: UTF8.self)
        do throws(ThemeError) { return try Theme(parsing: text, file: path) } catch { throw .badInput(error.description) }
    }
}
