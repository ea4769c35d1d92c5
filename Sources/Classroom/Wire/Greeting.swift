import NIOCore

/// The first words of both sides. What they begin with stays as it is in every version: that is how an old Ensayo can
/// tell a new one from something else.
enum Greeting {
    static let magic = Array("ENSAYO".utf8)
    static let version: UInt8 = 1
    /// No code that people are given is longer.
    static let mostCodeBytes = 128
    /// The longest hello.
    static let limit = 1 + 6 + 1 + 1 + mostCodeBytes

    /// Reads magic and version off the front.
    fileprivate static func version(of body: inout ByteBuffer) -> UInt8? {
        guard body.readBytes(length: magic.count) == magic else { return nil }
        return body.readInteger()
    }

    fileprivate static func start() -> ByteBuffer {
        var body = ByteBuffer(bytes: magic)
        body.writeInteger(version)
        return body
    }

    /// What the classroom says to those who are let in.
    static var welcome: Frame { Frame(.welcome, start()) }

    static func isWelcome(_ frame: Frame) -> Bool {
        var body = frame.body
        return frame.kind == .welcome && version(of: &body) == version
    }
}

/// Who comes, and with which code.
struct Hello: Equatable {
    var version = Greeting.version
    var role: Role
    var code: [UInt8]

    init(role: Role, code: [UInt8]) {
        self.role = role
        self.code = code
    }

    /// Fails for whatever is no hello. Of another version only the version is known.
    init?(_ frame: Frame) {
        var body = frame.body
        guard frame.kind == .hello, let version = Greeting.version(of: &body) else { return nil }
        self.version = version
        role = .follower
        code = []
        if version != Greeting.version { return }
        guard let byte: UInt8 = body.readInteger(), Role.allCases.indices.contains(Int(byte)) else { return nil }
        role = Role.allCases[Int(byte)]
        code = body.readBytes(length: body.readableBytes) ?? []
    }

    var frame: Frame {
        var body = Greeting.start()
        body.writeInteger(UInt8(Role.allCases.firstIndex(of: role) ?? 0))
        body.writeBytes(code)
        return Frame(.hello, body)
    }
}

/// Why somebody is not let in.
enum Refusal: Equatable {
    case wrongCode
    /// In milliseconds.
    case tooManyTries(UInt32)
    case full
    case version

    var frame: Frame {
        var body = Greeting.start()
        let (reason, detail): (UInt8, UInt32) =
            switch self {
            case .wrongCode: (1, 0)
            case .tooManyTries(let milliseconds): (2, milliseconds)
            case .full: (3, 0)
            case .version: (4, 0)
            }
        body.writeInteger(reason)
        body.writeInteger(detail)
        return Frame(.refusal, body)
    }

    /// What a frame means to whoever wanted to come in; `nil`: it is no refusal.
    static func error(_ frame: Frame) -> ClassroomError? {
        var body = frame.body
        guard frame.kind == .refusal, let version = Greeting.version(of: &body) else { return nil }
        if version != Greeting.version { return version > Greeting.version ? .newerVersion : .olderVersion }
        guard let reason: UInt8 = body.readInteger(), let detail: UInt32 = body.readInteger() else { return nil }
        switch reason {
        case 1: return .wrongCode
        case 2: return .tooManyTries(.milliseconds(detail))
        case 3: return .full
        default: return nil
        }
    }
}
