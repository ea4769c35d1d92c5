import TerminalKit
import Workshop

/// What the interactive workshop does with files: it keeps progress, records the session, and notices edits of the
/// open lesson.
final class Desk: LoopDelegate {
    private let store: ProgressStore
    private let recordingPath: String?
    private var recorder: SessionRecorder?
    private var watcher: LessonWatcher?
    private var complaints: [String] = []

    /// - Parameter app: the workshop as it starts. A recording begins with its lesson.
    init(store: ProgressStore, recordingPath: String?, _ app: App) {
        self.store = store
        self.recordingPath = recordingPath
        if recordingPath != nil { recorder = SessionRecorder(app) }
    }

    /// A recorded session is a rehearsal of its own: it leaves no trace in the student's progress.
    func save(_ progress: Progress) { if recorder == nil { store.save(progress) } }

    func pressed(_ key: Key, in app: App) { recorder?.record(key, in: app) }
    func resized(to size: Size, in app: App) { recorder?.record(size, in: app) }

    // MARK: Edits

    func changes(in app: App) -> [Message] {
        follow(app)
        return watcher?.change().map { [.reloaded($0)] } ?? []
    }

    func pollInterval(in app: App) -> Duration? {
        follow(app)
        return watcher.map { _ in LessonWatcher.interval }
    }

    /// Watches the lesson that is open now. Not while recording: a replay knows of no edits.
    private func follow(_ app: App) {
        let folder = recorder == nil ? app.lesson?.lesson.folder : nil
        if watcher?.folder != folder { watcher = folder.flatMap { LessonWatcher($0) } }
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
