/// Which keys carry which tags, to find all that a tag stands for.
public struct TagIndex<Key: Hashable & Sendable>: Sendable {
    private var tags: [Key: [String]] = [:]
    /// With when each key came to the tag, so that they can be named in that order.
    private var keys: [String: [Key: UInt64]] = [:]
    private var count: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { tags.isEmpty }

    /// The key carries these tags and no others. O(tags).
    public mutating func set(_ key: Key, _ new: [String]) {
        remove(key)
        guard !new.isEmpty else { return }
        count += 1
        tags[key] = new
        for tag in new { keys[tag, default: [:]][key] = count }
    }

    /// The key is gone. O(its tags).
    public mutating func remove(_ key: Key) {
        for tag in tags.removeValue(forKey: key) ?? [] {
            keys[tag]?[key] = nil
            if keys[tag]?.isEmpty == true { keys[tag] = nil }
        }
    }

    public mutating func removeAll() { (tags, keys) = ([:], [:]) }

    public func tags(of key: Key) -> [String] { tags[key] ?? [] }

    /// The keys that carry a tag, in the order in which they were given it. O(n log n).
    public func keys(tagged tag: String) -> [Key] {
        // No two have the same number, so the dictionary's own order does not show.
        (keys[tag] ?? [:]).sorted { $0.value < $1.value }.map(\.key)
    }
}
