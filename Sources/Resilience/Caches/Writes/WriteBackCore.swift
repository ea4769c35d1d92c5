/// The writes that a cache has acknowledged and its store does not have yet: write-back, also called write-behind.
///
/// A value without clock. A key is dirty from its first such write until the store has its newest value. A later value
/// takes the place of one that still waits (Oracle Coherence), and the wait goes on as before: what can be lost is at
/// most as old as the wait and one flush. Of one key one write at a time is on its way, but for what was discarded.
///
/// Writes are O(log n); a flush is that for each key. Times are expected not to go back.
public struct WriteBackCore<Key: Hashable & Sendable, Value: Sendable, Instant: InstantProtocol>: Sendable
where Instant.Duration == Duration {
    public private(set) var rules: WriteBackRules
    private var entries: [Key: Entry] = [:]
    private var queues = WriteBackQueues<Key>()
    private var time: ElapsedTime<Instant>
    /// One of the moments of a flush at fixed times.
    private var origin: Int64 = 0
    private var writes: UInt64 = 0

    private struct Waiting: Sendable {
        var value: Value
        var number: UInt64
        /// The first write whose value this one has replaced, or its own.
        var first: UInt64
        var since: Int64
        var lane: WriteBackQueues<Key>.Lane
    }

    private struct Entry: Sendable {
        var waiting: Waiting?
        var flying: WriteBackEntry<Key, Value>?

        var first: UInt64 { flying?.first ?? waiting?.first ?? 0 }
    }

    /// - Parameter start: the moment from which the times of a flush at fixed times are counted.
    public init(_ rules: WriteBackRules, at start: Instant) {
        self.rules = rules
        time = ElapsedTime(since: start)
    }

    // MARK: Writes

    /// A value is written. Unless the answer is `full`, it may be acknowledged.
    @discardableResult public mutating func write(_ key: Key, _ value: Value, at now: Instant) -> WriteBackAnswer {
        let now = time.nanoseconds(at: now)
        var entry = entries[key]
        if entry == nil, let maxDirty = rules.maxDirty, entries.count >= maxDirty { return .full }
        writes += 1
        if entry?.waiting != nil {
            entry?.waiting?.value = value
            entry?.waiting?.number = writes
            entries[key] = entry
            return .coalesced
        }
        let waiting = Waiting(value: value, number: writes, first: writes, since: now, lane: .fresh)
        entries[key, default: Entry()].waiting = waiting
        if entry == nil { enqueue(key) }
        return .queued
    }

    /// The store has a newer value by another way: nothing of the key is dirty any more. A write of it that is on its
    /// way may still arrive after that one, but is not tried again.
    ///
    /// - Returns: whether it was dirty.
    @discardableResult public mutating func discard(_ key: Key) -> Bool {
        queues.remove(key)
        return entries.removeValue(forKey: key) != nil
    }

    // MARK: What is dirty

    /// Keys whose newest value is not in the store.
    public var count: Int { entries.count }
    public var isEmpty: Bool { entries.isEmpty }
    public func isDirty(_ key: Key) -> Bool { entries[key] != nil }
    /// Whether a write of the key is on its way.
    public func isFlying(_ key: Key) -> Bool { entries[key]?.flying != nil }
    /// The newest value of a dirty key.
    public func value(of key: Key) -> Value? { entries[key].flatMap { $0.waiting?.value ?? $0.flying?.value } }

    /// Dirty keys with their newest values, in the order of their first writes that are not in the store. O(n log n).
    public var dirty: [WriteBackEntry<Key, Value>] {
        entries.compactMap { key, entry in
            guard let waiting = entry.waiting else { return entry.flying }
            return WriteBackEntry(key: key, value: waiting.value, number: waiting.number, first: entry.first)
        }
        .sorted { $0.first < $1.first }
    }

    // MARK: Flushes

    /// How long until ``take(at:)`` has something; `nil`: nothing waits.
    public mutating func timeToFlush(at now: Instant) -> Duration? {
        let now = time.nanoseconds(at: now)
        var next: Int64?
        for lane in WriteBackQueues<Key>.Lane.allCases {
            if let place = queues.first(lane) { next = min(next ?? .max, due(place, lane)) }
        }
        return next.map { .nanoseconds(max(0, $0 - now)) }
    }

    /// What is to be written now, at most a batch: tell how it ends with ``flushed(_:)`` or ``failed(_:at:)``.
    ///
    /// Those in a hurry go first, then those that failed before, then the others; each by its first write.
    public mutating func take(at now: Instant) -> [WriteBackEntry<Key, Value>] {
        let now = time.nanoseconds(at: now)
        var batch: [WriteBackEntry<Key, Value>] = []
        for lane in WriteBackQueues<Key>.Lane.allCases {
            while batch.count < rules.batch ?? .max, let next = queues.first(lane), due(next, lane) <= now {
                guard let entry = fly(next.key) else { break }
                batch.append(entry)
            }
        }
        return batch
    }

    /// The write of one key, whenever it would be due. `nil`: nothing of it waits, or a write of it is on its way.
    public mutating func take(_ key: Key) -> WriteBackEntry<Key, Value>? {
        entries[key]?.flying == nil ? fly(key) : nil
    }

    /// A key goes with the next flush: it is about to be evicted.
    public mutating func hurry(_ key: Key) {
        guard let entry = entries[key], entry.waiting != nil else { return }
        entries[key]?.waiting?.lane = .hurried
        if entry.flying == nil { enqueue(key) }
    }

    /// All that waits goes with the next flush: the cache is about to end.
    public mutating func hurryAll() {
        for entry in dirty { hurry(entry.key) }
    }

    /// Writes have reached the store.
    public mutating func flushed(_ batch: [WriteBackEntry<Key, Value>]) {
        for written in batch where entries[written.key]?.flying?.number == written.number {
            entries[written.key]?.flying = nil
            if entries[written.key]?.waiting == nil { entries[written.key] = nil } else { enqueue(written.key) }
        }
    }

    /// Writes have failed, and are tried again later; where a newer value has been written meanwhile, that one is.
    ///
    /// - Returns: those for which there is a newer one.
    @discardableResult public mutating func failed(
        _ batch: [WriteBackEntry<Key, Value>], at now: Instant
    ) -> [WriteBackEntry<Key, Value>] {
        let now = time.nanoseconds(at: now)
        var superseded: [WriteBackEntry<Key, Value>] = []
        for entry in batch where entries[entry.key]?.flying?.number == entry.number {
            var waiting = Waiting(
                value: entry.value, number: entry.number, first: entry.first, since: now,
                lane: rules.retry == nil ? .fresh : .retried)
            if let newer = entries[entry.key]?.waiting {
                (waiting.value, waiting.number) = (newer.value, newer.number)
                superseded.append(entry)
            }
            entries[entry.key] = Entry(waiting: waiting)
            enqueue(entry.key)
        }
        return superseded
    }

    // MARK: Ends and changes

    /// Memory is lost. Nothing is dirty any more; what is on its way may or may not arrive.
    ///
    /// - Returns: what was dirty, in order.
    public mutating func crash() -> [WriteBackEntry<Key, Value>] {
        defer { (entries, queues) = ([:], WriteBackQueues()) }
        return dirty
    }

    /// Takes other rules, for what is dirty too. Fixed times are counted from now if they differ.
    public mutating func change(_ rules: WriteBackRules, at now: Instant) {
        if rules.flush != self.rules.flush { origin = time.nanoseconds(at: now) }
        self.rules = rules
    }

    /// Places in queues that are kept in memory, for the tests that bound it.
    var footprint: Int { queues.footprint }
}

// Who is next.
extension WriteBackCore {
    /// When a place in a lane comes up, in ns.
    private func due(_ place: WriteBackQueues<Key>.Place, _ lane: WriteBackQueues<Key>.Lane) -> Int64 {
        switch lane {
        case .hurried: 0
        case .retried: place.since.addingClamped((rules.retry ?? .zero).clampedNanoseconds)
        case .fresh: due(since: place.since)
        }
    }

    /// The first fixed time after that moment, or the end of the wait from it.
    private func due(since: Int64) -> Int64 {
        switch rules.flush {
        case .after(let delay): return since.addingClamped(delay.clampedNanoseconds)
        case .every(let interval):
            let interval = interval.clampedNanoseconds
            let ticks = max(0, since - origin) / interval + 1
            return origin.addingClamped(ticks.multipliedClamped(by: interval))
        }
    }

    private mutating func enqueue(_ key: Key) {
        guard let waiting = entries[key]?.waiting else { return }
        let since = waiting.lane == .hurried ? 0 : waiting.since
        queues.insert(key, in: waiting.lane, since: since, first: waiting.first)
    }

    private mutating func fly(_ key: Key) -> WriteBackEntry<Key, Value>? {
        guard let waiting = entries[key]?.waiting else { return nil }
        let entry = WriteBackEntry(key: key, value: waiting.value, number: waiting.number, first: waiting.first)
        entries[key] = Entry(flying: entry)
        queues.remove(key)
        return entry
    }
}
