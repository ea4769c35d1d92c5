import Trace

/// The write path of a cache at a cursor: what is in memory only, and what became of it.
public struct WriteState: Hashable, Sendable {
    /// A key whose newest value has not reached the backend.
    public struct DirtyKey: Hashable, Sendable, Identifiable {
        public var key: NameID
        /// The first write that is in memory only, and the last.
        public var since: VirtualTime
        public var written: VirtualTime
        /// How many acknowledged writes are in memory only: all but the last were replaced before a flush.
        public var writes: Int
        /// Whether a flush is writing it.
        public var isFlushing: Bool
        /// Flushes that have failed to write it.
        public var failures: Int
        /// Whether the cache still has it: a dirty key that was evicted is on its way to the backend.
        public var isInCache: Bool
        /// The last write.
        public var event: EventID
        public var id: NameID { key }

        /// Nanoseconds since its first write that is in memory only.
        public func age(at time: VirtualTime) -> Int64 { max(0, time.nanoseconds - since.nanoseconds) }
    }

    /// Dirty keys that are written together.
    public struct Flush: Hashable, Sendable {
        public var from: VirtualTime
        /// `nil`: under way at the cursor.
        public var to: VirtualTime?
        /// Keys that have reached the backend so far, and those that failed to.
        public var flushed: Int
        public var failed: Int
        /// The event that began it.
        public var event: EventID
    }

    /// An acknowledged write that a crash took.
    public struct Loss: Hashable, Sendable {
        public var key: NameID
        public var time: VirtualTime
        /// When it was written last.
        public var written: VirtualTime
        /// Acknowledged writes that are gone: none of them had reached the backend.
        public var writes: Int
        public var event: EventID
    }

    public var cache: NameID
    /// As scenarios name it; `nil`: the trace does not tell.
    public var strategy: String?
    /// The longest dirty first.
    public var dirty: [DirtyKey]
    /// Those under way at the cursor, in the order in which they began.
    public var flushing: [Flush]
    /// The last that has ended; `nil`: none has.
    public var lastFlush: Flush?
    /// When the next one begins by the clock, and not because a dirty key is evicted; `nil`: none does.
    public var nextFlush: VirtualTime?
    /// In order of time.
    public var losses: [Loss]
    /// So far: writes, and those that replaced a dirty value.
    public var written: Int
    public var coalesced: Int
    /// Most keys that were dirty at once so far.
    public var maxDirty: Int
    public var settings: ComponentSettings

    /// Acknowledged writes that are in memory only.
    public var unsavedWrites: Int { dirty.reduce(0) { $0 + $1.writes } }
    /// Acknowledged writes that crashes took.
    public var lostWrites: Int { losses.reduce(0) { $0 + $1.writes } }
    /// Acknowledged writes that are neither in memory only nor lost.
    public var durableWrites: Int { max(0, written - unsavedWrites - lostWrites) }

    /// `nil`: there is no cache of that name. As ``CacheState/init(_:_:at:)``, and O(losses + dirty keys · log n).
    public init?(_ index: TraceIndex, _ cache: NameID, at cursor: Cursor) {
        guard let activity = index.activity.cache(named: cache) else { return nil }
        let trace = index.trace
        let now = cursor.eventCount
        let window = Window(trace, through: cursor)
        self.cache = cache
        settings = activity.settings(at: now, in: trace)
        strategy = settings.choice("writes")
        let stays = activity.writes.dirty.stays(at: now)
        let contents = stays.isEmpty ? nil : activity.history.contents(at: now, in: trace)
        let begun = activity.writes.flushes.prefix(activity.writes.flushes.prefixCount { Int($0.from) <= now })
        let endless = begun.filter { $0.to == 0 }
        dirty = stays.compactMap { DirtyKey(activity.writes.stays[$0], contents, endless, at: cursor, in: trace) }
            .sorted { ($0.since, $0.event) < ($1.since, $1.event) }
        flushing = begun.filter { !cursor.includes(EventID($0.to)) }.map { Flush($0, at: cursor, in: trace) }
        lastFlush = begun.filter { cursor.includes(EventID($0.to)) }.max { $0.to < $1.to }
            .map { Flush($0, at: cursor, in: trace) }
        nextFlush = activity.writes.flushes.dropFirst(begun.count).lazy
            .map { trace.events[Int($0.from) - 1] }.first { trace[$0.cause]?.kind != .cacheEvicted }?.time
        losses = activity.writes.losses.prefix { Int($0.event) <= now }.map { event, stay in
            Loss(event, activity.writes.stays[stay], in: trace)
        }
        written = activity.value(.written, in: window)
        coalesced = activity.value(.coalesced, in: window)
        maxDirty = activity.value(.maxDirty, in: window)
    }
}

extension WriteState.DirtyKey {
    /// `nil`: none of its writes has happened.
    ///
    /// - Parameter endless: flushes under way that the end of the run cuts short: the trace tells no end of theirs.
    init?(
        _ stay: WriteActivity.Stay, _ contents: CacheContents?, _ endless: [WriteActivity.Flush], at cursor: Cursor,
        in trace: Trace
    ) {
        let known = stay.writes.prefix { cursor.includes(EventID($0)) }
        guard let first = known.first, let last = known.last else { return nil }
        key = stay.key
        since = trace.events[Int(first) - 1].time
        written = trace.events[Int(last) - 1].time
        writes = known.count
        let begun = stay.attempts.filter { cursor.includes(EventID($0.from)) }
        isFlushing =
            begun.contains { !cursor.includes(EventID($0.to)) }
            || endless.contains { flush in
                !begun.contains { $0.from == flush.from } && flush.takes(stay.key, since: first, in: trace)
            }
        failures = begun.count { attempt in
            cursor.includes(EventID(attempt.to)) && trace[EventID(attempt.to)]?.outcome.isSuccess == false
        }
        isInCache = contents?.holds(stay.key) ?? false
        event = EventID(last)
    }
}

extension WriteActivity.Flush {
    /// Whether it is about a key that is dirty since an event: the one that was evicted, or all.
    fileprivate func takes(_ key: NameID, since write: UInt32, in trace: Trace) -> Bool {
        let cause = trace[EventID(from)].flatMap { trace[$0.cause] }
        return cause?.kind == .cacheEvicted ? cause?.detail == key : write < from
    }
}

extension WriteState.Flush {
    init(_ flush: WriteActivity.Flush, at cursor: Cursor, in trace: Trace) {
        let now = UInt32(clamping: cursor.eventCount)
        from = trace.events[Int(flush.from) - 1].time
        to = cursor.includes(EventID(flush.to)) ? trace.events[Int(flush.to) - 1].time : nil
        flushed = flush.flushed.count(through: now)
        failed = flush.failed.count(through: now)
        event = EventID(flush.from)
    }
}

extension WriteState.Loss {
    init(_ event: UInt32, _ stay: WriteActivity.Stay, in trace: Trace) {
        let loss = trace.events[Int(event) - 1]
        let last = stay.writes.last.map { trace.events[Int($0) - 1].time }
        key = stay.key
        time = loss.time
        written = last ?? loss.time
        writes = stay.writes.count
        self.event = EventID(event)
    }
}
