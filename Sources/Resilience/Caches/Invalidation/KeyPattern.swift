/// Keys that look alike: `orders:*`. A star stands for any text, also none; everything else for itself.
public struct KeyPattern: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    private let parts: [[UInt8]]

    public init(_ pattern: String) {
        description = pattern
        parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether it stands for more than one key.
    public var hasStar: Bool { parts.count > 1 }

    /// O(length of both) for one star; at worst their product.
    public func matches(_ key: String) -> Bool {
        let key = Array(key.utf8)
        guard let first = parts.first, let last = parts.last, hasStar else { return parts.first == key }
        guard key.count >= first.count + last.count, key.starts(with: first) else { return false }
        let end = key.count - last.count
        guard key[end...].elementsEqual(last) else { return false }
        // Each part in between where it first fits: later would leave less to those behind.
        var place = first.count
        for part in parts.dropFirst().dropLast() {
            guard let found = Self.find(part, in: key[place..<end]) else { return false }
            place = found + part.count
        }
        return true
    }

    private static func find(_ part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= part.count else { return nil }
        return (text.startIndex...text.endIndex - part.count).first { text[$0...].starts(with: part) }
    }
}
