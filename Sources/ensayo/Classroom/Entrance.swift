import Classroom
import Glibc
import Workshop

/// The way into a presentation: the connection, and the lesson that comes first.
struct Entrance {
    let client: ClassroomClient
    /// Knows what came.
    let reader: EventReader
    let lesson: Lesson
    /// What came with it.
    let news: [Message]

    /// How long the lesson may take once the connection stands.
    private static let patience = Duration.seconds(10)

    /// Waits where somebody at the same address has given wrong codes: nobody has to type a right one again.
    ///
    /// - Parameter say: tells the person, a line a time, what is waited for.
    init(_ place: HostPort, code: String, role: Role, say: (String) -> Void = Output.error) throws(Failure) {
        let address = HostPort(host: place.host, port: place.port ?? HostPort.usualPort)
        client = try Self.client(address, code, role, say)
        var reader = EventReader()
        var opened: Lesson?
        var news: [Message] = []
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            for message in client.events().flatMap({ reader.messages($0) }) {
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
            throw .badInput(address.description, "the lesson does not come", "is the presentation over?")
        }
        self.lesson = lesson
        self.reader = reader
        self.news = news
    }

    private static func client(
        _ address: HostPort, _ code: String, _ role: Role, _ say: (String) -> Void
    ) throws(Failure) -> ClassroomClient {
        while true {
            do throws(ClassroomError) {
                return try ClassroomClient(
                    host: address.host, port: address.port ?? HostPort.usualPort, code: code, role: role)
            } catch {
                guard case .tooManyTries(let pause) = error else {
                    throw Failure(error, at: address)
                }
                let seconds = max(1, (pause + .milliseconds(999)).components.seconds)
                say(
                    "\(address.description): wrong codes came from your address, so the door is closed for a while. "
                        + "The next try is in \(seconds) s; Ctrl-C gives up.")
                wait(pause + margin)
            }
        }
    }

    /// The classroom counts in milliseconds, and a knock that is too early is turned away again.
    private static let margin = Duration.milliseconds(20)

    private static func wait(_ pause: Duration) {
        let end = ContinuousClock.now + pause
        while ContinuousClock.now < end { usleep(20_000) }
    }
}
