import Analysis
import Trace

/// What happened in each cache of a run, but for the steps of eviction: so that its last look-ups, and what became of a
/// key, are found without a walk through the whole run.
struct CacheRecords: Sendable {
    private struct Record: Sendable {
        var events: [UInt32] = []
        /// Look-ups that are answered in the whole run.
        var lookups = 0
        var isWritten = false
        /// The most keys that are dirty at once.
        var mostDirty = 0
    }

    private var records: [Record] = []
    /// Whether a cache calls a backend that no client waits for: it loads again, or flushes.
    private(set) var hasBackgroundWork = false
    /// The place of each cache among the records.
    private let places: [NameID: Int]

    /// O(events) for a run with caches.
    init(_ trace: Trace) {
        let caches = trace.components(.cache).map(\.name)
        places = Dictionary(caches.enumerated().map { ($1, $0) }) { first, _ in first }
        guard !caches.isEmpty else { return }
        records = Array(repeating: Record(), count: caches.count)
        // The place by the number of the name: there are as many events as a run has steps.
        var numbers = [Int](repeating: -1, count: trace.names.names.count)
        for (cache, place) in places where Int(cache.rawValue) < numbers.count { numbers[Int(cache.rawValue)] = place }
        for (position, event) in trace.events.enumerated() {
            if event.kind == .backgroundStarted { hasBackgroundWork = true }
            guard Self.isKept(event.kind) else { continue }
            let number = Int(event.component.rawValue)
            guard number < numbers.count, numbers[number] >= 0 else { continue }
            let place = numbers[number]
            records[place].events.append(UInt32(position + 1))
            switch event.kind {
            case .cacheHit, .cacheMiss: records[place].lookups += 1
            case .cacheWritten: records[place].isWritten = true
            case .cacheDirtied:
                records[place].isWritten = true
                records[place].mostDirty = max(records[place].mostDirty, Int(clamping: event.value))
            default: break
            }
        }
    }

    private func record(of cache: NameID) -> Record? { places[cache].map { records[$0] } }

    func lookupCount(of cache: NameID) -> Int { record(of: cache)?.lookups ?? 0 }
    func isWritten(_ cache: NameID) -> Bool { record(of: cache)?.isWritten ?? false }
    func mostDirty(in cache: NameID) -> Int { record(of: cache)?.mostDirty ?? 0 }

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
        guard let all = record(of: cache)?.events else { return [] }
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
        last(.cacheWritten, of: key, cache, before: id, in: trace)
    }

    /// The last time that a key was stored before an event.
    func store(of key: NameID, in cache: NameID, before id: EventID, in trace: Trace) -> Event? {
        last(.cacheStored, of: key, cache, before: id, in: trace)
    }

    private func last(
        _ kind: EventKind, of key: NameID, _ cache: NameID, before id: EventID, in trace: Trace
    ) -> Event? {
        guard let first = trace[id] else { return nil }
        let before = Cursor(time: first.time, eventCount: Int(id.rawValue) - 1)
        return events(of: cache, at: before).reversed().lazy.compactMap { trace[EventID($0)] }
            .first { $0.kind == kind && $0.detail == key }
    }
}
