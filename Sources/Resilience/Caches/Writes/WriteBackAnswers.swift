/// What becomes of a write to a ``WriteBackCore``.
public enum WriteBackAnswer: String, Hashable, Sendable, CaseIterable {
    /// It waits for the store.
    case queued
    /// The same, and the store will never see the value that waited before.
    case coalesced
    /// There is no room for another dirty key: flush first.
    case full
}

/// A value on its way to the store.
public struct WriteBackEntry<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    public let key: Key
    public let value: Value
    /// Tells it from every other write.
    let number: UInt64
    /// The first write that is not in the store: its own, or one whose value it replaces.
    let first: UInt64
}

extension WriteBackEntry: Equatable where Value: Equatable {}
