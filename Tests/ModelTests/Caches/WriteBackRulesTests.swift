import Scenario
import Testing
import Trace

/// What a cache owes the backend: when it writes, how much it may owe, and how that ends.
@Suite struct WriteBackRulesTests {
    /// Coherence's write-delay: from the first write that is not in the backend.
    @Test func coherence_eachKeyWaitsForItsOwnDelay() throws {
        var stage = WriteStrategyTests.stage("back, flush: { after: 3s }", reads: nil, writesAt: "1s, 2s, 2500ms, 6s")
        stage.writeKeys = "[a, b, a, a]"
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheFlushed) == ["4100 Flushed a ok", "5100 Flushed b ok", "9100 Flushed a ok"])
        #expect(trace.values(.cacheWritten) == [0, 0, 1, 0])
        #expect(
            trace.all(.cacheConfigured).map { trace.name($0.detail) }.filter { $0.hasPrefix("flush") }
                == ["flush", "flushAfter"])
    }

    @Test func theTimingCanChangeDuringARun() throws {
        var stage = WriteStrategyTests.stage("back", reads: nil, writesAt: "1s, 6s")
        stage.writeKeys = "[a, b]"
        stage.interventions = [at(2000, .set(path: "caches.near.flush.after", value: "500ms"))]
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheFlushed) == ["2100 Flushed a ok", "6600 Flushed b ok"])
    }

    /// A write that finds as many dirty keys as there may be makes the cache flush, and waits for that.
    @Test func aFullSetOfDirtyKeysMakesWritesWait() throws {
        var stage = WriteStrategyTests.stage(
            "back, flush: { every: 60s, maxDirty: 2 }", reads: nil, writesAt: "1s, 2s, 3s, 3010ms, 3020ms")
        stage.writeKeys = "[a, b, c, a, d]"
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheWritten, .cacheFlushed) == [
                "1000 Written a", "2000 Written b", "3010 Written a", "3100 Flushed a ok", "3100 Flushed b ok",
                "3100 Written c", "3200 Flushed a ok", "3200 Written d", "60100 Flushed c ok", "60100 Flushed d ok",
            ])
        #expect(trace.values(.cacheDirtied).allSatisfy { $0 <= 2 })
        #expect(trace.latencies == [0, 0, 100, 0, 180])
    }

    @Test func whoWaitsForRoomCanGiveUp() throws {
        let trace = try rehearse(
            """
            duration: 30s
            keys: { id: [a, b, c, d] }
            backends: { sql: { latency: 100ms, faults: [ { from: 0s, to: 9s, down: true } ] } }
            caches: { near: { ttl: 60s, writes: back, flush: { every: 60s, maxDirty: 1 } } }
            policies: { hasty: [ timeout: 1s ] }
            flows:
              write: [ guard: { with: hasty, do: [ { write: { in: near, key: $key, do: { call: sql.put } } } ] } ]
            clients: { writer: { flow: write, keys: id, at: [1s, 2s, 9500ms, 9510ms] } }
            """)
        #expect(trace.cacheStory(.cacheWritten) == ["1000 Written a", "9500 Written c", "9610 Written d"])
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .timedOut, .ok, .ok])
    }

    @Test func aCrashMakesRoom() throws {
        var stage = WriteStrategyTests.stage(
            "back, flush: { every: 60s, maxDirty: 1 }", reads: nil, writesAt: "1s, 2s")
        stage.writeKeys = "[a, b]"
        stage.sql = "faults: [ { from: 0s, down: true } ]"
        stage.interventions = [at(3000, .crash(cache: "near"))]
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheWritten, .cacheLost) == ["1000 Written a", "3000 Lost a", "3000 Written b"])
    }

    /// What does not fit is written like what is evicted: at once.
    @Test func aDirtyKeyThatIsTooHeavyIsWrittenAtOnce() throws {
        let trace = try rehearse(
            """
            duration: 20s
            backends: { sql: { latency: 100ms } }
            caches: { near: { capacity: 3, writes: back } }
            flows:
              light: [ write: { in: near, key: a, value: 1, do: { call: sql.put } } ]
              heavy: [ write: { in: near, key: a, value: 2, weight: 4, do: { call: sql.put } } ]
              other: [ write: { in: near, key: b, value: 2, weight: 4, do: { call: sql.put } } ]
              read: [ cache: { in: near, key: a, do: { call: sql.get } } ]
            clients:
              x: { flow: light, at: 1s }
              y: { flow: heavy, at: 2s }
              z: { flow: other, at: 3s }
              r: { flow: read, at: 2050ms }
            """)
        #expect(
            trace.cacheStory(.cacheEvicted, .cacheRemoved, .cacheHit, .cacheFlushed) == [
                "2000 Evicted a", "2050 Hit a", "2100 Flushed a ok", "3000 Evicted b", "3100 Flushed b ok",
            ])
        #expect(trace.values(.cacheFlushed) == [0, 0])
    }

    /// Kubernetes kills what has not ended in its grace.
    @Test(arguments: [("", 33_000), (", flush: { grace: 2s }", 5_000)])
    func aRestartThatCannotFlushEndsAsACrash(flush: String, end: Int) throws {
        var stage = WriteStrategyTests.stage("back\(flush)", reads: nil, writesAt: "1s, 2s, 50s")
        stage.writeKeys = "[a, b, c]"
        stage.sql = "faults: [ { from: 0s, to: 40s, down: true } ]"
        stage.interventions = [at(3000, .restart(cache: "near"))]
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheEmptied, .cacheLost) == [
                "\(end) Emptied crash", "\(end) Lost a", "\(end) Lost b",
            ])
        #expect(trace.all(.cacheFlushed).last?.outcome == .ok)
    }

    @Test func aRestartThatHangsEndsToo() throws {
        var stage = WriteStrategyTests.stage("back", reads: nil, writesAt: "1s")
        stage.sql = "faults: [ { from: 0s, blackhole: true } ]"
        stage.interventions = [at(3000, .restart(cache: "near")), at(4000, .restart(cache: "near"))]
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheEmptied, .cacheLost) == ["33000 Emptied crash", "33000 Lost a"])
    }
}
