import Classroom
import Workshop

/// Tells those who follow what the presenter shows: when it changes, at most ten times a second.
///
/// A run that plays is played by everyone alone; once a second they are told where it is.
final class Publisher {
    private static let pause = Duration.milliseconds(100)
    private static let correction = Duration.seconds(1)

    private let server: ClassroomServer
    /// The files of the terms, which go with every lesson.
    private let glossaries: [[UInt8]]
    private let clock = ContinuousClock()
    private var state: LessonSnapshot?
    private var stateTime: ContinuousClock.Instant?
    private var notes: NotesSnapshot?
    /// Whether something has changed that could not be told yet.
    private(set) var isWaiting = false

    init(_ server: ClassroomServer, glossaries: [[UInt8]] = []) {
        self.server = server
        self.glossaries = glossaries
    }

    /// The lesson's files, as they are on disk now. Throws why they cannot be sent.
    func publish(lessonIn folder: String) throws(LessonPackage.Problem) {
        server.publish(try LessonPackage(folder: folder, glossaries: glossaries).bytes, .lesson)
    }

    /// Returns at once, whatever those do who follow.
    func publish(_ app: App) {
        let now = clock.now
        isWaiting = false
        if let snapshot = LessonSnapshot(app), snapshot != state {
            let age = stateTime.map { now - $0 } ?? .seconds(3600)
            let wait = state?.isContinued(by: snapshot) == true ? Self.correction : Self.pause
            if age >= wait {
                state = snapshot
                stateTime = now
                server.publish(snapshot.bytes, .state)
            } else if wait == Self.pause {
                isWaiting = true
            }
        }
        if let snapshot = NotesSnapshot(app), snapshot != notes {
            notes = snapshot
            server.publish(snapshot.bytes, .notes)
        }
    }
}
