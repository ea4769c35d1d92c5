import Analysis
import Trace

/// What happened in each cache of a run, but for the steps of eviction: so that its last look-ups, and what became of a
/// key, are found without a walk through the whole run.
struct CacheRecords: Sendable {
    private let events: [NameID: [UInt32]]
    /// Look-ups that are answered in the whole run.
    private let lookups: [NameID: Int]
    /// The most keys that are dirty at once, of caches that are written to.
    private let dirty: [NameID: Int]

    /// O(events) for a run with caches.
    init(_ trace: Trace) {
        var events: [NameID: [UInt32]] = [:]
        if !trace.components(.cache).isEmpty {
            for (position, event) in trace.events.enumerated() where Self.isKept(event.kind) {
                events[event.component, default: []].append(UInt32(position + 1))
            }
        }
        self.events = events
        dirty = events.compactMapValues { ids in
            var most: Int?
            for case let event? in ids.lazy.map({ trace[EventID($0)] }) {
                if event.kind == .cacheWritten { most = most ?? 0 }
                if event.kind == .cacheDirtied { most = max(most ?? 0, Int(clamping: event.value)) }
            }
            return most
        }
        lookups = events.mapValues { ids in
            ids.count { id in trace[EventID(id)].map { $0.kind == .cacheHit || $0.kind == .cacheMiss } ?? false }
        }
    }

    func isWritten(_ cache: NameID) -> Bool { dirty[cache] != nil }

    func mostDirty(in cache: NameID) -> Int { dirty[cache] ?? 0 }

    func lookupCount(of cache: NameID) -> Int { lookups[cache] ?? 0 }

    private static func isKept(_ kind: EventKind) -> Bool {
        switch kind {
        case .cacheHit, .cacheMiss, .cacheJoined, .cacheStaleServed, .cacheExpiredServed, .cacheStored, .cacheRemoved,
            .cacheEvicted, .cacheInvalidated, .cacheEmptied, .cacheWritten, .cacheDirtied, .cacheFlushed, .cacheLost:
            true
        default: false
        }
    }

    /// Those up to a cursor, in order. O(log n).
    func events(of cache: NameID, at cursor: Cursor) -> ArraySlice<UInt32> {
        guard let all = events[cache] else { return [] }
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if cursor.includes(EventID(all[middle])) { low = middle + 1 } else { high = middle }
        }
        return all[..<low]
    }

    /// How a key that was in a cache had left it before an event; `nil`: it had never been there.
    func departure(of key: NameID, from cache: NameID, before id: EventID, in trace: Trace) -> Event? {
        guard let first = trace[id] else { return nil }
        let before = Cursor(time: first.time, eventCount: Int(id.rawValue) - 1)
        // What emptied the cache counts only for a key that was in it.
        var emptied: Event?
        for id in events(of: cache, at: before).reversed() {
            guard let event = trace[EventID(id)] else { continue }
            switch event.kind {
            case .cacheEvicted where event.detail == key, .cacheRemoved where event.detail == key: return event
            case .cacheInvalidated where event.detail == key && event.value > 0: return event
            case .cacheEmptied: emptied = event
            case .cacheInvalidated where event.detail == .none: emptied = event
            case .cacheStored where event.detail == key: return emptied
            default: break
            }
        }
        return nil
    }

    /// The last write of a key before an event.
    func write(of key: NameID, to cache: NameID, before id: EventID, in trace: Trace) -> Event? {
        guard let first = trace[id] else { return nil }
        let before = Cursor(time: first.time, eventCount: Int(id.rawValue) - 1)
        return events(of: cache, at: before).reversed().lazy.compactMap { trace[EventID($0)] }
            .first { $0.kind == .cacheWritten && $0.detail == key }
    }
}
