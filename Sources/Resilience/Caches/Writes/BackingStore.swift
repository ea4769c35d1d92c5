/// What a ``CachedStore`` stands before: a database, a service.
public protocol BackingStore<Key, Value>: Sendable {
    associatedtype Key: Hashable & Sendable
    associatedtype Value: Sendable

    /// The value of a key; `nil`: it does not exist.
    func load(_ key: Key) async throws -> Value?

    func store(_ value: Value, for key: Key) async throws

    func remove(_ key: Key) async throws

    /// Several at once, each key once. After an error some may have been stored; all are tried again.
    func storeAll(_ entries: [(key: Key, value: Value)]) async throws
}

extension BackingStore {
    /// One after the other.
    public func storeAll(_ entries: [(key: Key, value: Value)]) async throws {
        for entry in entries { try await store(entry.value, for: entry.key) }
    }
}
