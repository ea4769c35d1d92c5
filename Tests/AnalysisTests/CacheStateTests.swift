import Analysis
import Testing
import Trace

/// What a cache holds, and what it has not written yet, at a cursor.
@Suite struct CacheStateTests {
    private static let cache = "memory"

    private static func builder() -> TraceBuilder {
        var builder = TraceBuilder()
        builder.declare(cache, .cache)
        builder.declare("sql", .backend)
        return builder
    }

    private func name(_ text: String, _ trace: Trace) throws -> NameID { try #require(trace.names.find(text)) }

    private func state(_ trace: Trace, _ time: Double) throws -> CacheState {
        try #require(
            CacheState(TraceIndex(trace), name(Self.cache, trace), at: trace.cursor(at: .milliseconds(time))))
    }

    private func writes(_ trace: Trace, _ time: Double) throws -> WriteState {
        try #require(
            WriteState(TraceIndex(trace), name(Self.cache, trace), at: trace.cursor(at: .milliseconds(time))))
    }

    private func keys(_ state: CacheState, _ list: CacheList, _ trace: Trace) -> [String] {
        state.entries(in: list).map { trace.name($0.key) }
    }

    @Test func entriesStandInTheOrderInWhichStepsPlacedThem() throws {
        var builder = Self.builder()
        for (time, key) in [(1.0, "a"), (2, "b"), (3, "c")] {
            builder.add(time, .cacheStored, Self.cache, key, value: 100_000_000)
            builder.add(time, .cachePlaced, Self.cache, key, value: Int64(CacheList.recent.rawValue))
        }
        builder.add(4, .cacheHit, Self.cache, "a", value: 3_000_000)
        builder.add(4, .cachePlaced, Self.cache, "a", value: Int64(CacheList.frequent.rawValue))
        builder.add(5, .cacheEvicted, Self.cache, "b", value: 3_000_000)
        builder.add(5, .cachePlaced, Self.cache, "b", value: Int64(CacheList.ghostRecent.rawValue))
        builder.add(5, .cacheTargetMoved, Self.cache, value: 1)
        builder.add(6, .cacheForgotten, Self.cache, "b")
        let trace = builder.trace
        #expect(try keys(state(trace, 3), .recent, trace) == ["c", "b", "a"])
        let hit = try state(trace, 4)
        #expect(keys(hit, .recent, trace) == ["c", "b"] && keys(hit, .frequent, trace) == ["a"])
        #expect(hit.lists == [.recent, .frequent] && hit.target == nil)
        #expect(try hit.entry(name("a", trace))?.used == .milliseconds(4))
        let evicted = try state(trace, 5)
        #expect(evicted.ghosts.map(\.list) == [.ghostRecent])
        #expect(try evicted.ghosts.map(\.key) == [name("b", trace)])
        #expect(evicted.entries.count == 2 && evicted.target == 1)
        #expect(try state(trace, 6).ghosts.isEmpty)
    }

    @Test func marksAndTheHandAreThoseOfTheLastStep() throws {
        var builder = Self.builder()
        for key in ["a", "b"] {
            builder.add(1, .cacheStored, Self.cache, key, value: -1)
            builder.add(1, .cachePlaced, Self.cache, key)
        }
        builder.add(2, .cacheMarked, Self.cache, "a", value: 1)
        builder.add(3, .cacheHandMoved, Self.cache, "b")
        builder.add(4, .cacheEvicted, Self.cache, "b")
        builder.add(5, .cacheHandMoved, Self.cache)
        let trace = builder.trace
        #expect(try state(trace, 2).entries.map(\.mark) == [0, 1] && state(trace, 2).hand == nil)
        #expect(try state(trace, 3).hand == name("b", trace))
        #expect(try state(trace, 4).hand == nil, "it cannot point at what is gone")
        #expect(try state(trace, 2).entries.map(\.expires) == [nil, nil], "no time to live")
    }

    @Test func anEntryAgesUntilALookUpFindsItExpired() throws {
        var builder = Self.builder()
        builder.add(10, .cacheStored, Self.cache, "a", value: 40_000_000)
        builder.add(60, .cacheMiss, Self.cache, "a", value: 1)
        builder.add(60, .cacheRemoved, Self.cache, "a")
        let trace = builder.trace
        let entry = try #require(state(trace, 20).entries.first)
        let time = VirtualTime.milliseconds(20)
        #expect(entry.age(at: time) == 10_000_000 && entry.timeLeft(at: time) == 30_000_000)
        #expect(entry.shareLeft(at: time) == 0.75 && entry.shareLeft(at: .milliseconds(55)) == 0)
        #expect(try state(trace, 55).entries.count == 1 && state(trace, 60).entries.isEmpty)
    }

    @Test func settingsAreThoseInForce() throws {
        var builder = Self.builder()
        builder.add(0, .cacheConfigured, Self.cache, "capacity", value: 100)
        builder.add(0, .cacheConfigured, Self.cache, "eviction=lru")
        builder.add(0, .cacheConfigured, Self.cache, "writes=back")
        builder.add(5, .cacheConfigured, Self.cache, "eviction=sieve")
        builder.add(6, .cacheConfigured, Self.cache, "capacity", value: -1)
        let trace = builder.trace
        let first = try state(trace, 0)
        #expect(first.capacity == 100 && first.eviction == "lru" && first.writes == "back")
        let last = try state(trace, 6)
        #expect(last.capacity == nil && last.eviction == "sieve")
        #expect(last.settings.entries.map(\.name) == ["eviction", "writes"])
    }

    // MARK: Writes

    private func write(_ builder: inout TraceBuilder, _ time: Double, _ key: String) {
        builder.add(time, .cacheWritten, Self.cache, key)
        builder.add(time, .cacheStored, Self.cache, key, value: -1)
        builder.add(time, .cacheDirtied, Self.cache, key)
    }

    @Test func aValueWrittenDuringAFlushStaysInMemoryOnly() throws {
        var builder = Self.builder()
        write(&builder, 1, "a")
        write(&builder, 2, "b")
        let flush = builder.open(10, .backgroundStarted, Self.cache, "flush")
        write(&builder, 15, "a")
        for key in ["a", "b"] { builder.add(20, .cacheFlushed, Self.cache, key, outcome: .ok, span: flush) }
        builder.happen(20, .backgroundFinished, flush, outcome: .ok)
        _ = builder.open(30, .backgroundStarted, Self.cache, "flush")
        let trace = builder.trace
        let before = try writes(trace, 5)
        #expect(before.dirty.map(\.key) == [try name("a", trace), try name("b", trace)])
        #expect(before.nextFlush == .milliseconds(10) && before.lastFlush == nil && before.flushing.isEmpty)
        #expect(before.dirty.map { $0.age(at: .milliseconds(5)) } == [4_000_000, 3_000_000])
        let during = try writes(trace, 16)
        #expect(during.dirty.map(\.isFlushing) == [true, true] && during.dirty.map(\.writes) == [2, 1])
        #expect(during.flushing.map(\.from) == [.milliseconds(10)] && during.unsavedWrites == 3)
        let after = try writes(trace, 20)
        #expect(after.dirty.map(\.since) == [.milliseconds(15)] && after.lastFlush?.flushed == 2)
        #expect(after.lastFlush?.to == .milliseconds(20) && after.nextFlush == .milliseconds(30))
        #expect(try state(trace, 20).entries.filter(\.isDirty).map(\.key) == [name("a", trace)])
    }

    /// What a write takes to the backend past the cache need not be flushed, but a value on its way there still is.
    @Test func aWritePastTheCacheTakesTheNewestValue() throws {
        var builder = Self.builder()
        write(&builder, 1, "a")
        write(&builder, 1, "b")
        let flush = builder.open(2, .backgroundStarted, Self.cache, "flush")
        builder.add(3, .cacheFlushed, Self.cache, "a", value: 2)
        builder.add(4, .cacheFlushed, Self.cache, "b", outcome: .ok, span: flush, value: 1)
        builder.add(5, .cacheFlushed, Self.cache, "a", value: 0)
        let trace = builder.trace
        #expect(try [2.0, 3, 4, 5].map { try writes(trace, $0).dirty.count } == [2, 2, 1, 0])
    }

    @Test func aFailedFlushLeavesItsKeysDirty() throws {
        var builder = Self.builder()
        write(&builder, 1, "a")
        let flush = builder.open(10, .backgroundStarted, Self.cache, "flush")
        builder.add(20, .cacheFlushed, Self.cache, "a", outcome: .failed, span: flush)
        builder.happen(20, .backgroundFinished, flush, outcome: .failed)
        let state = try writes(builder.trace, 20)
        #expect(state.dirty.map(\.failures) == [1] && state.dirty.map(\.isFlushing) == [false])
        #expect(state.lastFlush?.failed == 1 && state.lastFlush?.flushed == 0)
    }

    @Test func aCrashLosesWhatIsInMemoryOnly() throws {
        var builder = Self.builder()
        write(&builder, 1, "a")
        write(&builder, 5, "a")
        builder.add(9, .cacheEmptied, Self.cache, "crash", value: 1)
        builder.add(9, .cacheLost, Self.cache, "a", value: 4_000_000)
        let trace = builder.trace
        #expect(try state(trace, 9).entries.isEmpty)
        let after = try writes(trace, 9)
        #expect(after.dirty.isEmpty && after.written == 2 && after.maxDirty == 1)
        #expect(after.losses.map(\.writes) == [2] && after.losses.map(\.written) == [.milliseconds(5)])
    }

    /// A dirty key that has to go is written at once, and is not the next flush by the clock.
    @Test func anEvictedKeyIsDirtyUntilItIsWritten() throws {
        var builder = Self.builder()
        write(&builder, 1, "a")
        let eviction = builder.add(5, .cacheEvicted, Self.cache, "a")
        let span = SpanID(1)
        builder.add(5, .backgroundStarted, Self.cache, "flush", span: span, cause: eviction)
        builder.add(8, .cacheFlushed, Self.cache, "a", outcome: .ok, span: span)
        builder.add(8, .backgroundFinished, Self.cache, "flush", outcome: .ok, span: span)
        let trace = builder.trace
        #expect(try writes(trace, 2).nextFlush == nil && writes(trace, 2).dirty.map(\.isInCache) == [true])
        let evicted = try writes(trace, 6)
        #expect(evicted.dirty.map(\.isInCache) == [false] && evicted.dirty.map(\.isFlushing) == [true])
        #expect(try writes(trace, 8).dirty.isEmpty)
    }

    /// What a crash has cut off is told later; what has been written since stays dirty.
    @Test func aLossThatIsToldLateTakesNoNewerWriteWithIt() throws {
        var builder = Self.builder()
        builder.add(1, .cacheDirtied, Self.cache, "a", value: 1)
        let crash = builder.add(5, .cacheEmptied, Self.cache, "crash", value: 1)
        builder.add(6, .cacheDirtied, Self.cache, "a", value: 1)
        builder.add(7, .cacheLost, Self.cache, "a", cause: crash, value: 6_000_000)
        let trace = builder.trace
        let before = try writes(trace, 5.5)
        #expect(before.dirty.count == 1 && before.losses.isEmpty)
        let after = try writes(trace, 8)
        #expect(after.losses.map(\.writes) == [1] && after.losses.map(\.written) == [.milliseconds(1)])
        #expect(after.dirty.map(\.since) == [.milliseconds(6)])
    }

    @Test func lookupsAreHitsMissesAndThoseGivenUp() throws {
        var builder = Self.builder()
        for kind in [EventKind.cacheHit, .cacheMiss, .cacheAbandoned, .cacheAbandoned] {
            builder.add(1, .cacheLookup, Self.cache, "a")
            builder.add(2, kind, Self.cache, "a")
        }
        let metrics = RunMetrics.over(TraceIndex(builder.trace))
        let cache = try #require(metrics.caches.first)
        #expect(cache[.abandoned] == 2 && cache[.lookups] == cache.hits + cache.misses + cache[.abandoned])
    }
}
