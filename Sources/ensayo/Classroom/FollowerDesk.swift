import Classroom
import Scenario
import TerminalKit
import Workshop

/// What somebody who follows does outside of their workshop: they hear what the presenter shows. Nothing is written.
final class FollowerDesk: TerminalDesk {
    private static let interval = Duration.milliseconds(40)

    private let client: ClassroomClient
    private var reader: EventReader
    /// What came before the workshop was open.
    private var news: [Message]

    init(_ entrance: Entrance) {
        client = entrance.client
        reader = entrance.reader
        news = entrance.news
    }

    func save(_ progress: Progress) {}
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> {
        .failure(ScenarioError(problems: [Problem(file: cover.folder, message: "this lesson is not on this machine")]))
    }
    func pressed(_ key: Key, in app: App) {}
    func resized(to size: Size, in app: App) {}
    func changes(in app: App) -> [Message] {
        defer { news = [] }
        return news + client.events().flatMap { reader.messages($0) }
    }
    func pollInterval(in app: App) -> Duration? { Self.interval }

    func finish(_ app: App) -> [String] {
        client.close()
        return []
    }
}
