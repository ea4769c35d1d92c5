import CZlib
import Scenario

/// A scenario as one line that people can paste anywhere: `ensayo-1.` and its YAML, compressed, with a checksum.
///
///     ensayo-1. base64url( CRC-32 of the YAML, four bytes, the highest first; then zlib, RFC 1950 )
public struct ScenarioCode: Hashable, Sendable, CustomStringConvertible {
    public static let prefix = "ensayo-1."
    /// Of the YAML: no scenario may be larger.
    public static let mostBytes = 1 << 20
    /// Of the code: what cannot be compressed at all, and blanks where it was wrapped.
    private static let mostCharacters = 2 * mostBytes

    public let yaml: String
    public let description: String

    public init(yaml: String) throws(CodeProblem) {
        let text = Array(yaml.utf8)
        guard text.count <= Self.mostBytes else { throw .tooLarge }
        guard let packed = Compression.pack(text) else { throw .damaged }
        let checksum = Compression.checksum(text)
        let sum = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: checksum >> UInt32($0)) }
        self.yaml = yaml
        description = Self.prefix + Base64URL.encode(sum + packed)
    }

    /// Whether a text is meant to be a code, whichever version.
    public static func isMeant(_ text: String) -> Bool {
        text.drop { $0.isWhitespace }.lowercased().hasPrefix("ensayo-")
    }

    /// Reads a code. Blanks and line breaks in it do not count.
    public init(_ text: String) throws(CodeProblem) {
        guard text.utf8.count <= Self.mostCharacters else { throw .tooLarge }
        let code = text.filter { !$0.isWhitespace }
        guard code.hasPrefix(Self.prefix) else { throw Self.isMeant(code) ? .otherVersion : .notACode }
        guard let bytes = Base64URL.decode(code.dropFirst(Self.prefix.count)), bytes.count > 4 else { throw .damaged }
        let unpacked = try Compression.unpack(Array(bytes[4...]), atMost: Self.mostBytes)
        let checksum = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        guard Compression.checksum(unpacked) == checksum, let yaml = String(validating: unpacked, as: UTF8.self) else {
            throw .damaged
        }
        self.yaml = yaml
        description = code
    }
}

/// Why a text is not a scenario's code.
public enum CodeProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case notACode
    case otherVersion
    case damaged
    case tooLarge

    public var description: String {
        switch self {
        case .notACode: "this is no code of a scenario: a code begins with \"\(ScenarioCode.prefix)\""
        case .otherVersion:
            "this code is not of the version that this Ensayo reads: it should begin with \"\(ScenarioCode.prefix)\""
        case .damaged:
            "this code is damaged: a part is missing or was changed; copy all of it, from \"\(ScenarioCode.prefix)\" on"
        case .tooLarge: "this code is too large: a scenario has at most 1 MiB"
        }
    }
}

/// zlib, within limits.
private enum Compression {
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, uInt($0.count))) }
    }

    static func pack(_ bytes: [UInt8]) -> [UInt8]? {
        var size = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        guard compress2(&packed, &size, bytes, uLong(bytes.count), Z_BEST_COMPRESSION) == Z_OK else { return nil }
        return Array(packed[..<Int(size)])
    }

    /// Never writes more than the limit, whatever the bytes promise.
    static func unpack(_ bytes: [UInt8], atMost limit: Int) throws(CodeProblem) -> [UInt8] {
        var size = uLong(limit)
        var length = uLong(bytes.count)
        var unpacked = [UInt8](repeating: 0, count: limit)
        let status = uncompress2(&unpacked, &size, bytes, &length)
        if status == Z_BUF_ERROR, size >= uLong(limit) { throw .tooLarge }
        guard status == Z_OK, length == uLong(bytes.count) else { throw .damaged }
        return Array(unpacked[..<Int(size)])
    }
}

/// Base 64 with the alphabet for addresses and without padding: RFC 4648, section 5.
private enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values = Dictionary(uniqueKeysWithValues: zip(alphabet, UInt32(0)...))

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for anything but what ``encode(_:)`` writes.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 {
            guard let value = values[character] else { return nil }
            bits = bits << 6 | value
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            bits &= (1 << UInt32(count)) - 1
        }
        return count < 6 && bits == 0 ? bytes : nil
    }
}
