import Classroom
import Scenario
import TerminalKit
import Workshop

/// What somebody who follows does outside of their workshop: they hear what the presenter shows. Nothing is written.
final class FollowerDesk: TerminalDesk {
    private static let interval = Duration.milliseconds(40)

    private let client: ClassroomClient
    /// What came before the workshop was open.
    private var news: [Message]

    init(_ entrance: Entrance) {
        client = entrance.client
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
        return news + client.events().flatMap(Self.messages)
    }
    func pollInterval(in app: App) -> Duration? { Self.interval }

    func finish(_ app: App) -> [String] {
        client.close()
        return []
    }

    /// What came, as the workshop takes it; nothing for what makes no sense.
    static func messages(_ event: ClassroomEvent) -> [Message] {
        switch event {
        case .received(.lesson, let bytes):
            guard let package = LessonPackage(bytes: bytes) else { return [] }
            do throws(ScenarioError) {
                return [.opened(.success(try package.lesson())), .glossary(.success(package.glossary()))]
            } catch {
                return [.opened(.failure(error))]
            }
        case .received(.state, let bytes): return LessonSnapshot(bytes: bytes).map { [.followed($0)] } ?? []
        case .received(.notes, let bytes): return NotesSnapshot(bytes: bytes).map { [.noted($0)] } ?? []
        case .lost: return [.instructorLost(.connection)]
        case .reconnected: return [.instructorLost(nil)]
        case .ended: return [.instructorLost(.ended)]
        }
    }
}
