/// A store with a cache before it, for reading and writing.
///
/// Reads are those of a ``CachedLoader``; writes are as the ``WriteStrategy`` says. Values that are dirty are served
/// also when the cache has evicted them or their time is over.
///
///     let orders = try CachedStore(
///         OrderTable(database), .back(WriteBackRules(flush: .every(.seconds(5)), maxDirty: 10_000)),
///         LoadingRules(ttl: .seconds(60)), capacity: 10_000, clock: .continuous, random: { .random(in: 0..<1) })
///
///     group.addTask { await orders.run() }
///     try await orders.write("order:1", order)
///     try await orders.flush()                        // before the server ends
///
/// One instance serves all tasks. A store has one writer: writes that go past it are not seen before entries end or are
/// invalidated, and with write-back can be overwritten by older ones.
public final class CachedStore<Store: BackingStore, C: Clock>: Sendable where C.Duration == Duration {
    public typealias Key = Store.Key
    public typealias Value = Store.Value

    /// The cache, for invalidation and its size.
    public let cache: CachedLoader<Key, Value, C>
    public let strategy: WriteStrategy
    private let store: Store
    private let buffer: WriteBuffer<Store, C>?
    private let turns = KeyTurns<Key>()
    private let related: @Sendable (Key) -> [Key]
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (CachedStoreEvent<Key>) -> Void)?

    /// - Parameters:
    ///   - related: keys that are out of date once a key is written, such as lists that hold it. The cache drops them.
    ///   - onRead, onWrite: called for every decision, on the task that makes it.
    ///   - others: as in ``CachedLoader``.
    public init(
        _ store: Store, _ strategy: WriteStrategy, _ rules: LoadingRules, capacity: Int? = nil,
        eviction: EvictionRule = .lru, clock: C, random: @escaping @Sendable () -> Double,
        tags: @escaping @Sendable (Key, Value) -> [String] = { _, _ in [] },
        related: @escaping @Sendable (Key) -> [Key] = { _ in [] },
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onRead: (@Sendable (CachedLoaderEvent<Key>) -> Void)? = nil,
        onWrite: (@Sendable (CachedStoreEvent<Key>) -> Void)? = nil
    ) {
        self.store = store
        self.strategy = strategy
        self.related = related
        self.classify = classify
        onEvent = onWrite
        var buffer: WriteBuffer<Store, C>?
        if case .back(let rules) = strategy {
            buffer = WriteBuffer(rules, store, clock, classify: classify, onEvent: onWrite)
        }
        self.buffer = buffer
        cache = CachedLoader(
            rules, capacity: capacity, eviction: eviction, clock: clock, random: random, tags: tags, classify: classify,
            onEvent: { [buffer] event in
                // A dirty key that leaves the cache must reach the store.
                if case .evicted(let key) = event { buffer?.hurry(key) }
                onRead?(event)
            },
            source: { [buffer] key in
                // Dirty, and not in the cache any more: the store would give an older value.
                if let value = buffer?.value(of: key) { return value }
                return try await store.load(key)
            })
    }

    /// The value of a key: the one written last, wherever it is.
    ///
    /// - Throws: what the store throws; see ``CachedLoader/get(_:)``.
    public func read(_ key: Key) async throws -> Value? { try await cache.get(key) }

    /// Writes a value. With write-back it returns when the value is in memory, else when it is in the store.
    ///
    /// - Throws: what the store throws. A write that may have been done all the same, such as one that timed out, makes
    ///   the cache drop the key. With write-back only a full buffer makes a write wait, and fail.
    public func write(_ key: Key, _ value: Value) async throws {
        try await inTurn(key) {
            if let buffer {
                try await buffer.write(key, value)
                cache.put(key, value)
            } else {
                try await storing(key) { try await store.store(value, for: key) }
                keep(key, value)
            }
        }
    }

    /// Removes a key from the store and the cache. Also with write-back it returns when the store has done it.
    ///
    /// - Throws: what the store throws. With write-back the removal stays due, and is tried again.
    public func remove(_ key: Key) async throws {
        try await inTurn(key) {
            if let buffer {
                try await buffer.write(key, nil)
                cache.invalidate(key)
                try await buffer.flush(key)
            } else {
                try await storing(key) { try await store.remove(key) }
                cache.invalidate(key)
            }
        }
        onEvent?(.removed(key))
    }

    /// Refreshes in the background, and with write-back flushes, until the task is cancelled. Call ``flush()`` then.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.cache.run() }
            if let buffer { group.addTask { await buffer.run() } }
        }
    }

    /// Brings all that is dirty to the store, before the server ends.
    ///
    /// - Throws: what the store throws; what it did not take is dirty still.
    public func flush() async throws { try await buffer?.flushAll() }

    /// Keys whose newest value is in memory alone: what a crash would lose.
    public var dirty: Int { buffer?.count ?? 0 }
}

extension CachedStore {
    /// One write of a key at a time, so that the last one in the store is the last one in the cache.
    private func inTurn(_ key: Key, _ write: () async throws -> Void) async throws {
        try await turns.take(key, write)
        for key in related(key) { cache.invalidate(key) }
    }

    private func storing(_ key: Key, _ write: () async throws -> Void) async throws {
        do {
            try await write()
            onEvent?(.stored(key))
        } catch {
            let failure = classify(error)
            onEvent?(.failed(key, failure))
            if !failure.kind.isBeforeStart, strategy != .around { cache.invalidate(key) }
            throw error
        }
    }

    private func keep(_ key: Key, _ value: Value) {
        switch strategy {
        case .through: cache.put(key, value)
        case .aside: cache.invalidate(key)
        case .around, .back: break
        }
    }
}
