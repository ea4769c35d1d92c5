import Analysis
import Testing
import Trace

/// What is in a cache once so many events have happened, found by reading all of them again, with lists as arrays.
struct NaiveCache {
    private(set) var lists: [CacheList: [NameID]] = [:]
    private(set) var stored: [NameID: Event] = [:]
    private(set) var marks: [NameID: Int64] = [:]
    private(set) var hand = NameID.none
    private(set) var target: Int64?
    /// The writes of each dirty key that no flush has taken.
    private(set) var pending: [NameID: [Int]] = [:]
    private(set) var lost = 0
    private(set) var maxDirty = 0
    private var flushStarts: [SpanID: Int] = [:]

    var entries: [NameID] { CacheList.allCases.filter { !$0.isGhost }.flatMap { lists[$0] ?? [] } }
    var ghosts: [NameID] { CacheList.allCases.filter(\.isGhost).flatMap { lists[$0] ?? [] } }

    init(_ trace: Trace, _ cache: NameID, events: Int) {
        for (place, event) in trace.events.prefix(events).enumerated() where event.component == cache {
            add(event, place)
            maxDirty = max(maxDirty, pending.count)
        }
    }

    private mutating func take(_ key: NameID) {
        for list in CacheList.allCases { lists[list]?.removeAll { $0 == key } }
    }

    private mutating func drop(_ key: NameID) {
        guard entries.contains(key) else { return }
        take(key)
        (stored[key], marks[key]) = (nil, nil)
    }

    private mutating func add(_ event: Event, _ place: Int) {
        let key = event.detail
        switch event.kind {
        case .cacheStored:
            stored[key] = event
            if !entries.contains(key) {
                take(key)
                lists[.main, default: []].insert(key, at: 0)
            }
        case .cachePlaced:
            guard let list = CacheList(rawValue: UInt8(event.value)) else { return }
            take(key)
            lists[list, default: []].insert(key, at: 0)
            if list.isGhost { (stored[key], marks[key]) = (nil, nil) }
        case .cacheMarked: marks[key] = event.value
        case .cacheEvicted, .cacheRemoved: drop(key)
        case .cacheMiss where event.value == 1: drop(key)
        case .cacheInvalidated: drop(key)
        case .cacheForgotten: take(key)
        case .cacheHandMoved: hand = key
        case .cacheTargetMoved: target = event.value
        case .cacheEmptied:
            (lists, stored, marks, hand) = ([:], [:], [:], .none)
            if target != nil { target = 0 }
        case .backgroundStarted: flushStarts[event.span] = place
        case .cacheDirtied: pending[key, default: []].append(place)
        case .cacheFlushed where event.outcome == .ok:
            let start = flushStarts[event.span] ?? .max
            let newer = pending[key]?.filter { $0 > start } ?? []
            pending[key] = newer.isEmpty ? nil : newer
        case .cacheLost:
            pending[key] = nil
            lost += 1
        default: break
        }
    }

    func check(_ state: CacheState) {
        #expect(state.entries.map(\.key) == entries)
        #expect(state.ghosts.map(\.key) == ghosts)
        #expect(state.hand == (entries.contains(hand) ? hand : nil))
        #expect(state.target == target.map { Int($0) })
        for entry in state.entries {
            #expect(lists[entry.list]?.contains(entry.key) == true)
            #expect(entry.stored == stored[entry.key]?.time && entry.mark == marks[entry.key] ?? 0)
            let ttl = stored[entry.key]?.value ?? 0
            #expect(entry.expires == (ttl < 0 ? nil : entry.stored.advanced(byNanoseconds: ttl)))
            #expect(entry.isDirty == (pending[entry.key] != nil))
        }
    }

    func check(_ state: WriteState, _ trace: Trace) {
        #expect(Set(state.dirty.map(\.key)) == Set(pending.keys))
        #expect(state.unsavedWrites == pending.values.reduce(0) { $0 + $1.count })
        #expect(state.losses.count == lost && state.maxDirty == maxDirty)
        for key in state.dirty {
            #expect(pending[key.key]?.first.map { trace.events[$0].time } == key.since)
            #expect(pending[key.key]?.last.map { trace.events[$0].time } == key.written)
            #expect(key.isInCache == entries.contains(key.key))
        }
    }
}
