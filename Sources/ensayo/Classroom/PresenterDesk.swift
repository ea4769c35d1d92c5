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
    /// `nil`: nothing is kept of a rehearsal that is recorded.
    private let shelf: PresentationShelf?
    private let opened = ContinuousClock.now
    private var told = Duration.zero
    private var followers = 0

    /// - Parameters:
    ///   - classroom: `nil`: nobody can follow.
    ///   - glossaries: the files of the terms.
    ///   - shelf: where it is kept how far the presentation is.
    init(_ files: Desk, _ classroom: OpenClassroom?, glossaries: [[UInt8]], shelf: PresentationShelf? = nil) {
        self.files = files
        self.shelf = shelf
        self.classroom = classroom
        publisher = classroom.map { Publisher($0.server, glossaries: glossaries) }
    }

    /// Sends the lesson's files where somebody can follow. Throws why they cannot be sent.
    func publish(lessonIn folder: String) throws(LessonPackage.Problem) { try publisher?.publish(lessonIn: folder) }

    func save(_ progress: Progress) {}
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { files.lesson(cover) }
    func glossary() -> Result<Glossary, ScenarioError> { files.glossary() }
    func pressed(_ key: Key, in app: App) { files.pressed(key, in: app) }
    func resized(to size: Size, in app: App) { files.resized(to: size, in: app) }

    func changes(in app: App) -> [Message] {
        var messages = files.changes(in: app)
        // Files that cannot be sent now are sent when they are saved again; the class keeps the lesson it has.
        if !messages.isEmpty, let folder = app.lesson?.lesson.folder { try? publish(lessonIn: folder) }
        publisher?.publish(app)
        let now = ContinuousClock.now - opened
        shelf?.keep(app, at: now)
        guard now - told >= Self.second else { return messages }
        told = .seconds(now.components.seconds)
        files.told(told, in: app)
        messages.append(.clock(told))
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
        return files.finish(app) + (shelf.flatMap(\.complaint).map { [$0] } ?? [])
    }
}
