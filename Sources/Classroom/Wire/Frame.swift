import NIOCore

/// What goes over the wire at once: four bytes of length (of what follows them, the highest first), one byte that says
/// what it is, and the rest.
struct Frame: Equatable {
    enum Kind: UInt8 {
        // From those who come in.
        case hello = 1
        // From the classroom.
        case welcome = 2
        case refusal = 3
        case goodbye = 4
        // From both: somebody is there.
        case beat = 5
        // Topics.
        case lesson = 16
        case state = 17
        case notes = 18

        init(_ topic: Topic) {
            switch topic {
            case .lesson: self = .lesson
            case .state: self = .state
            case .notes: self = .notes
            }
        }

        var topic: Topic? {
            switch self {
            case .lesson: .lesson
            case .state: .state
            case .notes: .notes
            default: nil
            }
        }
    }

    var kind: Kind
    var body: ByteBuffer

    init(_ kind: Kind, _ body: some Collection<UInt8> = []) {
        self.init(kind, ByteBuffer(bytes: body))
    }

    init(_ kind: Kind, _ body: ByteBuffer) {
        self.kind = kind
        self.body = body
    }

    /// How it goes over the wire.
    var encoded: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(minimumWritableBytes: 5 + body.readableBytes)
        buffer.writeInteger(UInt32(1 + body.readableBytes))
        buffer.writeInteger(kind.rawValue)
        buffer.writeImmutableBuffer(body)
        return buffer
    }
}
