import Scenario
import TerminalKit
import Workshop

/// What a presentation does outside of itself: it tells the time. It keeps no progress.
final class PresenterDesk: TerminalDesk {
    private static let second = Duration.seconds(1)

    private let files: Desk
    private let opened = ContinuousClock.now
    private var told = Duration.zero

    init(_ files: Desk) { self.files = files }

    func save(_ progress: Progress) {}
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { files.lesson(cover) }
    func glossary() -> Result<Glossary, ScenarioError> { files.glossary() }
    func pressed(_ key: Key, in app: App) {}
    func resized(to size: Size, in app: App) {}

    func changes(in app: App) -> [Message] {
        var messages = files.changes(in: app)
        let now = ContinuousClock.now - opened
        if now - told >= Self.second {
            told = now
            messages.append(.clock(now))
        }
        return messages
    }

    func pollInterval(in app: App) -> Duration? {
        let rest = Self.second - (ContinuousClock.now - opened - told)
        return max(.milliseconds(10), min(rest, files.pollInterval(in: app) ?? rest))
    }

    func finish(_ app: App) -> [String] { files.finish(app) }
}
