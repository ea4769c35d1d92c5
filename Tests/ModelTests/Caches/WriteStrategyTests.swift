import Scenario
import Testing
import Trace

/// What a write does, and when.
@Suite struct WriteStrategyTests {
    static func stage(_ writes: String, reads: String? = "2s", writesAt: String = "1s") -> CacheStage {
        var stage = CacheStage(cache: "writes: \(writes), ttl: 60s")
        stage.reads = reads
        stage.writes = writesAt
        return stage
    }

    static let kinds: [EventKind] = [
        .cacheWritten, .callSent, .callFinished, .cacheStored, .cacheInvalidated, .cacheDirtied, .cacheFlushed,
    ]

    static func story(_ trace: Trace, from time: Double = 1, to end: Double = 1e9) -> [String] {
        trace.events.filter { kinds.contains($0.kind) && $0.time >= .seconds(time) && $0.time < .seconds(end) }
            .map { trace.line($0) }
    }

    @Test func through_theBackendFirstThenTheCache() throws {
        let trace = try Self.stage("through").trace()
        #expect(
            Self.story(trace) == [
                "1000 cacheWritten near a", "1000 callSent sql update", "1100 callFinished sql update ok",
                "1100 cacheStored near a",
            ])
        #expect(trace.all(.cacheHit).count == 1)
        #expect(trace.latencies == [100, 0])
    }

    @Test(arguments: ["through", "aside"])
    func aWriteThatCannotHaveBegunLeavesTheCacheAsItWas(strategy: String) throws {
        var stage = Self.stage(strategy, reads: "0s, 2s")
        stage.sql = "faults: [ { from: 500ms, to: 1500ms, down: true } ]"
        let trace = try stage.trace()
        #expect(trace.all(.cacheStored).count == 1 && trace.all(.cacheHit).count == 1)
        #expect(trace.all(.cacheStaleServed).isEmpty)
    }

    /// As `CachedStore` does: whoever has no answer, or a bad one, does not know what the backend has now.
    @Test(arguments: [("through", 1), ("aside", 1), ("around", 0)])
    func aFailedWriteThatMayHaveBeenDoneDropsTheKey(strategy: String, drops: Int) throws {
        var stage = Self.stage(strategy, reads: "0s, 2s")
        stage.sql = "faults: [ { from: 500ms, to: 1500ms, errors: 100% } ]"
        let trace = try stage.trace()
        #expect(trace.all(.cacheInvalidated).count == drops && trace.all(.cacheHit).count == 1 - drops)
    }

    @Test func around_theCacheIsNotToldAndServesWhatIsOutOfDate() throws {
        let trace = try Self.stage("around", reads: "0s, 2s").trace()
        #expect(
            Self.story(trace) == [
                "1000 cacheWritten near a", "1000 callSent sql update", "1100 callFinished sql update ok",
            ])
        #expect(trace.values(.cacheStaleServed) == [900_000_000])
    }

    @Test func aside_theBackendThenTheCacheDropsTheKey() throws {
        let trace = try Self.stage("aside", reads: "0s, 2s").trace()
        #expect(
            Self.story(trace, to: 1.5) == [
                "1000 cacheWritten near a", "1000 callSent sql update", "1100 callFinished sql update ok",
                "1100 cacheInvalidated near a",
            ])
        #expect(trace.all(.cacheMiss).count == 2 && trace.all(.cacheStaleServed).isEmpty)
    }

    /// A read between load and fill stores what the write has made old.
    @Test func aside_readUnderWayIsStoredStale() throws {
        var stage = Self.stage("aside", reads: "950ms, 2s")
        stage.latency = "200ms"
        stage.writeSteps = "call: fast.update"
        stage.sql = "\n  fast: { latency: 10ms }"
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheInvalidated, .cacheStored, .cacheHit, .cacheStaleServed) == [
                "1010 Invalidated a", "1150 Stored a", "2000 Hit a", "2000 StaleServed a",
            ])
        // A cache that knows of the load does not keep it.
        stage.cache += ", coalesce: true"
        #expect(try stage.trace().all(.cacheStaleServed).isEmpty)
    }

    /// A load that began before a write, and ends after it, does not take the place of what was written.
    @Test(arguments: ["through", "back", "aside"])
    func aLoadUnderWayThatIsKnownOfDoesNotOverwriteAWrite(strategy: String) throws {
        let trace = try rehearse(
            """
            duration: 20s
            caches: { c: { ttl: 60s, writes: \(strategy), coalesce: true, flush: { every: 100ms } } }
            backends: { db: { latency: 50ms, operations: { get: { latency: 1s }, put: } } }
            flows:
              w: [ write: { in: c, key: a, value: 1, do: { call: db.put } } ]
              r: [ cache: { in: c, key: a, do: { call: db.get } } ]
            clients:
              writer: { flow: w, at: 1s }
              reader: { flow: r, at: [800ms, 5s, 10s] }
            """)
        #expect(trace.all(.cacheStaleServed).isEmpty)
        #expect(trace.all(.cacheHit).count == (strategy == "aside" ? 1 : 2))
    }

    @Test func back_theCacheNowTheBackendLater() throws {
        let trace = try Self.stage("back", reads: "2s", writesAt: "1s, 1500ms").trace()
        #expect(
            Self.story(trace) == [
                "1000 cacheWritten near a", "1000 cacheStored near a", "1000 cacheDirtied near a",
                "1500 cacheWritten near a", "1500 cacheStored near a", "1500 cacheDirtied near a",
                "5000 callSent sql update", "5100 callFinished sql update ok", "5100 cacheFlushed near a ok",
            ])
        #expect(trace.values(.cacheWritten) == [0, 1])
        #expect(trace.values(.cacheDirtied) == [1, 1] && trace.values(.cacheFlushed) == [0])
        #expect(trace.latencies == [0, 0, 0])
        let call = try #require(trace.all(.callSent).first)
        #expect(trace.why(call).prefix(3) == ["sql callSent", "near backgroundStarted", "near cacheDirtied"])
        #expect(call.request == .none)
    }

    /// A dirty value is never out of date for the readers of its own cache.
    @Test func back_dirtyValueIsTheNewest() throws {
        let trace = try Self.stage("back", reads: "0s, 1200ms, 9s").trace()
        #expect(trace.all(.cacheHit).count == 2 && trace.all(.cacheStaleServed).isEmpty)
    }

    @Test func back_batchesGoOneAfterTheOther() throws {
        var stage = Self.stage("back, flush: { every: 5s, batch: 2 }", writesAt: "1s, 2s, 3s, 4s, 4500ms")
        stage.writeKeys = "[a, b, c, d, e]"
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheFlushed) == [
                "5100 Flushed a ok", "5100 Flushed b ok", "5200 Flushed c ok", "5200 Flushed d ok",
                "5300 Flushed e ok",
            ])
        #expect(trace.values(.cacheFlushed) == [4, 3, 2, 1, 0])
        #expect(trace.all(.backgroundStarted).count == 3)
    }

    @Test func back_failedFlushIsTriedAgainAndTheNewerValueWins() throws {
        var stage = Self.stage("back", writesAt: "1s, 5050ms")
        stage.sql = "faults: [ { from: 5s, to: 5500ms, errors: 100% } ]"
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheFlushed) == ["5100 Flushed a failed", "6200 Flushed a ok"])
        #expect(trace.values(.cacheWritten) == [0, 0])
        #expect(trace.all(.callSent).count == 2)
    }

    @Test func back_evictedDirtyKeyReachesTheBackendAtOnce() throws {
        var stage = Self.stage("back, capacity: 1", reads: "2050ms", writesAt: "1s, 2s")
        stage.writeKeys = "[a, b]"
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheEvicted, .cacheFlushed, .cacheHit) == [
                // Evicted and not yet there: the value is still the cache's to give.
                "2000 Evicted a", "2050 Hit a", "2100 Flushed a ok", "5100 Flushed b ok",
            ])
        let flush = try #require(trace.all(.backgroundStarted).first)
        #expect(trace[flush.cause]?.kind == .cacheEvicted)
    }

    @Test func back_dirtyValueOutlivesItsTime() throws {
        var stage = Self.stage("back", reads: "3s", writesAt: "1s")
        stage.cache = "writes: back, ttl: 1s"
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheHit, .cacheMiss, .cacheRemoved) == ["3000 Hit a", "3000 Removed a"])
    }

    /// From when the write is in the backend until somebody drops what else it has changed.
    @Test(arguments: [("through", false, [990, 5990]), ("back", false, [1990]), ("through", true, [])])
    func aWriteMakesWhatItChangesOutOfDate(writes: String, isTold: Bool, stale: [Int64]) throws {
        let told = isTold ? ", { invalidate: { in: near, key: list } }" : ""
        let trace = try rehearse(
            """
            duration: 10s
            keys: { id: [a] }
            backends: { sql: { latency: 10ms } }
            caches: { near: { ttl: 60s, writes: \(writes) } }
            flows:
              list: [ { cache: { in: near, key: list, do: { call: sql.list } } } ]
              update: [ { write: { in: near, key: $key, changes: [list], do: { call: sql.update } } }\(told) ]
            clients:
              web: { flow: list, at: [0s, 2s, 7s] }
              editor: { flow: update, keys: id, at: [1s] }
            """)
        #expect(trace.values(.cacheStaleServed) == stale.map { $0 * 1_000_000 })
    }

    @Test func crashLosesExactlyTheDirtyKeys() throws {
        var stage = Self.stage("back", reads: "7s, 8s, 9s", writesAt: "1s, 2s, 6s, 6500ms")
        stage.keys = "[a, c]"
        stage.writeKeys = "[a, b, c, b]"
        stage.interventions = [at(6800, .crash(cache: "near"))]
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheFlushed, .cacheEmptied, .cacheLost) == [
                "5100 Flushed a ok", "5100 Flushed b ok", "6800 Emptied crash", "6800 Lost c", "6800 Lost b",
            ])
        #expect(trace.values(.cacheLost) == [800_000_000, 300_000_000])
        #expect(trace.values(.cacheEmptied) == [3])
        // Nothing of it comes later, and readers find the backend's old data.
        #expect(trace.all(.callSent).map { trace.line($0) }.filter { $0.contains("update") }.count == 2)
        #expect(trace.why(trace.all(.cacheMiss).first).prefix(2) == ["near cacheMiss", "near cacheEmptied"])
    }

    /// What has been sent is done at the backend, whether or not somebody waits for the answer.
    @Test(arguments: [
        ("", ["5100 Flushed a ok", "5100 Flushed b ok"]),
        ("concurrency: 1", ["5100 Flushed a ok", "5200 Flushed b ok"]),
        ("errors: 100%", ["5100 Lost a", "5100 Lost b"]),
        ("faults: [ { from: 5080ms, to: 10s, hang: true } ]", ["10000 Flushed a ok", "10000 Flushed b ok"]),
        ("hop: 60ms\n    faults: [ { from: 5055ms, blackhole: true } ]", ["5060 Lost a", "5060 Lost b"]),
    ])
    func crashDuringAFlushLosesWhatTheBackendDoesNotGet(sql: String, story: [String]) throws {
        var stage = Self.stage("back", reads: nil, writesAt: "1s, 2s")
        stage.writeKeys = "[a, b]"
        stage.sql = sql
        stage.interventions = [at(5050, .crash(cache: "near"))]
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheFlushed, .cacheLost) == story)
        #expect(trace.all(.callAbandoned).count == 2)
        #expect(trace.all(.backgroundFinished).map(\.outcome) == [.cancelled])
    }

    @Test func restartFlushesFirst() throws {
        var stage = Self.stage("back", reads: "7s", writesAt: "1s, 2s")
        stage.writeKeys = "[a, b]"
        stage.interventions = [at(3000, .restart(cache: "near"))]
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheFlushed, .cacheEmptied, .cacheLost, .cacheMiss) == [
                "3100 Flushed a ok", "3100 Flushed b ok", "3100 Emptied restart", "7000 Miss a",
            ])
    }

    @Test func strategyAndFlushCanBeChangedDuringARun() throws {
        var stage = Self.stage("back, flush: { every: 60s }", reads: nil, writesAt: "1s, 2s, 4s")
        stage.writeKeys = "[a, b, a]"
        stage.interventions = [
            at(3000, .set(path: "caches.near.writes", value: "through")),
            at(6000, .set(path: "caches.near.flush.every", value: "2s")),
        ]
        let trace = try stage.trace()
        // The write through has brought a newer value of a.
        #expect(trace.cacheStory(.cacheFlushed) == ["4100 Flushed a", "8100 Flushed b ok"])
    }

    @Test func unknownCacheIsAnError() throws {
        var stage = Self.stage("back")
        stage.interventions = [at(1, .crash(cache: "far"))]
        #expect(throws: (any Error).self) { try stage.trace() }
    }

    /// Nothing that has reached the backend is lost, and every write is flushed, replaced, or lost.
    @Test(arguments: UInt64(1)...12)
    func everyWriteIsAccountedFor(seed: UInt64) throws {
        var stage = Self.stage(
            "back, capacity: 8, flush: { every: 2s, batch: 3, retry: 500ms }", writesAt: "0s")
        stage.seed = seed
        stage.latency = "{ exponential: 100ms }"
        stage.keys = "{ uniform: 30 }"
        stage.writeKeys = "{ uniform: 30 }"
        stage.readers = "arrivals: { poisson: 20/s }"
        stage.clients = "more: { flow: write, keys: written, arrivals: { poisson: 10/s } }"
        stage.sql = "concurrency: 2\n    errors: 20%"
        stage.duration = "60s"
        stage.interventions = [at(20_100, .crash(cache: "near")), at(40_300, .crash(cache: "near"))]
        let trace = try stage.trace()
        var dirty: Set<NameID> = []
        var adrift: [NameID] = []
        for event in trace.events {
            switch event.kind {
            case .cacheDirtied: dirty.insert(event.detail)
            case .cacheFlushed where event.outcome == .ok:
                // Unless a newer value waits: then its own flush comes.
                if Int(event.value) == dirty.count - 1 {
                    dirty.remove(event.detail)
                } else if let place = adrift.firstIndex(of: event.detail) {
                    adrift.remove(at: place)
                }
            case .cacheEmptied:
                #expect(adrift.isEmpty)
                (adrift, dirty) = (Array(dirty), [])
            case .cacheLost:
                let place = try #require(adrift.firstIndex(of: event.detail))
                adrift.remove(at: place)
            default: break
            }
            if event.kind == .cacheDirtied || event.kind == .cacheFlushed { #expect(Int(event.value) == dirty.count) }
        }
        #expect(adrift.isEmpty)
        #expect(trace.all(.cacheLost).count > 0 && trace.all(.cacheFlushed).count > 50)
    }
}
