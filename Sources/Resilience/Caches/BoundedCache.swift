/// A cache with a capacity, a time to live for each entry, or both.
///
/// A value type without a clock: every call says what time it is, so it serves a server (`ContinuousClock.Instant`)
/// and a simulation alike. Times are expected not to go back.
///
/// - An entry stored at `t` with time to live `ttl` is live while `now < t + ttl`, and expired from `now >= t + ttl`
///   on: the rule of Python's `cachetools`. Storing a key again starts its time anew; reading does not. Expired entries
///   are dropped by every call that stores or removes, before it does.
/// - Entries have weights, and those that are there never weigh more than the capacity: ``EvictionRule`` says who goes.
///   What is heavier than the capacity is not kept. A key whose new value has another weight counts as used, and can be
///   the one that has to go.
/// - After each call, ``steps`` says what it did to the lists, so that they can be followed from outside.
///
/// Reading is O(1) on average, storing and removing too, and O(log n) amortised for entries with a time to live. Memory
/// is within a constant factor of the largest number of entries and ghosts that were there at once; a key that has left
/// stays in memory until its slot is used again.
public struct BoundedCache<Key: Hashable, Value, Instant: InstantProtocol> {
    /// What a look-up found.
    public enum Lookup {
        /// A live entry, and how long ago it was stored.
        case hit(Value, age: Instant.Duration)
        /// The entry is too old: it has been dropped.
        case expired(age: Instant.Duration)
        case absent

        /// The live value, if there is one.
        public var value: Value? {
            if case .hit(let value, _) = self { value } else { nil }
        }
    }

    /// A slot's key, and its entry as long as there is one.
    @usableFromInline
    struct Cell {
        @usableFromInline var key: Key
        /// `nil`: a ghost, or nothing.
        @usableFromInline var value: Value?
        @usableFromInline var stored: Instant
        /// `nil`: never.
        @usableFromInline var expires: Instant?
        /// Tells a deadline in `deadlines` from those of earlier entries in the same slot.
        @usableFromInline var number: UInt64

        @inlinable
        init(key: Key, stored: Instant) {
            self.key = key
            self.stored = stored
            number = 0
        }
    }

    /// The weight that fits in; `nil`: any.
    public private(set) var capacity: Int?

    @usableFromInline var state: EvictionState
    @usableFromInline var cells: [Cell] = []
    @usableFromInline var deadlines = Deadlines<Instant>()
    @usableFromInline var stores: UInt64 = 0

    /// - Parameters:
    ///   - capacity: the weight that fits in; entries weigh 1 unless told otherwise. `nil`: no limit. Nothing fits into
    ///     0 or less.
    ///   - seed: where W-TinyLFU's random numbers begin: the same seed, the same choices.
    public init(capacity: Int? = nil, eviction: EvictionRule = .lru, seed: UInt64 = 0) {
        self.capacity = capacity
        state = EvictionState(eviction, capacity: capacity, seed: seed)
    }

    // MARK: Reading

    /// Looks a key up, which counts as a use; drops its entry if that has expired.
    @inlinable
    public mutating func get(_ key: Key, at now: Instant) -> Lookup {
        state.begin()
        guard let slot = slot(of: key, hash: Self.hash(key)) else { return .absent }
        let found = lookup(slot, at: now)
        switch found {
        case .hit: state.hit(slot)
        case .expired: drop(slot, .expired)
        case .absent: break
        }
        return found
    }

    /// Looks a key up without any effect.
    @inlinable
    public func peek(_ key: Key, at now: Instant) -> Lookup {
        slot(of: key, hash: Self.hash(key)).map { lookup($0, at: now) } ?? .absent
    }

    /// The number of live entries, once those that have expired are dropped.
    public mutating func count(at now: Instant) -> Int {
        dropExpired(at: now)
        return state.entries
    }

    // MARK: Writing

    /// Stores a value. Returns whether it is there now: not if it is heavier than the capacity or has no time to live,
    /// in which case the key is only removed, nor if the rule has decided against it.
    ///
    /// - Parameters:
    ///   - weight: at least 1; less counts as 1.
    ///   - ttl: how long it is live; `nil`: until it is evicted or removed.
    @inlinable
    @discardableResult
    public mutating func set(
        _ key: Key, _ value: Value, weight: Int = 1, ttl: Instant.Duration? = nil, at now: Instant
    ) -> Bool {
        dropExpired(at: now)
        let (hash, weight) = (Self.hash(key), max(1, weight))
        let known = slot(of: key, hash: hash)
        guard weight <= state.capacity, ttl.map({ $0 > .zero }) ?? true else {
            if let known, state.isEntry(known) { drop(known, .removed) }
            return false
        }
        let slot = known ?? addCell(key, hash: hash, at: now)
        fill(slot, value, ttl: ttl, at: now)
        state.store(slot, weight: weight)
        clearDeparted()
        compact()
        return state.isEntry(slot)
    }

    /// Removes a key. Returns whether it was live.
    @inlinable
    @discardableResult
    public mutating func remove(_ key: Key, at now: Instant) -> Bool {
        dropExpired(at: now)
        guard let slot = slot(of: key, hash: Self.hash(key)), state.isEntry(slot) else { return false }
        drop(slot, .removed)
        compact()
        return true
    }

    /// Removes the keys for which `isGone` is true. Returns how many were live. O(n).
    @discardableResult
    public mutating func removeAll(where isGone: (Key) throws -> Bool, at now: Instant) rethrows -> Int {
        dropExpired(at: now)
        let before = state.entries
        for slot in state.entrySlots where try isGone(cells[slot].key) { drop(slot, .removed) }
        compact()
        return before - state.entries
    }

    /// Removes every key, and forgets the ghosts and all that the rule has learnt. Returns how many were live. O(n).
    @discardableResult public mutating func removeAll(at now: Instant) -> Int {
        let live = removeAll(where: { _ in true }, at: now)
        startOver(eviction)
        return live
    }

    /// Drops every entry that has expired. Every call that stores or removes does so by itself.
    @inlinable
    public mutating func dropExpired(at now: Instant) {
        state.begin()
        while deadlines.count > 0, let (slot, number) = deadlines.popOverdue(at: now) {
            if cells[slot].number == number { drop(slot, .expired) }
        }
    }

    // MARK: Changing the rules

    public var eviction: EvictionRule { state.rule }

    /// Changes the capacity; what no longer fits is evicted.
    public mutating func resize(to capacity: Int?, at now: Instant) {
        dropExpired(at: now)
        self.capacity = capacity
        state.resize(to: capacity)
        clearDeparted()
    }

    /// Changes the rule. Entries stay, as if they had been stored one after the other now, those first that were the
    /// nearest to a tail; ghosts and what the old rule has learnt go. O(n).
    public mutating func change(to eviction: EvictionRule, at now: Instant) {
        dropExpired(at: now)
        startOver(eviction)
    }

    private mutating func startOver(_ eviction: EvictionRule) {
        state.startOver(eviction) { [cells] in StableHash.of(cells[$0].key) }
        clearDeparted()
    }
}

// What is common to all calls.
extension BoundedCache {
    /// Slots and deadlines kept in memory, for the tests that bound it.
    var footprint: Int { max(cells.count, deadlines.count) }

    @inlinable
    static func hash(_ key: Key) -> UInt32 { UInt32(truncatingIfNeeded: key.hashValue) }

    @inlinable
    func slot(of key: Key, hash: UInt32) -> Int? { state.table.slot(hash: hash) { cells[$0].key == key } }

    @inlinable
    func lookup(_ slot: Int, at now: Instant) -> Lookup {
        guard let value = cells[slot].value else { return .absent }
        let age = cells[slot].stored.duration(to: now)
        if let expires = cells[slot].expires, now >= expires { return .expired(age: age) }
        return .hit(value, age: age)
    }

    @inlinable
    mutating func addCell(_ key: Key, hash: UInt32, at now: Instant) -> Int {
        let slot = state.add(hash: hash, stableHash: state.countsKeys ? StableHash.of(key) : 0)
        let cell = Cell(key: key, stored: now)
        if slot == cells.count { cells.append(cell) } else { cells[slot] = cell }
        return slot
    }

    @inlinable
    mutating func fill(_ slot: Int, _ value: Value, ttl: Instant.Duration?, at now: Instant) {
        stores += 1
        cells[slot].value = value
        cells[slot].stored = now
        cells[slot].expires = ttl.map { now.advanced(by: $0) }
        cells[slot].number = stores
        if let expires = cells[slot].expires {
            deadlines.insert(expires, number: stores, slot: slot)
        }
    }

    @inlinable
    mutating func drop(_ slot: Int, _ reason: EvictionState.Departure) {
        state.drop(slot, reason)
        clearDeparted()
    }

    /// Values go with their entries, and their deadlines no longer count.
    @inlinable
    mutating func clearDeparted() {
        while let slot = state.popDeparted() {
            cells[slot].value = nil
            cells[slot].number = 0
        }
    }

    @inlinable
    mutating func compact() {
        deadlines.compact(entries: state.entries) { [cells] slot, number in cells[slot].number == number }
    }
}

extension BoundedCache: Sendable where Key: Sendable, Value: Sendable {}
extension BoundedCache.Cell: Sendable where Key: Sendable, Value: Sendable {}
extension BoundedCache.Lookup: Sendable where Value: Sendable {}
extension BoundedCache.Lookup: Equatable where Value: Equatable {}
