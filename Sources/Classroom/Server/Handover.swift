import NIOCore
import Synchronization

/// What the presenter's thread and the network's share. Neither waits for the other longer than a copy takes.
final class Handover: Sendable {
    private struct News {
        var newest: [Topic: [UInt8]] = [:]
        var isAnnounced = false
    }

    private let news = Mutex(News())
    private let counts = Mutex(Audience())

    var audience: Audience { counts.withLock { $0 } }

    func count(_ change: (inout Audience) -> Void) { counts.withLock { change(&$0) } }

    /// Leaves a message for the network thread. Returns whether somebody has to tell it.
    func leave(_ bytes: [UInt8], _ topic: Topic) -> Bool {
        news.withLock { news in
            news.newest[topic] = bytes
            defer { news.isAnnounced = true }
            return !news.isAnnounced
        }
    }

    /// What was left since the last time, lessons first.
    func take() -> [(topic: Topic, bytes: [UInt8])] {
        let newest = news.withLock { news in
            defer { news = News() }
            return news.newest
        }
        return Topic.allCases.compactMap { topic in newest[topic].map { (topic, $0) } }
    }
}
