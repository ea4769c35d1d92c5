import Testing
import Trace

@testable import Analysis

/// States and figures of caches and pools against reading every event again.
@Suite struct PoolStateTests {
    private func cursors(_ trace: Trace) -> [Cursor] {
        stride(from: 0, through: trace.events.count, by: 53).map { trace.cursor(after: EventID(UInt32($0))) }
            + [trace.lastCursor]
    }

    private func name(_ text: String, _ trace: Trace) throws -> NameID { try #require(trace.names.find(text)) }

    @Test(arguments: 1..<9 as Range<UInt64>) func cachesAreAsReplayedFromTheStart(seed: UInt64) throws {
        let trace = RandomPoolTrace.make(seed: seed, steps: 400)
        let index = TraceIndex(trace)
        for cursor in cursors(trace) {
            for cache in RandomPoolTrace.caches {
                let id = try name(cache, trace)
                let naive = NaiveCache(trace, id, events: cursor.eventCount)
                naive.check(try #require(CacheState(index, id, at: cursor)))
                naive.check(try #require(WriteState(index, id, at: cursor)), trace)
                let metrics = try #require(RunMetrics.over(index, through: cursor).cache(cache))
                #expect(metrics[.entries] == naive.entries.count && metrics[.dirty] == naive.pending.count)
                #expect(metrics[.maxDirty] == naive.maxDirty && metrics[.lost] == naive.lost)
            }
        }
    }

    /// Checkpoints are taken often enough to matter here, with many keys and with few.
    @Test(arguments: [5, 400]) func checkpointsChangeNothing(keys: Int) throws {
        let trace = RandomPoolTrace.make(seed: UInt64(keys), steps: 2500, keys: keys)
        let index = TraceIndex(trace)
        for cursor in cursors(trace).filter({ $0.eventCount % 5 == 0 }) + [trace.lastCursor] {
            let id = try name("products", trace)
            NaiveCache(trace, id, events: cursor.eventCount).check(try #require(CacheState(index, id, at: cursor)))
        }
        for cache in index.activity.caches {
            #expect(cache.history.size > 0 && cache.history.size <= trace.events.count)
        }
    }

    @Test(arguments: 1..<9 as Range<UInt64>) func poolsAreAsReplayedFromTheStart(seed: UInt64) throws {
        let trace = RandomPoolTrace.make(seed: seed, steps: 400)
        let index = TraceIndex(trace)
        for cursor in cursors(trace) {
            let naive = NaivePool(trace, events: cursor.eventCount)
            naive.check(try #require(BalancerState(index, name("shop", trace), at: cursor)))
            naive.check(try #require(RunMetrics.over(index, through: cursor).balancer("shop")))
        }
    }

    @Test(arguments: 1..<10 as Range<UInt64>) func countsOfAWindowAreThoseOfItsEvents(seed: UInt64) throws {
        let trace = RandomPoolTrace.make(seed: seed, steps: 500)
        let index = TraceIndex(trace)
        let end = trace.cursor(at: VirtualTime(nanoseconds: trace.end.nanoseconds * 3 / 4))
        let from = VirtualTime(nanoseconds: trace.end.nanoseconds / 4)
        let metrics = RunMetrics.over(index, from: from, through: end)
        let events = trace.events.prefix(end.eventCount).filter { $0.time > from }
        let kinds: KeyValuePairs<CacheCount, EventKind> = [
            .lookups: .cacheLookup, .hits: .cacheHit, .misses: .cacheMiss, .stored: .cacheStored,
            .evictions: .cacheEvicted, .stale: .cacheStaleServed, .joined: .cacheJoined, .written: .cacheWritten,
            .lost: .cacheLost,
        ]
        for cache in metrics.caches {
            for (count, kind) in kinds {
                #expect(cache[count] == events.count { $0.kind == kind && $0.component == cache.id })
            }
            let own = events.filter { $0.component == cache.id }
            let dropped = own.filter { $0.kind == .cacheInvalidated }.reduce(0) { $0 + $1.value }
            #expect(cache[.invalidated] == Int(dropped))
            #expect(cache[.coalesced] == own.count { $0.kind == .cacheWritten && $0.value == 1 })
            let background = own.filter { $0.kind == .backgroundStarted }.map { trace.name($0.detail) }
            #expect(cache[.flushes] == background.count { $0 == "flush" })
            #expect(cache[.refreshes] == background.count { $0 == "refresh" })
        }
        let shop = try #require(metrics.balancer("shop"))
        let picks = events.filter { $0.kind == .balancerPicked }.map(\.detail)
        #expect(shop.servers.map(\.picks) == shop.servers.map { server in picks.count { $0 == server.id } })
        let shares = shop.servers.compactMap(\.share).reduce(0, +)
        #expect(picks.isEmpty || abs(shares - 1) < 1e-9)
        let members = shop.servers.count { $0.wasMember || $0.picks > 0 }
        let most = shop.servers.map(\.picks).max() ?? 0
        #expect(abs((shop.imbalance ?? 0) - Double(most * members) / Double(max(1, picks.count))) < 1e-9)
    }

    @Test(arguments: 1..<6 as Range<UInt64>) func aSeriesSumsUpToTheWhole(seed: UInt64) throws {
        let trace = RandomPoolTrace.make(seed: seed, steps: 500)
        let index = TraceIndex(trace)
        let id = try name("products", trace)
        let whole = try #require(RunMetrics.over(index).cache("products"))
        let series = CacheSeries(index, cache: id, from: .zero, to: trace.end, count: 17)
        #expect(series.buckets.count == 17)
        #expect(series.buckets.reduce(0) { $0 + $1.hits } == whole.hits)
        #expect(series.buckets.reduce(0) { $0 + $1.misses } == whole.misses)
        #expect(series.buckets.reduce(0) { $0 + $1.evictions } == whole[.evictions])
        #expect(series.buckets.last?.entries == whole[.entries] && series.buckets.last?.dirty == whole[.dirty])
    }
}
