import Model
import Scenario
import TerminalKit
import Workshop

@testable import Classroom
@testable import ensayo

/// Somebody in a classroom: a client, and the workshop that shows what comes.
final class Seat {
    private(set) var app: App
    private let client: ClassroomClient
    private var reader = EventReader()
    private let runner = ImmediateRunner()
    /// The snapshots that came, the newest last.
    private(set) var snapshots: [LessonSnapshot] = []
    private(set) var notes: [NotesSnapshot] = []
    private(set) var hasEnded = false

    init(_ server: ClassroomServer, _ role: Classroom.Role, _ lesson: Lesson, language: Language = .english) throws {
        let code = role == .notes ? server.codes.notes : server.codes.follower
        client = try ClassroomClient(host: "127.0.0.1", port: server.port, code: code, role: role)
        app = App(
            lessons: [lesson.cover], progress: Progress(), language: language, size: Size(width: 80, height: 24),
            settings: DisplaySettings())
        if role == .notes { app.showNotes(of: lesson) } else { app.follow() }
    }

    /// Takes what has come.
    func look() {
        for message in client.events().flatMap({ reader.messages($0) }) {
            if case .followed(let snapshot) = message { snapshots.append(snapshot) }
            if case .noted(let snapshot) = message { notes.append(snapshot) }
            if case .instructorLost(.ended) = message { hasEnded = true }
            send(message)
        }
    }

    func send(_ message: Message) { perform(app.update(message)) }

    private func perform(_ effects: [Effect]) {
        for case .run(let run) in effects {
            if let outcome = runner.start(run) { perform(app.update(.ran(run, outcome))) }
        }
    }

    var screen: String { app.view().rows.joined(separator: "\n") }
}
