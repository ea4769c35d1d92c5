import Scenario
import Testing
import Trace

/// What the backend really has, whatever the caches think.
@Suite struct WriteTruthTests {
    /// A flush that takes long, and a write-through that overtakes it.
    private func overtaken(_ sql: String = "") throws -> Trace {
        var stage = CacheStage(cache: "writes: back, ttl: 60s", sql: sql)
        stage.latency = "1s"
        (stage.writes, stage.reads) = ("1s, 5300ms", "5500ms, 7s")
        stage.interventions = [
            at(5100, .set(path: "caches.near.writes", value: "through")),
            at(5100, .set(path: "backends.sql.latency", value: "10ms")),
        ]
        return try stage.trace()
    }

    @Test func anOlderFlushThatArrivesLaterWinsAtTheBackend() throws {
        let trace = try overtaken()
        #expect(
            trace.cacheStory(.cacheWritten, .cacheStored, .cacheFlushed, .cacheHit, .cacheStaleServed) == [
                "1000 Written a", "1000 Stored a", "5300 Written a", "5310 Flushed a", "5310 Stored a", "5500 Hit a",
                "6000 Flushed a ok", "7000 Hit a", "7000 StaleServed a",
            ])
        #expect(trace.values(.cacheStaleServed) == [1_000_000_000])
    }

    @Test func anOlderFlushThatFailsLaterIsNotTriedAgain() throws {
        let trace = try overtaken("faults: [ { from: 4s, to: 5200ms, errors: 100% } ]")
        #expect(trace.cacheStory(.cacheFlushed) == ["5310 Flushed a", "6000 Flushed a failed"])
        #expect(trace.all(.callSent).count == 2 && trace.all(.cacheStaleServed).isEmpty)
    }

    /// Two write-throughs: the first is done last.
    @Test func theOrderIsThatOfTheBackendNotOfTheAnswers() throws {
        var stage = CacheStage(cache: "ttl: 60s", latency: "1s")
        (stage.writes, stage.reads) = ("1s, 1500ms", "1800ms, 3s")
        stage.interventions = [at(1200, .set(path: "backends.sql.latency", value: "100ms"))]
        let trace = try stage.trace()
        #expect(trace.cacheStory(.cacheStored) == ["1600 Stored a", "2000 Stored a"])
        // The one done last is also the one that the cache has.
        #expect(trace.all(.cacheHit).count == 2 && trace.all(.cacheStaleServed).isEmpty)
    }

    /// The answer comes too late, the write is done: whoever serves the old value serves what is out of date.
    @Test func aWriteIsDoneWhenTheBackendHasDoneIt() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 100ms } }
            caches: { near: { ttl: 60s, writes: around } }
            policies: { hasty: [ timeout: 30ms ] }
            flows:
              read: [ cache: { in: near, key: a, do: { call: sql.get } } ]
              write: [ write: { in: near, key: a, do: { call: { to: sql.put, with: hasty } } } ]
            clients: { reader: { flow: read, at: [0s, 1050ms, 2s] }, writer: { flow: write, at: 1s } }
            """)
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .timedOut, .ok, .ok])
        #expect(trace.values(.cacheStaleServed) == [900_000_000])
    }

    /// The safe choice of `CachedStore`: the cache does not know which value the backend has.
    @Test(arguments: ["through", "aside"]) func aWriteThatTimesOutDropsTheKey(strategy: String) throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 100ms } }
            caches: { near: { ttl: 60s, writes: \(strategy) } }
            policies: { hasty: [ timeout: 30ms ] }
            flows:
              read: [ cache: { in: near, key: a, do: { call: sql.get } } ]
              write: [ write: { in: near, key: a, do: { call: { to: sql.put, with: hasty } } } ]
            clients: { reader: { flow: read, at: [0s, 2s] }, writer: { flow: write, at: 1s } }
            """)
        #expect(trace.cacheStory(.cacheInvalidated, .cacheRemoved) == ["1030 Invalidated a", "1030 Removed a"])
        let drop = try #require(trace.all(.cacheInvalidated).first)
        #expect(trace[drop.cause]?.kind != .cacheWritten)
        #expect(trace.all(.cacheMiss).count == 2 && trace.all(.cacheStaleServed).isEmpty)
    }

    /// A cache behind another, with the same write: neither is out of date.
    @Test func aWriteThroughTwoCachesIsOneWrite() throws {
        let trace = try rehearse(
            """
            duration: 20s
            backends: { sql: { latency: 10ms } }
            caches: { app: { ttl: 60s }, near: { ttl: 60s, writes: back } }
            flows:
              read: [ cache: { in: app, key: a, do: { cache: { in: near, key: a, do: { call: sql.get } } } } ]
              write:
                - write:
                    in: app
                    key: a
                    value: 1
                    do: { write: { in: near, key: a, value: 1, do: { call: sql.put } } }
            clients: { reader: { flow: read, at: [0s, 2s, 9s] }, writer: { flow: write, at: [1s, 8s] } }
            """)
        #expect(trace.all(.cacheFlushed).count == 2)
        #expect(trace.all(.cacheStaleServed).isEmpty)
    }

    /// A message does the write when it arrives, and whoever has sent it does not know.
    @Test(arguments: [("0%", [900_000_000]), ("100%", [])])
    func aWriteByMessageIsDoneWhereItArrives(lost: String, stale: [Int64]) throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 100ms } }
            caches: { near: { ttl: 60s, writes: around } }
            flows:
              read: [ cache: { in: near, key: a, do: { call: sql.get } } ]
              write: [ write: { in: near, key: a, do: { send: { to: sql.put, lost: \(lost) } } } ]
            clients: { reader: { flow: read, at: [0s, 1050ms, 2s] }, writer: { flow: write, at: 1s } }
            """)
        #expect(trace.values(.cacheStaleServed) == stale)
    }

    /// Against the trace's own record of what the backend has done: nothing that is there is ever lost, and of what is
    /// dirty at a crash exactly that is lost which never gets there.
    @Test(arguments: UInt64(1)...12)
    func exactlyWhatTheBackendNeverGetsIsLost(seed: UInt64) throws {
        let crashes = (1...9).map { at(Int($0) * 4_000 + Int(seed) * 97 + Int($0) * 331, .crash(cache: "near")) }
        let trace = try rehearse(
            """
            duration: 60s
            keys: { id: { uniform: 12 } }
            backends:
              sql:
                latency: { exponential: 60ms }
                concurrency: 3
                errors: 20%
                hop: { uniform: [0ms, 10ms] }
                faults: [ { from: 10s, to: 12s, down: true }, { from: 20s, to: 21s, blackhole: true } ]
            caches: { near: { ttl: 60s, writes: back, flush: { after: 300ms, batch: 1, retry: 200ms } } }
            policies: { hasty: [ timeout: 80ms ] }
            flows:
              write: [ write: { in: near, key: $key, do: [ { call: { to: sql.put, with: hasty } } ] } ]
            clients: { writer: { flow: write, keys: id, arrivals: { poisson: 12/s } } }
            """, seed: seed, interventions: crashes)
        let story = CrashStory(trace)
        #expect(story.lost == story.missing)
        #expect(story.lost.count > 5 && story.saved > 0)
    }

    /// What a trace says about crashes, where each flush writes one key.
    private struct CrashStory {
        /// Keys and the crash that each was lost in, as the cache has it, and as the backend's events have it.
        var lost: Set<[UInt32]> = []
        var missing: Set<[UInt32]> = []
        /// Keys that were dirty in a crash and have reached the backend.
        var saved = 0

        init(_ trace: Trace) {
            var parents: [SpanID: SpanID] = [:]
            /// The write that a flush is about.
            var flushed: [SpanID: EventID] = [:]
            var newest: [NameID: EventID] = [:]
            var done: Set<EventID> = []
            var atCrash: [(key: NameID, write: EventID, crash: UInt32)] = []
            for (place, event) in trace.events.enumerated() {
                let id = EventID(UInt32(place + 1))
                if event.kind.opensSpan { parents[event.span] = event.parent }
                switch event.kind {
                case .backgroundStarted: flushed[event.span] = event.cause
                case .serviceFinished where event.outcome == .ok:
                    var span = event.span
                    while flushed[span] == nil, let parent = parents[span], parent != .none { span = parent }
                    if let write = flushed[span] { done.insert(write) }
                case .cacheDirtied: newest[event.detail] = id
                case .cacheFlushed where event.outcome == .ok:
                    if newest[event.detail] == flushed[event.span] { newest[event.detail] = nil }
                case .cacheEmptied:
                    for (key, write) in newest { atCrash.append((key, write, id.rawValue)) }
                    newest = [:]
                case .cacheLost: lost.insert([event.detail.rawValue, event.cause.rawValue])
                default: break
                }
            }
            for (key, write, crash) in atCrash where !done.contains(write) { missing.insert([key.rawValue, crash]) }
            saved = atCrash.count - missing.count
        }
    }
}
