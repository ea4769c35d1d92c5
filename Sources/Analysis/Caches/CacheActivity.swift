import Trace

/// What happened at a cache.
struct CacheActivity: Sendable {
    let name: NameID
    /// The events behind each count, ascending.
    private var events = [[UInt32]](repeating: [], count: CacheCount.allCases.count)
    /// Entries removed by all invalidations so far.
    private(set) var invalidated = StepSeries()
    private(set) var history: CacheHistory
    private(set) var writes = WriteActivity()
    private(set) var settings = SettingHistory()

    init(name: NameID, names: Int) {
        self.name = name
        history = CacheHistory(names: names)
    }

    private mutating func count(_ count: CacheCount, _ id: UInt32) { events[Int(count.rawValue)].append(id) }

    mutating func add(_ event: Event, id: UInt32, trace: Trace, records: [SpanRecord]) {
        switch event.kind {
        case .cacheConfigured: return settings.add(event, id: id, trace: trace)
        case .cacheLookup: return count(.lookups, id)
        case .cacheAbandoned: return count(.abandoned, id)
        case .cacheStaleServed: return count(.stale, id)
        case .cacheExpiredServed: return count(.expiredServed, id)
        case .cacheJoined: return count(.joined, id)
        case .backgroundStarted: return addBackground(event, id: id, trace: trace, records: records)
        case .cacheWritten:
            if event.value == 1 { count(.coalesced, id) }
            return count(.written, id)
        case .cacheDirtied: return writes.write(event, id: id)
        case .cacheFlushed: return writes.flush(event, id: id, since: Self.background(of: event, trace, records))
        case .cacheLost:
            count(.lost, id)
            return writes.lose(event, id: id)
        case .cacheHit: count(.hits, id)
        case .cacheMiss:
            count(.misses, id)
            guard event.value == 1 else { return }
            count(.expired, id)
        case .cacheStored: count(.stored, id)
        case .cacheEvicted: count(.evictions, id)
        case .cacheInvalidated:
            count(.invalidated, id)
            invalidated.add(max(0, event.value), event: id, time: event.time)
        case .cacheRemoved, .cacheEmptied, .cachePlaced, .cacheMarked, .cacheHandMoved, .cacheForgotten,
            .cacheTargetMoved:
            break
        default: return
        }
        history.add(event, id: id)
    }

    private mutating func addBackground(_ event: Event, id: UInt32, trace: Trace, records: [SpanRecord]) {
        let span = Int(event.span.rawValue)
        guard span < records.count, records[span].opened == id else { return }
        switch trace.name(event.detail) {
        case "flush":
            count(.flushes, id)
            writes.begin(flush: id, until: records[span].closed)
        case "refresh", "early": count(.refreshes, id)
        default: break
        }
    }

    /// The event that began the background work in which something happens; 0: it is not known.
    private static func background(of event: Event, _ trace: Trace, _ records: [SpanRecord]) -> UInt32 {
        var span = Int(event.span.rawValue)
        // A parent has the smaller number, so this ends.
        while span != 0, span < records.count, records[span].opened != 0 {
            let first = trace.events[Int(records[span].opened) - 1]
            if first.kind == .backgroundStarted { return records[span].opened }
            let parent = Int(first.parent.rawValue)
            guard parent < span else { return 0 }
            span = parent
        }
        return 0
    }

    mutating func seal() {
        history.seal()
        writes.seal()
    }

    // MARK: Questions

    func value(_ count: CacheCount, in window: Window) -> Int {
        let end = window.events.upperBound
        return switch count {
        case .invalidated: Int(invalidated.value(at: end) - invalidated.value(at: window.events.lowerBound))
        case .dirty: Int(writes.dirty.count.value(at: end))
        case .maxDirty: Int(writes.dirty.count.maximum(in: window))
        case .entries: Int(history.entryCount.value(at: end))
        default: events[Int(count.rawValue)].places(in: window).count
        }
    }

    func settings(at eventCount: Int, in trace: Trace) -> ComponentSettings {
        settings.settings(at: eventCount, in: trace)
    }
}

extension EventKind {
    /// Whether a cache sends it, background work aside.
    public var isOfCache: Bool {
        (EventKind.cacheConfigured.rawValue...EventKind.cacheTargetMoved.rawValue).contains(rawValue)
    }
}
