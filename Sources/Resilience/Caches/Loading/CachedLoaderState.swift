import Collections

/// What a ``CachedLoader`` knows. Everything happens under its lock.
struct CachedLoaderState<Key: Hashable & Sendable, Value: Sendable, Instant: InstantProtocol>: Sendable
where Instant.Duration == Duration {
    typealias Room = CoalescingRoom<Key, Value?>
    typealias Flight = Room.Core.Flight
    typealias Reason = CachedLoaderEvent<Key>.Reason

    private struct Kept: Sendable {
        var value: Value
        var ttl: Duration?
        /// How long its load took.
        var took: Duration
    }

    /// What a reader found, and does.
    enum Look {
        case served(Value, Freshness, age: Duration)
        /// It loads. otherwise: what it answers if that fails.
        case leads(Flight, Reason, otherwise: Value?)
        case joins(Flight, ticket: UInt64)
    }

    /// How a load ended.
    struct Landing {
        var end: Room.Landing
        var kept = false
        var evicted: [Key] = []
        var wakeUps: [Room.WakeUp]
    }

    private(set) var rules: LoadingRules
    private var entries: BoundedCache<Key, Kept, Instant>
    private var tags = TagIndex<Key>()
    var room = Room()
    /// Keys to be loaded in the background, each once.
    private var refreshes = Deque<Key>()
    private var isAwaited: Set<Key> = []

    init(_ rules: LoadingRules, capacity: Int?, eviction: EvictionRule) {
        self.rules = rules
        entries = BoundedCache(capacity: capacity, eviction: eviction)
    }

    // MARK: Reading

    mutating func look(up key: Key, at now: Instant, draw: () -> Double) -> Look {
        guard case .hit(let kept, let age) = entries.get(key, at: now) else {
            forgetGone()
            return load(key)
        }
        let freshness = rules.freshness.freshness(age: age, ttl: kept.ttl, took: kept.took, draw: draw)
        switch freshness {
        case .fresh: break
        case .refresh, .stale: if isAwaited.insert(key).inserted { refreshes.append(key) }
        case .early:
            if !rules.coalesces { return .leads(room.leadAlone(key), .early, otherwise: kept.value) }
            // Who would wait for a load under way can as well be served.
            if let flight = room.lead(key) { return .leads(flight, .early, otherwise: kept.value) }
        case .expired: return load(key)
        }
        return .served(kept.value, freshness, age: age)
    }

    private mutating func load(_ key: Key) -> Look {
        guard rules.coalesces else { return .leads(room.leadAlone(key), .miss, otherwise: nil) }
        let (ticket, entry) = room.join(key)
        switch entry {
        case .leads(let flight): return .leads(flight, .miss, otherwise: nil)
        case .joined(let flight): return .joins(flight, ticket: ticket)
        }
    }

    /// The next load in the background. `nil`: there is none to do.
    mutating func nextRefresh() -> (key: Key, flight: Flight)? {
        while let key = refreshes.popFirst() {
            isAwaited.remove(key)
            if let flight = room.lead(key) { return (key, flight) }
        }
        return nil
    }

    mutating func count(at now: Instant) -> Int {
        defer { forgetGone() }
        return entries.count(at: now)
    }

    // MARK: Storing

    /// A load has ended, well or not. What is not there any more at the source does not stay here.
    mutating func land(
        _ key: Key, _ flight: Flight, _ result: Result<Value?, any Error>, took: Duration, tags: [String],
        at now: Instant, draw: () -> Double
    ) -> Landing {
        let (end, isForgotten, wakeUps) = room.land(flight, result, tags: tags)
        var landing = Landing(end: end, wakeUps: wakeUps)
        guard case .success(let value) = result, !isForgotten else { return landing }
        if let value {
            landing.evicted = keep(key, value, took: took, tags: tags, at: now, draw: draw)
            landing.kept = true
        } else {
            remove(key, at: now)
        }
        return landing
    }

    /// Stores a value that is newer than any load under way. Gives the keys that had to go.
    mutating func put(
        _ key: Key, _ value: Value, tags: [String], at now: Instant, draw: () -> Double
    ) -> [Key] {
        room.forget(key)
        return keep(key, value, took: .zero, tags: tags, at: now, draw: draw)
    }

    private mutating func keep(
        _ key: Key, _ value: Value, took: Duration, tags: [String], at now: Instant, draw: () -> Double
    ) -> [Key] {
        let ttl = rules.timeToLive(draw: draw())
        let life = ttl.map { min($0.clamped + (rules.freshness.staleFor ?? .zero).clamped, .longest) }
        let isThere = entries.set(key, Kept(value: value, ttl: ttl, took: took), ttl: life, at: now)
        let evicted = forgetGone()
        if isThere { self.tags.set(key, tags) }
        return evicted
    }

    // MARK: Removing

    /// Removes a key, and makes what loads under way bring for it be thrown away. Returns how many were there.
    @discardableResult mutating func remove(_ key: Key, at now: Instant) -> Int {
        room.forget(key)
        let isThere = entries.remove(key, at: now)
        forgetGone()
        return isThere ? 1 : 0
    }

    mutating func removeAll(where isGone: (Key) -> Bool, at now: Instant) -> Int {
        room.forget(where: isGone)
        defer { forgetGone() }
        return entries.removeAll(where: isGone, at: now)
    }

    mutating func removeAll(tagged tag: String, at now: Instant) -> Int {
        room.forget(tagged: tag)
        return tags.keys(tagged: tag).reduce(0) { $0 + remove($1, at: now) }
    }

    mutating func change(_ rules: LoadingRules) { self.rules = rules }

    /// Drops the tags of keys that the last call has dropped. Gives those that were evicted.
    @discardableResult private mutating func forgetGone() -> [Key] {
        entries.steps.compactMap { step in
            switch step {
            case .evicted(let key):
                tags.remove(key)
                return key
            case .expired(let key), .removed(let key):
                tags.remove(key)
                return nil
            case .placed, .marked, .hand, .forgotten, .target: return nil
            }
        }
    }
}
