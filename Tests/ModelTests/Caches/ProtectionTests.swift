import Scenario
import Testing
import Trace

/// What many readers do when a hot key is over.
@Suite struct ProtectionTests {
    /// 500 readers at once on a key that was over just before, each load 100 ms.
    func stampede(_ cache: String) throws -> (loads: Int, trace: Trace) {
        var stage = CacheStage(cache: "ttl: 10s, " + cache)
        stage.clients = "herd: { flow: read, keys: read, at: [10500ms], times: 500 }"
        let trace = try stage.trace()
        return (trace.all(.callSent).count - 1, trace)
    }

    @Test func withoutProtectionEveryReaderLoads() throws {
        let (loads, trace) = try stampede("")
        #expect(loads == 500)
        #expect(trace.all(.cacheMiss).dropFirst().allSatisfy { $0.value == 1 })
    }

    @Test func coalescing_oneReaderLoadsAndTheOthersWait() throws {
        let (loads, trace) = try stampede("coalesce: true")
        #expect(loads == 1)
        #expect(trace.all(.cacheJoined).count == 499)
        #expect(trace.latencies.dropFirst().allSatisfy { $0 == 100 })
        let joined = try #require(trace.all(.cacheJoined).first)
        #expect(trace[joined.cause]?.kind == .cacheMiss)
        // Those who waited go on because of the load of the one.
        let last = try #require(trace.all(.requestFinished).last)
        #expect(trace.why(last).prefix(2) == ["herd requestFinished", "near cacheStored"])
    }

    @Test func rfc5861_staleWhileRevalidateKeepsNobodyWaiting() throws {
        let (loads, trace) = try stampede("staleFor: 5s")
        #expect(loads == 1)
        #expect(trace.all(.cacheExpiredServed).count == 500)
        #expect(trace.values(.cacheExpiredServed).allSatisfy { $0 == 400_000_000 })
        #expect(trace.latencies.dropFirst().allSatisfy { $0 == 0 })
        #expect(
            trace.story(.backgroundStarted, .backgroundFinished) == [
                "10500 backgroundStarted near refresh", "10600 backgroundFinished near refresh ok",
            ])
        let call = try #require(trace.all(.callSent).last)
        #expect(trace.why(call).prefix(3) == ["sql callSent", "near backgroundStarted", "near cacheHit"])
    }

    @Test func staleEntryIsOfNoUseWhenItsGraceIsOver() throws {
        let (loads, trace) = try stampede("staleFor: 400ms")
        #expect(loads == 500)
        #expect(trace.all(.cacheExpiredServed).isEmpty)
    }

    @Test func coherence_refreshAheadLoadsBeforeTheEnd() throws {
        var stage = CacheStage(cache: "ttl: 10s, refreshAhead: 20%")
        // Soft end at 8.1 s; the herd finds what was loaded then.
        stage.reads = "0s, 8s, 9s, 9050ms"
        stage.clients = "herd: { flow: read, keys: read, at: [10500ms], times: 500 }"
        let trace = try stage.trace()
        #expect(trace.story(.callSent) == ["0 callSent sql get", "9000 callSent sql get"])
        #expect(trace.all(.cacheHit).count == 503)
    }

    @Test func unreadEntriesJustExpire() throws {
        let trace = try CacheStage(cache: "ttl: 10s, refreshAhead: 90%").trace()
        #expect(trace.all(.backgroundStarted).isEmpty)
    }

    /// At 100 reads a second with loads of 100 ms, the first refresh comes 0.288 s before the end on average.
    @Test func xfetch_oneReaderIsChosenBeforeTheEnd() throws {
        var leads: [Double] = []
        for seed in UInt64(1)...40 {
            var stage = CacheStage(cache: "ttl: 5s, early: 1")
            stage.readers = "arrivals: { rate: 100/s }"
            stage.duration = "5099ms"
            stage.seed = seed
            let trace = try stage.trace()
            // Stored at 100 ms. Once in a while nobody is chosen.
            let first = trace.all(.backgroundStarted).first
            leads.append(first.map { 5.1 - Double($0.time.nanoseconds) / 1e9 } ?? 0)
            #expect(first.map { trace.name($0.detail) == "early" } ?? true)
        }
        #expect(abs(leads.reduce(0, +) / 40 - 0.288) < 0.08)
    }

    @Test func failedRefreshKeepsTheOldValue() throws {
        var stage = CacheStage(cache: "ttl: 10s, refreshAhead: 50%")
        stage.reads = "0s, 6s, 7s, 9s"
        stage.sql = "faults: [ { from: 5s, to: 8s, errors: 100% } ]"
        let trace = try stage.trace()
        #expect(trace.all(.cacheHit).count == 3)
        #expect(trace.all(.backgroundFinished).map(\.outcome) == [.failed, .failed, .ok])
        #expect(trace.all(.requestFinished).allSatisfy { $0.outcome == .ok })
    }

    @Test func errorOfASharedLoadIsShared() throws {
        var stage = CacheStage(cache: "ttl: 10s, coalesce: true", sql: "errors: 100%")
        stage.readers = "at: [0s], times: 5"
        let trace = try stage.trace()
        #expect(trace.all(.callSent).count == 1)
        #expect(trace.all(.requestFinished).map(\.outcome) == [Outcome](repeating: .failed, count: 5))
        #expect(trace.latencies == [100, 100, 100, 100, 100])
    }

    /// Whoever loads runs into its time-out: the next one loads, and the others wait for that.
    @Test func cancelledLoaderHandsOver() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 100ms } }
            caches: { near: { ttl: 10s, coalesce: true } }
            policies: { hasty: [ { timeout: 30ms } ] }
            flows:
              read: [ { cache: { in: near, key: a, do: { call: sql.get } } } ]
              fast: [ { guard: { with: hasty, do: [ { cache: { in: near, key: a, do: { call: sql.get } } } ] } } ]
            clients:
              first: { flow: fast, at: [0s] }
              second: { flow: read, at: [10ms] }
              third: { flow: read, at: [20ms] }
              fourth: { flow: fast, at: [25ms] }
            """)
        #expect(trace.story(.callSent) == ["0 callSent sql get", "30 callSent sql get"])
        #expect(
            trace.story(.requestFinished) == [
                "30 requestFinished first fast timedOut", "55 requestFinished fourth fast timedOut",
                "130 requestFinished second read ok", "130 requestFinished third read ok",
            ])
        #expect(trace.all(.cacheStored).count == 1)
    }

    @Test func jitterSpreadsTheEnds() throws {
        var stage = CacheStage(cache: "ttl: 10s, ttlJitter: 10%", keys: "{ loop: 200 }")
        stage.readers = "at: [0s], times: 200"
        let lives = try stage.trace().values(.cacheStored)
        #expect(lives.allSatisfy { (9_000_000_000...11_000_000_000).contains($0) })
        #expect(Set(lives).count > 190)
    }

    /// An unknown id is a 404 every time.
    @Test func unknownKeysAreNotCached() throws {
        let trace = try rehearse(
            """
            duration: 10s
            keys: { id: [p-1, nobody, p-1, nobody] }
            backends: { sql: { latency: 100ms, operations: { get: { knows: { list: p, count: 3 } } } } }
            caches: { near: { ttl: 60s } }
            flows: { read: [ { cache: { in: near, key: $key, do: { call: sql.get } } } ] }
            clients: { web: { flow: read, keys: id, at: [0s, 1s, 2s, 3s] } }
            """)
        #expect(trace.all(.callFinished).map(\.outcome) == [.ok, .notFound, .notFound])
        #expect(trace.cacheStory(.cacheStored, .cacheHit) == ["100 Stored p-1", "2000 Hit p-1"])
    }

    /// Those who wait hold the places that the load needs: their time-outs end it, and the load goes on.
    @Test func aCircleOfWaitsEndsWithItsTimeouts() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 100ms } }
            caches: { near: { ttl: 10s, coalesce: true } }
            policies:
              gate: [ bulkhead: { concurrent: 1, queue: 9 } ]
              hasty: [ timeout: 1s ]
            flows:
              outside: [ cache: { in: near, key: a, do: [ wait: 50ms, call: { to: sql.get, with: gate } ] } ]
              inside:
                - guard:
                    with: hasty
                    do: [ guard: { with: gate, do: [ cache: { in: near, key: a, do: { call: sql.get } } ] } ]
            clients: { first: { flow: outside, at: 0s }, second: { flow: inside, at: 10ms } }
            """)
        #expect(
            trace.story(.requestFinished) == [
                "1010 requestFinished second inside timedOut", "1110 requestFinished first outside ok",
            ])
    }

    /// Each loads what the other one is loading already.
    @Test func loadsOfOneCacheDoNotWaitForEachOther() throws {
        let trace = try rehearse(
            """
            duration: 10s
            keys: { one: [a], two: [b] }
            backends: { sql: { latency: 100ms } }
            caches: { near: { ttl: 10s, coalesce: true } }
            flows:
              ab:
                - cache: { in: near, key: a, do: [ wait: 10ms, cache: { in: near, key: b, do: { call: sql.get } } ] }
              ba:
                - cache: { in: near, key: b, do: [ wait: 10ms, cache: { in: near, key: a, do: { call: sql.get } } ] }
            clients: { first: { flow: ab, at: 0s }, second: { flow: ba, at: 5ms } }
            """)
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .ok])
        #expect(trace.latencies == [110, 110] && trace.all(.cacheJoined).isEmpty)
    }

    /// An empty key that comes from an answer: the step fails, as if it were not there.
    @Test func anEmptyKeyFailsItsStep() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 100ms, operations: { find: { returns: { id: "" } }, get: } } }
            caches: { near: { ttl: 10s } }
            flows:
              read: [ call: { to: sql.find, as: it }, cache: { in: near, key: $it.id, do: { call: sql.get } } ]
              write: [ call: { to: sql.find, as: it }, write: { in: near, key: $it.id, do: { call: sql.get } } ]
              drop: [ call: { to: sql.find, as: it }, invalidate: { in: near, key: $it.id } ]
            clients: { a: { flow: read, at: 0s }, b: { flow: write, at: 1s }, c: { flow: drop, at: 2s } }
            """)
        #expect(trace.all(.dataMissing).map { trace.name($0.detail) } == ["$it.id", "$it.id", "$it.id"])
        #expect(trace.all(.cacheLookup).isEmpty && trace.all(.cacheWritten).isEmpty)
    }

    /// Unlike a cache that compares bytes.
    @Test func spellingsThatUnicodeCallsEqualAreOneKey() throws {
        let trace = try CacheStage(keys: "[\"caf\\u00e9\", \"cafe\\u0301\", \"cafe\"]", reads: "0s, 1s, 2s").trace()
        #expect(trace.all(.cacheHit).count == 1 && trace.all(.cacheMiss).count == 2)
    }
}
