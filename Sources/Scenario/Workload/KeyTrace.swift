/// Reads traces: the keys of recorded requests, in order. Pure functions of a file's bytes.
public enum KeyTrace {
    /// No more requests are read: as many as any other source has keys.
    public static let most = 1_000_000
    /// A key in text is at most so long, in bytes.
    public static let longestKey = 250

    public enum Failure: Error, Hashable, Sendable {
        case empty
        case tooMany
        /// The line, from 1, is not UTF-8, has control characters or is too long.
        case badLine(Int)
        /// The file ends within this record, from 1.
        case torn(record: Int)
        /// Zstandard's signature, as libCacheSim's traces are published.
        case compressed
    }

    private static let zstandard: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]

    /// Reads a trace in the format that its name says: ``oracleGeneral(_:)`` for `*.oracleGeneral` and
    /// `*.oracleGeneral.bin`, else ``lines(_:)``.
    public static func keys(_ bytes: [UInt8], name: String) throws(Failure) -> [String] {
        if bytes.starts(with: zstandard) { throw .compressed }
        let isBinary = name.hasSuffix(".oracleGeneral") || name.hasSuffix(".oracleGeneral.bin")
        let keys = isBinary ? try oracleGeneral(bytes) : try lines(bytes)
        if keys.isEmpty { throw .empty }
        return keys
    }

    /// One key a line, without the spaces round it; empty lines count for nothing. O(bytes).
    public static func lines(_ bytes: [UInt8]) throws(Failure) -> [String] {
        var keys: [String] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let key = trimmed(line)
            if key.isEmpty { continue }
            guard key.count <= longestKey, let text = String(validating: key, as: UTF8.self),
                text.unicodeScalars.allSatisfy({ SafeText.isAllowed($0) && $0 != "\r" })
            else { throw .badLine(index + 1) }
            if keys.count == most { throw .tooMany }
            keys.append(text)
        }
        return keys
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == 0x09 || byte == 0x0d }
        let rest = line.drop(while: isSpace)
        return rest[..<((rest.lastIndex { !isSpace($0) } ?? rest.startIndex - 1) + 1)]
    }

    /// libCacheSim's oracleGeneral: records of 24 bytes, little-endian and without gaps: the time (4), the object's id
    /// (8), its size (4), and when it is asked for next (8). A key is its id in decimals. O(records).
    public static func oracleGeneral(_ bytes: [UInt8]) throws(Failure) -> [String] {
        let record = 24
        guard bytes.count / record <= most else { throw .tooMany }
        guard bytes.count.isMultiple(of: record) else { throw .torn(record: bytes.count / record + 1) }
        // Hot keys come up again and again: their texts are shared.
        var texts: [UInt64: String] = [:]
        return stride(from: 0, to: bytes.count, by: record).map { start in
            let id = bytes[(start + 4)..<(start + 12)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if let text = texts[id] { return text }
            let text = String(id)
            texts[id] = text
            return text
        }
    }
}
