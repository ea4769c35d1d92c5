import Collections

/// A cache whose entries are good for a time and then gone.
///
/// A value type without a clock: every call says what time it is, so it serves a server (`ContinuousClock.Instant`)
/// and a simulation alike. Times are expected not to go back.
///
/// An entry stored at `t` with time to live `ttl` is live while `now < t + ttl`, and expired from `now >= t + ttl` on:
/// the rule of Python's `cachetools.TTLCache`. Storing a key again starts its time anew; reading does not.
///
/// Expired entries are dropped by every call that stores or removes, so memory stays within a constant factor of the
/// largest number of entries that were live at once. There is no limit on that number.
public struct TTLCache<Key: Hashable, Value, Instant: InstantProtocol> {
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

    fileprivate struct Entry {
        var value: Value
        var stored: Instant
        var expires: Instant
        /// Tells a deadline in ``deadlines`` from those of earlier entries under the same key.
        var number: UInt64
    }

    fileprivate struct Deadline: Comparable {
        var expires: Instant
        var number: UInt64
        var key: Key

        static func < (left: Self, right: Self) -> Bool {
            left.expires == right.expires ? left.number < right.number : left.expires < right.expires
        }
        static func == (left: Self, right: Self) -> Bool { left.number == right.number }
    }

    private var entries: [Key: Entry] = [:]
    /// One for each entry, and some left over from entries replaced or removed; see ``compact()``.
    private var deadlines = Heap<Deadline>()
    private var stores: UInt64 = 0

    public init() {}

    /// Looks a key up; drops its entry if that has expired. O(1) on average.
    public mutating func get(_ key: Key, at now: Instant) -> Lookup {
        guard let entry = entries[key] else { return .absent }
        let age = entry.stored.duration(to: now)
        if now < entry.expires { return .hit(entry.value, age: age) }
        entries[key] = nil
        return .expired(age: age)
    }

    /// Stores a value for the duration `ttl`; with a `ttl` of zero or less the key is only removed.
    ///
    /// O(log n) amortised, n being the number of live entries.
    public mutating func set(_ key: Key, _ value: Value, at now: Instant, ttl: Instant.Duration) {
        purge(at: now)
        guard ttl > .zero else {
            entries[key] = nil
            return
        }
        stores += 1
        let entry = Entry(value: value, stored: now, expires: now.advanced(by: ttl), number: stores)
        entries[key] = entry
        deadlines.insert(Deadline(expires: entry.expires, number: stores, key: key))
        compact()
    }

    /// Removes a key. Returns whether it was live. O(log n) amortised.
    @discardableResult public mutating func invalidate(_ key: Key, at now: Instant) -> Bool {
        purge(at: now)
        let removed = entries.removeValue(forKey: key) != nil
        compact()
        return removed
    }

    /// Removes every key. Returns how many were live. O(n).
    @discardableResult public mutating func invalidateAll(at now: Instant) -> Int {
        let live = count(at: now)
        entries = [:]
        deadlines = []
        return live
    }

    /// The number of live entries. O(log n) amortised.
    public mutating func count(at now: Instant) -> Int {
        purge(at: now)
        return entries.count
    }

    /// Drops every entry that has expired. O(log n) for each.
    public mutating func purge(at now: Instant) {
        while let next = deadlines.min, next.expires <= now {
            deadlines.removeMin()
            if entries[next.key]?.number == next.number { entries[next.key] = nil }
        }
    }

    /// Deadlines kept in memory, for the tests that bound it.
    var footprint: Int { max(entries.count, deadlines.count) }

    /// Drops the deadlines of entries that are no longer there, once they are the larger part.
    private mutating func compact() {
        guard deadlines.count > 2 * entries.count + 16 else { return }
        deadlines = Heap(deadlines.unordered.filter { entries[$0.key]?.number == $0.number })
    }
}

extension TTLCache: Sendable where Key: Sendable, Value: Sendable {}
extension TTLCache.Entry: Sendable where Value: Sendable {}
extension TTLCache.Deadline: Sendable where Key: Sendable {}
extension TTLCache.Lookup: Sendable where Value: Sendable {}
extension TTLCache.Lookup: Equatable where Value: Equatable {}
