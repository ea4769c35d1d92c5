import TerminalKit
import Workshop

/// Where the interactive workshop keeps things: progress on disk, and the session that is being recorded.
final class Desk: LoopDelegate {
    private let store: ProgressStore
    private let recordingPath: String?
    private var recorder: SessionRecorder?
    private var complaints: [String] = []

    init(store: ProgressStore, recordingPath: String?) {
        self.store = store
        self.recordingPath = recordingPath
    }

    func save(_ progress: Progress) { store.save(progress) }

    func pressed(_ key: Key, in app: App) {
        beginRecording(app)
        recorder?.record(key, in: app)
    }

    func resized(to size: Size, in app: App) {
        beginRecording(app)
        recorder?.record(size, in: app)
    }

    /// A recording begins with the lesson, not with the menu before it.
    private func beginRecording(_ app: App) {
        if recordingPath != nil, recorder == nil { recorder = SessionRecorder(app) }
    }

    func changes() -> [Message] { [] }
    var pollInterval: Duration? { nil }

    /// Writes the recording. Returns what the person should know, once the terminal is given back.
    func finish(_ app: App) -> [String] {
        recorder?.finish(app)
        if let recordingPath {
            if let script = recorder?.script {
                do throws(Failure) {
                    try TextFile.write(script.description, to: recordingPath)
                    complaints.append("The session is in \(recordingPath). `ensayo replay --update \(recordingPath)` makes its golden frames.")
                } catch {
                    complaints.append(error.message)
                }
            } else {
                complaints.append("Nothing was recorded: no lesson was opened.")
            }
        }
        return store.complaints + complaints
    }
}
