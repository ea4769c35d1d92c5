import Classroom
import Glibc
import Workshop

/// The way into a presentation: the connection, and the lesson that comes first.
struct Entrance {
    let client: ClassroomClient
    let lesson: Lesson
    /// What came with it.
    let news: [Message]

    /// How long the lesson may take once the connection stands.
    private static let patience = Duration.seconds(10)

    init(_ place: HostPort, code: String, role: Role) throws(Failure) {
        let address = HostPort(host: place.host, port: place.port ?? HostPort.usualPort)
        do throws(ClassroomError) {
            client = try ClassroomClient(
                host: address.host, port: address.port ?? HostPort.usualPort, code: code, role: role)
        } catch {
            throw .badInput("\(address.description): \(error)")
        }
        var opened: Lesson?
        var news: [Message] = []
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            for message in client.events().flatMap(FollowerDesk.messages) {
                switch message {
                case .opened(.success(let lesson)): opened = lesson
                case .opened(.failure(let error)): throw Failure(error)
                default: news.append(message)
                }
            }
            if opened != nil { break }
            usleep(20_000)
        }
        guard let lesson = opened else {
            client.close()
            throw .badInput("\(address.description): the lesson does not come. Is the presentation over?")
        }
        self.lesson = lesson
        self.news = news
    }
}
