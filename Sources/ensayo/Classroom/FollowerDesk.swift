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
    /// How long the presenter was silent, as the workshop knows it.
    private var quietSeconds: Int?

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
        return news + client.events().flatMap { reader.messages($0) } + silence
    }

    /// What is to be said of a presenter who says nothing: once a second, and when it is over.
    private var silence: [Message] {
        let seconds = client.quiet().map { Int($0.components.seconds) }
        guard seconds != quietSeconds else { return [] }
        quietSeconds = seconds
        return [.instructorQuiet(seconds)]
    }
    func pollInterval(in app: App) -> Duration? { Self.interval }

    func finish(_ app: App) -> [String] {
        client.close()
        return []
    }
}
