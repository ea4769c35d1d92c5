import Scenario
import TerminalKit
import Workshop

/// What the interactive workshop does with files: it keeps progress, records the session, and notices edits of the
/// open lesson.
final class Desk: LoopDelegate {
    private let store: ProgressStore
    private let recordingPath: String?
    private var recorder: SessionRecorder?
    /// By folder of the lesson.
    private var watchers: [String: LessonWatcher] = [:]
    private var complaints: [String] = []

    init(store: ProgressStore) {
        self.store = store
        recordingPath = nil
    }

    /// Records the workshop from its start, with a lesson open.
    init(store: ProgressStore, recording app: App, into path: String) {
        self.store = store
        recordingPath = path
        recorder = SessionRecorder(app)
    }

    /// A recorded session is a rehearsal of its own: it leaves no trace in the student's progress.
    func save(_ progress: Progress) { if recorder == nil { store.save(progress) } }

    func pressed(_ key: Key, in app: App) { recorder?.record(key, in: app) }
    func resized(to size: Size, in app: App) { recorder?.record(size, in: app) }

    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> {
        watch(cover.folder)
        return LessonWatcher.read(cover.folder)
    }

    // MARK: Edits

    /// Notices edits of a lesson from now on. Not while recording: a replay knows of none.
    func watch(_ folder: String) {
        if recorder == nil { watchers[folder] = LessonWatcher(folder) }
    }

    func changes(in app: App) -> [Message] {
        guard let folder = app.lesson?.lesson.folder else { return [] }
        return watchers[folder]?.change().map { [.reloaded($0)] } ?? []
    }

    func pollInterval(in app: App) -> Duration? {
        app.lesson.flatMap { watchers[$0.lesson.folder] }.map { _ in LessonWatcher.interval }
    }

    // MARK: The end

    /// Writes the recording. Returns what the person should know, once the terminal is given back.
    func finish(_ app: App) -> [String] {
        recorder?.finish(app)
        if let recordingPath, let recorder {
            do throws(Failure) {
                try TextFile.write(recorder.script.description, to: recordingPath)
                complaints.append(
                    "The session is in \(recordingPath). "
                        + "`ensayo replay --update \(recordingPath)` makes its golden frames.")
            } catch {
                complaints.append(error.message)
            }
        }
        return store.complaints + complaints
    }
}
