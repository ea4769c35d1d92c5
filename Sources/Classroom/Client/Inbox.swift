import Synchronization

/// What has come and was not yet asked for: the newest of each topic, and how the connection stands.
final class Inbox: Sendable {
    private struct State {
        var newest: [Topic: [UInt8]] = [:]
        var standing: ClassroomEvent?
    }

    private let lastHeard = Mutex(ContinuousClock.now)

    private let state = Mutex(State())

    func put(_ bytes: [UInt8], _ topic: Topic) { state.withLock { $0.newest[topic] = bytes } }

    func put(_ standing: ClassroomEvent) { state.withLock { $0.standing = standing } }

    /// The classroom has said something, be it that it is there.
    func heard(at now: ContinuousClock.Instant = .now) { lastHeard.withLock { $0 = now } }

    func silence(at now: ContinuousClock.Instant) -> Duration { lastHeard.withLock { now - $0 } }

    /// How the connection stands first, then lessons, then what is about them.
    func take() -> [ClassroomEvent] {
        let taken = state.withLock { state in
            defer { state = State() }
            return state
        }
        let news = Topic.allCases.compactMap { topic in
            taken.newest[topic].map { ClassroomEvent.received(topic, $0) }
        }
        return (taken.standing.map { [$0] } ?? []) + news
    }
}
