import Scenario
import TerminalKit
import Workshop

/// What the interactive workshop does with files: it keeps progress, records the session, and notices edits of the
/// open lesson.
final class Desk: TerminalDesk {
    private let store: ProgressStore
    private let library: LessonLibrary
    private let recordingPath: String?
    private var recorder: SessionRecorder?
    /// By folder of the lesson.
    private var watchers: [String: LessonWatcher] = [:]
    /// The folder of a lesson that could not be read when it was to be opened: it is opened when it can.
    private var awaited: String?
    /// Of the lesson that is written just now: somebody has asked to watch it.
    private let checker = LessonChecker()
    private var isCheckDue = false
    private var complaints: [String] = []
    private let shelf = SandboxShelf()
    /// Instead of the sandbox's files, while recording: a replay has none.
    private var memory = SandboxMemory()

    init(store: ProgressStore, library: LessonLibrary) {
        self.store = store
        self.library = library
        recordingPath = nil
    }

    /// Records the workshop from its start.
    init(store: ProgressStore, library: LessonLibrary, recording: SessionRecorder, into path: String) {
        self.store = store
        self.library = library
        recordingPath = path
        recorder = recording
    }

    /// A recorded session is a rehearsal of its own: it leaves no trace in the student's progress.
    func save(_ progress: Progress) { if recorder == nil { store.save(progress) } }

    func pressed(_ key: Key, in app: App) { recorder?.record(key, in: app) }
    func resized(to size: Size, in app: App) { recorder?.record(size, in: app) }
    /// An instructor's clock is about to be set.
    func told(_ time: Duration, in app: App) { recorder?.record(clock: time, in: app) }

    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> {
        watch(cover.folder)
        let lesson = LessonWatcher.read(cover.folder)
        if awaited == cover.folder, case .success = lesson { awaited = nil }
        return lesson
    }

    func glossary() -> Result<Glossary, ScenarioError> { library.readGlossary() }

    // MARK: Edits

    /// Notices edits of a lesson from now on. Not while recording: a replay knows of none.
    func watch(_ folder: String, isAsked: Bool = false) {
        guard recorder == nil else { return }
        let wasAsked = watchers[folder]?.isAsked == true
        watchers[folder] = LessonWatcher(folder, isAsked: isAsked || wasAsked)
        if isAsked || wasAsked { isCheckDue = true }
    }

    /// Opens a lesson as soon as it can be read.
    func await(_ folder: String) { awaited = folder }

    func changes(in app: App) -> [Message] {
        guard let folder = folder(watchedIn: app), watchers[folder] != nil else { return [] }
        var messages: [Message] = []
        if let change = watchers[folder]?.change() {
            messages.append(.reloaded(change))
            if app.lesson == nil, case .success = change {
                awaited = nil
                messages.append(.opened(change))
            }
            isCheckDue = true
        }
        return messages + findings(in: folder)
    }

    /// What lint says of the lesson that is written just now.
    private func findings(in folder: String) -> [Message] {
        guard watchers[folder]?.isAsked == true else { return [] }
        if isCheckDue {
            isCheckDue = false
            return [.checked(checker.begin(LessonLibrary.source(folder: folder)))]
        }
        return checker.finished().map { [.checked($0)] } ?? []
    }

    func pollInterval(in app: App) -> Duration? {
        folder(watchedIn: app).flatMap { watchers[$0] }.map { _ in LessonWatcher.interval }
    }

    /// The open lesson's folder; without one, that of the lesson that is waited for.
    private func folder(watchedIn app: App) -> String? { app.lesson?.lesson.folder ?? awaited }

    // MARK: The sandbox

    /// A recorded session touches no files, and prints what it is asked to.
    func perform(_ effect: SandboxEffect) -> SandboxMessage? {
        if recorder == nil { return shelf.perform(effect) }
        if case .print = effect { return shelf.perform(effect) }
        return memory.perform(effect)
    }

    /// Results for whoever reads the program's output.
    var printed: [String] { shelf.printed }

    // MARK: The end

    /// Writes the recording. Returns what the person should know, once the terminal is given back.
    func finish(_ app: App) -> [String] {
        recorder?.finish(app)
        for file in memory.files.keys.sorted() {
            complaints.append("A recorded session writes no files: \(file) is as it was.")
        }
        if recorder == nil, app.sandbox?.isUnsaved == true {
            complaints.append("What you had not saved is kept: the sandbox brings it back when you open it again.")
        }
        if let recordingPath, let recorder {
            do throws(Failure) {
                try TextFile.write(recorder.script.description, to: recordingPath)
                complaints.append("The session is in \(recordingPath). \(nextStep(recordingPath, recorder.script))")
            } catch {
                complaints.append(error.message)
            }
        }
        return store.complaints + shelf.complaints + complaints
    }

    /// What makes the golden frames of a recording, or its transcript.
    private func nextStep(_ path: String, _ script: SessionScript) -> String {
        if let command = ReplayCommand(path, of: script.lesson, in: library) {
            let result = script.keepsTranscript ? "transcript" : "golden frames"
            return "`\(command.text("--update"))` makes its \(result)."
        }
        let folder = (try? library.entry(script.lesson).folder) ?? "its lesson"
        return "Another lesson is called \(script.lesson) too: put it into \(folder)/replays to replay it."
    }
}
