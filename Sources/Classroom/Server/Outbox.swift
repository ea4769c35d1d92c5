import NIOCore

/// What waits for one member: at most one message a topic, the newest.
///
/// It is handed out in pieces, so that somebody who is slow can be told from somebody who takes nothing. A message that
/// has begun is finished first.
struct Outbox {
    static let pieceBytes = 1 << 16

    private var begun = ByteBuffer()
    /// In the order in which they go out. The room's own words are of no topic.
    private var waiting: [(topic: Topic?, bytes: ByteBuffer)] = []

    var isEmpty: Bool { begun.readableBytes == 0 && waiting.isEmpty }

    /// Takes the place of what waits of the same topic. A lesson goes before all that is about it.
    mutating func put(_ bytes: ByteBuffer, _ topic: Topic?) {
        if let index = waiting.firstIndex(where: { $0.topic == topic }) {
            waiting[index].bytes = bytes
        } else if topic == .lesson {
            waiting.insert((topic, bytes), at: 0)
        } else {
            waiting.append((topic, bytes))
        }
    }

    /// The next piece; `nil`: nothing waits.
    mutating func next() -> ByteBuffer? {
        if begun.readableBytes == 0 {
            if waiting.isEmpty { return nil }
            begun = waiting.removeFirst().bytes
        }
        return begun.readSlice(length: min(begun.readableBytes, Self.pieceBytes))
    }
}
