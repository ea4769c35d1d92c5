import Scenario
import TerminalKit
import Workshop

/// What a presentation does outside of itself: it tells the time, and those who follow what it shows. It keeps no
/// progress.
final class PresenterDesk: TerminalDesk {
    private static let second = Duration.seconds(1)
    /// How soon those who follow are told what could not be told at once.
    private static let soon = Duration.milliseconds(50)

    private let files: Desk
    private let classroom: OpenClassroom?
    private let publisher: Publisher?
    private let opened = ContinuousClock.now
    private var told = Duration.zero
    private var followers = 0

    /// - Parameter classroom: `nil`: nobody can follow.
    init(_ files: Desk, _ classroom: OpenClassroom?) {
        self.files = files
        self.classroom = classroom
        publisher = classroom.map { Publisher($0.server) }
    }

    /// Sends the lesson's files. Returns whether they could be sent, where somebody can follow.
    func publish(lessonIn folder: String) -> Bool { publisher?.publish(lessonIn: folder) ?? true }

    func save(_ progress: Progress) {}
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { files.lesson(cover) }
    func glossary() -> Result<Glossary, ScenarioError> { files.glossary() }
    func pressed(_ key: Key, in app: App) {}
    func resized(to size: Size, in app: App) {}

    func changes(in app: App) -> [Message] {
        var messages = files.changes(in: app)
        if !messages.isEmpty, let folder = app.lesson?.lesson.folder { publisher?.publish(lessonIn: folder) }
        publisher?.publish(app)
        let now = ContinuousClock.now - opened
        guard now - told >= Self.second else { return messages }
        told = now
        messages.append(.clock(now))
        if let count = classroom?.server.audience.followers, count != followers {
            followers = count
            messages.append(.audience(count))
        }
        return messages
    }

    func pollInterval(in app: App) -> Duration? {
        let rest = Self.second - (ContinuousClock.now - opened - told)
        let next = min(rest, files.pollInterval(in: app) ?? rest)
        return max(.milliseconds(10), publisher?.isWaiting == true ? min(next, Self.soon) : next)
    }

    func finish(_ app: App) -> [String] {
        classroom?.server.close()
        return files.finish(app)
    }
}
