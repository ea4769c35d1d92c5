import Collections

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
/// is within a constant factor of the largest number of entries and ghosts that were there at once.
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

    /// A key's place, as long as there is an entry or a ghost.
    struct Cell {
        var key: Key?
        var hash: UInt32 = 0
        var value: Value?
        var stored: Instant?
        /// `nil`: never.
        var expires: Instant?
        /// Tells a deadline in `deadlines` from those of earlier entries in the same cell.
        var number: UInt64 = 0
        /// Whether the table knows it.
        var isKnown = true
    }

    struct Deadline: Comparable {
        var expires: Instant
        var number: UInt64
        var slot: Int

        static func < (left: Self, right: Self) -> Bool {
            left.expires == right.expires ? left.number < right.number : left.expires < right.expires
        }
        static func == (left: Self, right: Self) -> Bool { left.number == right.number }
    }

    /// The weight that fits in; `nil`: any.
    public private(set) var capacity: Int?
    public private(set) var eviction: EvictionRule

    var cells: [Cell] = []
    var lists = SlotLists()
    var policy: any EvictionPolicy
    private var table = SlotTable()
    /// Cells without a key.
    private var free: [Int] = []
    /// Cells whose key left in the last call: ``steps`` still needs it.
    private var leaving: [Int] = []
    /// One for each entry that can expire, and some left over; see ``compact()``.
    private var deadlines = Heap<Deadline>()
    private var stores: UInt64 = 0
    private let seed: UInt64

    /// - Parameters:
    ///   - capacity: the weight that fits in; entries weigh 1 unless told otherwise. `nil`: no limit. Nothing fits into
    ///     0 or less.
    ///   - seed: where W-TinyLFU's random numbers begin: the same seed, the same choices.
    public init(capacity: Int? = nil, eviction: EvictionRule = .lru, seed: UInt64 = 0) {
        self.capacity = capacity
        self.eviction = eviction
        self.seed = seed
        policy = eviction.policy(capacity: Self.limit(capacity), seed: seed)
    }

    // MARK: Reading

    /// Looks a key up, which counts as a use; drops its entry if that has expired.
    public mutating func get(_ key: Key, at now: Instant) -> Lookup {
        begin()
        guard let slot = slot(of: key, hash: Self.hash(key)) else { return .absent }
        let found = lookup(slot, at: now)
        switch found {
        case .hit: policy.hit(slot, in: &lists)
        case .expired: drop(slot, .expired)
        case .absent: break
        }
        return found
    }

    /// Looks a key up without any effect.
    public func peek(_ key: Key, at now: Instant) -> Lookup {
        slot(of: key, hash: Self.hash(key)).map { lookup($0, at: now) } ?? .absent
    }

    /// The number of live entries, once those that have expired are dropped.
    public mutating func count(at now: Instant) -> Int {
        begin()
        purge(at: now)
        return lists.entries
    }

    // MARK: Writing

    /// Stores a value. Returns whether it is there now: not if it is heavier than the capacity or has no time to live,
    /// in which case the key is only removed, nor if the rule has decided against it.
    ///
    /// - Parameters:
    ///   - weight: at least 1; less counts as 1.
    ///   - ttl: how long it is live; `nil`: until it is evicted or removed.
    @discardableResult
    public mutating func set(
        _ key: Key, _ value: Value, weight: Int = 1, ttl: Instant.Duration? = nil, at now: Instant
    ) -> Bool {
        begin()
        purge(at: now)
        let (hash, weight) = (Self.hash(key), max(1, weight))
        let known = slot(of: key, hash: hash)
        guard weight <= policy.capacity, ttl.map({ $0 > .zero }) ?? true else {
            if let known, lists.isEntry(known) { drop(known, .removed) }
            return false
        }
        let slot = known ?? addCell(key, hash: hash)
        fill(slot, value, ttl: ttl, at: now)
        if lists.isEntry(slot) {
            policy.hit(slot, in: &lists)
            if lists.weight(of: slot) != weight {
                lists.setWeight(weight, of: slot)
                policy.fit(capacity: policy.capacity, in: &lists)
            }
        } else {
            policy.insert(slot, weight: weight, in: &lists)
        }
        clearDeparted()
        compact()
        return lists.isEntry(slot)
    }

    /// Removes a key. Returns whether it was live.
    @discardableResult public mutating func remove(_ key: Key, at now: Instant) -> Bool {
        begin()
        purge(at: now)
        guard let slot = slot(of: key, hash: Self.hash(key)), lists.isEntry(slot) else { return false }
        drop(slot, .removed)
        compact()
        return true
    }

    /// Removes the keys for which `isGone` is true. Returns how many were live. O(n).
    @discardableResult
    public mutating func removeAll(where isGone: (Key) throws -> Bool, at now: Instant) rethrows -> Int {
        begin()
        purge(at: now)
        let before = lists.entries
        for slot in entrySlots where try cells[slot].key.map(isGone) ?? false { drop(slot, .removed) }
        compact()
        return before - lists.entries
    }

    /// Removes every key, and forgets the ghosts and all that the rule has learnt. Returns how many were live. O(n).
    @discardableResult public mutating func removeAll(at now: Instant) -> Int {
        let live = removeAll(where: { _ in true }, at: now)
        startOver(eviction)
        return live
    }

    /// Drops every entry that has expired. Every call that stores or removes does so by itself.
    public mutating func dropExpired(at now: Instant) {
        begin()
        purge(at: now)
    }

    // MARK: Changing the rules

    /// Changes the capacity; what no longer fits is evicted.
    public mutating func resize(to capacity: Int?, at now: Instant) {
        begin()
        purge(at: now)
        self.capacity = capacity
        policy.fit(capacity: Self.limit(capacity), in: &lists)
        clearDeparted()
    }

    /// Changes the rule. Entries stay, as if they had been stored one after the other now, those first that were the
    /// nearest to a tail; ghosts and what the old rule has learnt go. O(n).
    public mutating func change(to eviction: EvictionRule, at now: Instant) {
        begin()
        purge(at: now)
        let slots = entrySlots
        startOver(eviction)
        for slot in slots.reversed() {
            let weight = lists.weight(of: slot)
            addNode(slot)
            policy.insert(slot, weight: weight, in: &lists)
        }
        clearDeparted()
    }
}

// What is common to all calls.
extension BoundedCache {
    /// Head first, list after list.
    var entrySlots: [Int] { eviction.lists.filter { !$0.isGhost }.flatMap { policy.slots(in: $0, of: lists) } }

    /// Cells and deadlines kept in memory, for the tests that bound it.
    var footprint: Int { max(cells.count, deadlines.count) }

    /// Without limit, it is one that nothing reaches and whose multiples do not overflow.
    private static func limit(_ capacity: Int?) -> Int { min(max(0, capacity ?? .max), .max / 4) }

    private static func hash(_ key: Key) -> UInt32 { UInt32(truncatingIfNeeded: key.hashValue) }

    func slot(of key: Key, hash: UInt32) -> Int? { table.slot(hash: hash) { cells[$0].key == key } }

    func slot(of key: Key) -> Int? { slot(of: key, hash: Self.hash(key)) }

    private func lookup(_ slot: Int, at now: Instant) -> Lookup {
        guard let stored = cells[slot].stored, let value = cells[slot].value else { return .absent }
        let age = stored.duration(to: now)
        if let expires = cells[slot].expires, now >= expires { return .expired(age: age) }
        return .hit(value, age: age)
    }

    /// The steps of the call before are no longer needed, nor are the cells that they speak of.
    private mutating func begin() {
        lists.beginLog()
        for slot in leaving { cells[slot].key = nil }
        free += leaving
        leaving.removeAll(keepingCapacity: true)
    }

    private mutating func addCell(_ key: Key, hash: UInt32) -> Int {
        let slot = free.popLast() ?? cells.count
        let cell = Cell(key: key, hash: hash)
        if slot == cells.count { cells.append(cell) } else { cells[slot] = cell }
        addNode(slot)
        table.insert(slot, hash: hash)
        return slot
    }

    private mutating func addNode(_ slot: Int) {
        let hash = eviction == .wTinyLFU ? cells[slot].key.map { StableHash.of($0) } : nil
        lists.add(slot: slot, hash: hash ?? 0)
    }

    /// A new policy for empty lists; whoever has an entry in them places it again.
    private mutating func startOver(_ rule: EvictionRule) {
        for slot in entrySlots { lists.mark(slot, 0) }
        for list in EvictionList.allCases where list.isGhost {
            while let ghost = lists.tail(of: list) { lists.forget(ghost) }
        }
        if policy.hand != nil { lists.logHand(nil) }
        if policy.target ?? 0 > 0 { lists.logTarget(0) }
        clearDeparted()
        lists.clear()
        eviction = rule
        policy = rule.policy(capacity: policy.capacity, seed: seed)
    }

    private mutating func fill(_ slot: Int, _ value: Value, ttl: Instant.Duration?, at now: Instant) {
        stores += 1
        cells[slot].value = value
        cells[slot].stored = now
        cells[slot].expires = ttl.map { now.advanced(by: $0) }
        cells[slot].number = stores
        if let expires = cells[slot].expires {
            deadlines.insert(Deadline(expires: expires, number: stores, slot: slot))
        }
    }

    private mutating func drop(_ slot: Int, _ reason: SlotStep.Kind) {
        policy.remove(slot, reason, in: &lists)
        clearDeparted()
    }

    /// Values go with their entries; cells go when not even a ghost is left.
    private mutating func clearDeparted() {
        while let slot = lists.popDeparted() {
            guard cells[slot].isKnown, !lists.isEntry(slot) else { continue }
            cells[slot].value = nil
            cells[slot].stored = nil
            cells[slot].number = 0
            guard lists.number(of: slot) == nil else { continue }
            cells[slot].isKnown = false
            table.remove(slot, hash: cells[slot].hash)
            leaving.append(slot)
        }
    }

    private mutating func purge(at now: Instant) {
        while let next = deadlines.min, next.expires <= now {
            deadlines.removeMin()
            if cells[next.slot].number == next.number { drop(next.slot, .expired) }
        }
    }

    /// Drops the deadlines of entries that are no longer there, once they are the larger part.
    private mutating func compact() {
        guard deadlines.count > 2 * lists.entries + 16 else { return }
        deadlines = Heap(deadlines.unordered.filter { cells[$0.slot].number == $0.number })
    }
}

extension BoundedCache: Sendable where Key: Sendable, Value: Sendable {}
extension BoundedCache.Cell: Sendable where Key: Sendable, Value: Sendable {}
extension BoundedCache.Deadline: Sendable {}
extension BoundedCache.Lookup: Sendable where Value: Sendable {}
extension BoundedCache.Lookup: Equatable where Value: Equatable {}
