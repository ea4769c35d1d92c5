import Synchronization

/// A cache that loads what it does not have: read-through.
///
/// Cache-aside is the same with the loading left to every caller: look up, load, store, and after a write invalidate.
/// There a value that was read before the write can be stored after it; here it cannot, because what is loaded for a
/// key that has been invalidated meanwhile is given to those who waited and not kept.
///
///     let products = CachedLoader<String, Product, ContinuousClock>(
///         try LoadingRules(
///             ttl: .seconds(60), freshness: FreshnessRules(refreshAhead: 0.2, staleFor: .seconds(30))),
///         capacity: 10_000, clock: .continuous, random: { .random(in: 0..<1) }
///     ) { id in try await database.product(id) }
///
///     group.addTask { await products.run() }                  // background refreshes
///     let product = try await products.get("product:1")       // nil: there is no such product, and nothing is kept
///
/// One instance serves all tasks. Refreshes in the background happen while ``run()`` does.
public final class CachedLoader<Key: Hashable & Sendable, Value: Sendable, C: Clock>: Sendable
where C.Duration == Duration {
    private typealias State = CachedLoaderState<Key, Value, C.Instant>
    private typealias Reason = CachedLoaderEvent<Key>.Reason

    private let state: Mutex<CachedLoaderState<Key, Value, C.Instant>>
    private let alarm = Alarm()
    private let clock: C
    private let random: @Sendable () -> Double
    private let tags: @Sendable (Key, Value) -> [String]
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (CachedLoaderEvent<Key>) -> Void)?
    private let source: @Sendable (Key) async throws -> Value?

    /// - Parameters:
    ///   - capacity: the most entries; `nil`: no limit, and so no limit on memory.
    ///   - random: a number in 0..<1, for jitter of times to live and early expiration.
    ///   - tags: what an entry can be invalidated by, besides its key.
    ///   - classify: tells what kind of failure an error of the source is.
    ///   - onEvent: called for every decision, on the task that makes it; those of different tasks may overtake each
    ///     other.
    ///   - source: loads a key; `nil`: it does not exist.
    public init(
        _ rules: LoadingRules, capacity: Int? = nil, eviction: EvictionRule = .lru, clock: C,
        random: @escaping @Sendable () -> Double, tags: @escaping @Sendable (Key, Value) -> [String] = { _, _ in [] },
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (CachedLoaderEvent<Key>) -> Void)? = nil,
        source: @escaping @Sendable (Key) async throws -> Value?
    ) {
        state = Mutex(CachedLoaderState(rules, capacity: capacity, eviction: eviction))
        self.clock = clock
        self.random = random
        self.tags = tags
        self.classify = classify
        self.onEvent = onEvent
        self.source = source
    }

    /// The value of a key, from the cache or from its source.
    ///
    /// - Throws: what the source throws, unless an entry that is still good can be served; `CancellationError` when it
    ///   was cancelled while waiting for a load of another.
    public func get(_ key: Key) async throws -> Value? {
        let look = state.withLock { $0.look(up: key, at: clock.now, draw: random) }
        switch look {
        case .served(let value, let freshness, let age):
            onEvent?(freshness == .stale ? .stale(key, age: age) : .hit(key, age: age))
            if freshness != .fresh { alarm.ring() }
            return value
        case .leads(let flight, let reason, let otherwise):
            if reason == .miss { onEvent?(.missed(key)) }
            let result = await load(key, flight, reason)
            if case .failure = result, let otherwise, !Task.isCancelled { return otherwise }
            return try result.get()
        case .joins(let flight, let ticket):
            onEvent?(.missed(key))
            onEvent?(.joined(key))
            switch await wait(ticket, flight) {
            case .landed(let landing): return try landing.result.get()
            case .leads: return try await load(key, flight, .miss).get()
            case .left: throw CancellationError()
            }
        }
    }

    /// Loads in the background what is soon over, or has been served stale, until the task is cancelled.
    ///
    /// Run it in one task beside the server. Without it such entries just end, and a reader loads them.
    public func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                while let (key, flight) = state.withLock({ $0.nextRefresh() }) {
                    group.addTask { _ = await self.load(key, flight, .refresh) }
                }
                await alarm.wait(until: nil, on: clock)
            }
        }
    }

    /// Entries that are good, or still served.
    public var count: Int { state.withLock { $0.count(at: clock.now) } }

    /// Takes other rules; what is stored keeps its time to live.
    public func change(_ rules: LoadingRules) { state.withLock { $0.change(rules) } }
}

// Taking entries away.
extension CachedLoader {
    /// Drops a key. Returns whether it was there.
    @discardableResult public func invalidate(_ key: Key) -> Bool { invalidating { $0.remove(key, at: $1) } > 0 }

    /// Drops all keys that carry a tag. Returns how many.
    @discardableResult public func invalidate(tag: String) -> Int { invalidating { $0.removeAll(tagged: tag, at: $1) } }

    /// Drops all keys that are meant. Returns how many. O(n).
    @discardableResult public func invalidate(where isGone: (Key) -> Bool) -> Int {
        invalidating { $0.removeAll(where: isGone, at: $1) }
    }

    @discardableResult public func invalidateAll() -> Int { invalidate { _ in true } }

    private func invalidating(_ remove: (inout State, C.Instant) -> Int) -> Int {
        let removed = state.withLock { remove(&$0, clock.now) }
        onEvent?(.invalidated(removed: removed))
        return removed
    }

    /// A value that its caller knows to be the newest, such as one that it has just written.
    public func put(_ key: Key, _ value: Value) {
        let tags = self.tags(key, value)
        let evicted = state.withLock { $0.put(key, value, tags: tags, at: clock.now, draw: random) }
        for key in evicted { onEvent?(.evicted(key)) }
    }
}

extension CachedLoader where Key == String {
    /// Drops all keys that look like the pattern: `orders:*`. Returns how many. O(n).
    @discardableResult public func invalidate(matching pattern: KeyPattern) -> Int {
        invalidate(where: pattern.matches)
    }
}

// Loading.
extension CachedLoader {
    /// Loads for all who wait, and for those to come.
    private func load(_ key: Key, _ flight: State.Flight, _ reason: Reason) async -> Result<Value?, any Error> {
        onEvent?(.loading(key, reason))
        let start = clock.now
        let result: Result<Value?, any Error>
        do { result = .success(try await source(key)) } catch {
            onEvent?(.failed(key, reason, classify(error)))
            if Task.isCancelled {
                state.withLock { $0.room.handOver(flight) }?.resume()
                return .failure(error)
            }
            result = .failure(error)
        }
        let tags = (try? result.get()).map { self.tags(key, $0) } ?? []
        let (landing, took) = state.withLock { state in
            let now = clock.now
            let took = start.duration(to: now)
            return (state.land(key, flight, result, took: took, tags: tags, at: now, draw: random), took)
        }
        if case .success(let value) = result {
            onEvent?(.loaded(key, reason, took: took, found: value != nil, kept: landing.kept))
        }
        for key in landing.evicted { onEvent?(.evicted(key)) }
        for wakeUp in landing.wakeUps { wakeUp.resume() }
        return result
    }

    private func wait(_ ticket: UInt64, _ flight: State.Flight) async -> State.Room.Word {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.room.sleep(ticket, continuation) }?.resume()
            }
        } onCancel: {
            state.withLock { $0.room.leave(ticket, flight) }?.resume()
        }
    }
}
