import Trace

/// A cache at a cursor: what is in it, in the order in which its eviction keeps it.
public struct CacheState: Hashable, Sendable {
    public struct Entry: Hashable, Sendable, Identifiable {
        public var key: NameID
        public var list: CacheList
        /// A reference bit, or how often it was used: see ``EventKind/cacheMarked``.
        public var mark: Int64
        public var stored: VirtualTime
        /// `nil`: never. It may have expired: an expired entry stays until a look-up finds it.
        public var expires: VirtualTime?
        /// When it was found or stored last.
        public var used: VirtualTime
        /// Whether it was written to the cache and has not reached the backend.
        public var isDirty: Bool
        /// The event that stored it.
        public var event: EventID
        public var id: NameID { key }

        /// Nanoseconds since it was stored.
        public func age(at time: VirtualTime) -> Int64 { max(0, time.nanoseconds - stored.nanoseconds) }

        /// Nanoseconds until it expires, below 0 once it has; `nil`: it does not.
        public func timeLeft(at time: VirtualTime) -> Int64? { expires.map { $0.nanoseconds - time.nanoseconds } }

        /// How much of its time to live is left, 0...1; `nil`: it does not expire.
        public func shareLeft(at time: VirtualTime) -> Double? {
            guard let expires else { return nil }
            let whole = Double(expires.nanoseconds) - Double(stored.nanoseconds)
            return whole > 0 ? min(1, max(0, Double(expires.nanoseconds - time.nanoseconds) / whole)) : 0
        }
    }

    /// A key that is remembered without its value.
    public struct Ghost: Hashable, Sendable {
        public var key: NameID
        public var list: CacheList
    }

    public var cache: NameID
    /// List by list in the order of ``CacheList``, each from its head: the tail goes first, but for rules that spare
    /// marked entries, and for `lfu`, which looks at the mark before the place.
    public var entries: [Entry]
    public var ghosts: [Ghost]
    /// The entry that the hand points at; `nil`: it is at the tail, or there is none.
    public var hand: NameID?
    /// The size in entries that ARC aims at for ``CacheList/recent``; `nil`: the trace does not tell.
    public var target: Int?
    /// `nil`: no limit, or the trace does not tell.
    public var capacity: Int?
    /// As scenarios name it; `nil`: the trace does not tell.
    public var eviction: String?
    /// The write strategy, as scenarios name it; `nil`: the trace does not tell.
    public var writes: String?
    public var settings: ComponentSettings

    /// The lists that have entries, in the order of ``CacheList``.
    public var lists: [CacheList] {
        CacheList.allCases.filter { list in entries.contains { $0.list == list } }
    }

    public func entries(in list: CacheList) -> [Entry] { entries.filter { $0.list == list } }
    public func entry(_ key: NameID) -> Entry? { entries.first { $0.key == key } }

    /// `nil`: there is no cache of that name. O(log n + entries + ghosts), and a pass over a row of bytes as long as
    /// the trace has names.
    public init?(_ index: TraceIndex, _ cache: NameID, at cursor: Cursor) {
        guard let activity = index.activity.cache(named: cache) else { return nil }
        let trace = index.trace
        let contents = activity.history.contents(at: cursor.eventCount, in: trace)
        let dirty = activity.writes.keys(at: cursor.eventCount)
        self.cache = cache
        entries = []
        ghosts = []
        for item in contents.items {
            if item.list.isGhost {
                ghosts.append(Ghost(key: item.key, list: item.list))
            } else {
                entries.append(Entry(item, isDirty: dirty.contains(item.key), in: trace))
            }
        }
        let pointed = contents.hand
        hand = contents.holds(pointed) ? pointed : nil
        target = contents.target.map { Int(clamping: $0) }
        settings = activity.settings(at: cursor.eventCount, in: trace)
        capacity = settings["capacity"].map { Int(clamping: $0) }
        eviction = settings.choice("eviction")
        writes = settings.choice("writes")
    }
}

extension CacheState.Entry {
    init(_ item: CacheContents.Item, isDirty: Bool, in trace: Trace) {
        let store = trace.events[Int(item.stored) - 1]
        key = item.key
        list = item.list
        mark = item.mark
        stored = store.time
        expires = item.expires(in: trace)
        used = trace.events[Int(item.used) - 1].time
        self.isDirty = isDirty
        event = EventID(item.stored)
    }
}

extension CacheContents.Item {
    /// `nil`: never, or the trace does not tell.
    func expires(in trace: Trace) -> VirtualTime? {
        let store = trace.events[Int(stored) - 1]
        guard store.kind == .cacheStored, store.value >= 0, store.value < .max else { return nil }
        return store.time.advanced(byNanoseconds: store.value)
    }
}
