import Scenario
import Testing
import Trace

/// Caches with a capacity.
@Suite struct EvictionTraceTests {
    /// The lesson's sequence: MISS, HIT, MISS, MISS (evicts user:1), MISS (evicts user:2).
    @Test func capacityOfTwoGivesOneHitInFive() throws {
        var stage = CacheStage(cache: "capacity: 2", keys: "[user:1, user:1, user:2, user:3, user:1]")
        stage.reads = "0s, 1s, 2s, 3s, 4s"
        let trace = try stage.trace()
        #expect(
            trace.cacheStory(.cacheHit, .cacheMiss, .cacheEvicted) == [
                "0 Miss user:1", "1000 Hit user:1", "2000 Miss user:2", "3000 Miss user:3", "3100 Evicted user:1",
                "4000 Miss user:1", "4100 Evicted user:2",
            ])
        #expect(trace.latencies == [100, 0, 100, 100, 100])
        // Each event says why.
        let misses = trace.all(.cacheMiss)
        #expect(trace.why(misses[3]).prefix(3) == ["near cacheMiss", "near cacheEvicted", "near cacheStored"])
        #expect(trace.values(.cacheEvicted) == [3_000_000_000, 2_000_000_000])
    }

    @Test func settingsAreToldAtTheStart() throws {
        let trace = try CacheStage(cache: "ttl: 60s, capacity: 2, eviction: sieve, early: 2, refreshAhead: 20%").trace()
        let settings = trace.all(.cacheConfigured).map { "\(trace.name($0.detail)) \($0.value)" }
        #expect(
            settings == [
                "capacity 2", "eviction=sieve 0", "ttl 60000000000", "ttlJitter 0", "writes=through 0",
                "flush 5000000000", "batch -1", "retry 1000000000", "coalesce 0", "refreshAhead 200000", "staleFor -1",
                "early 2000000",
            ])
    }

    /// A view can follow the lists: whoever plays the steps has the same keys as the cache.
    @Test(arguments: Cache.Eviction.allCases)
    func stepsRebuildTheContents(eviction: Cache.Eviction) throws {
        var stage = CacheStage(
            cache: "ttl: 4s, capacity: 10, eviction: \(eviction.rawValue), writes: back, staleFor: 500ms",
            keys: "{ zipf: 0.7, count: 40 }")
        stage.readers = "arrivals: { poisson: 60/s }"
        stage.writeKeys = "{ uniform: 40 }"
        stage.duration = "30s"
        stage.latency = "20ms"
        stage.flows = "drop: [ { invalidate: { in: near, pattern: \"read-1*\" } } ]"
        stage.clients = """
            dropper: { flow: drop, at: [ 7s, 13s ] }
              more: { flow: write, keys: read, arrivals: { poisson: 5/s } }
            """
        stage.interventions = [
            at(10_000, .crash(cache: "near")), at(16_000, .set(path: "caches.near.capacity", value: "4")),
            at(20_000, .set(path: "caches.near.eviction", value: "lru")),
            at(24_000, .restart(cache: "near")),
        ]
        let trace = try stage.trace()
        var present: [NameID: CacheList] = [:]
        var capacity = 10
        var problems: [String] = []
        for event in trace.events where trace.name(event.component) == "near" {
            let isThere = present[event.detail].map { !$0.isGhost } ?? false
            switch event.kind {
            case .cacheConfigured where trace.name(event.detail) == "capacity": capacity = Int(event.value)
            case .cachePlaced: present[event.detail] = CacheList(rawValue: UInt8(event.value))
            case .cacheEvicted, .cacheRemoved, .cacheForgotten:
                if event.kind == .cacheForgotten ? isThere : !isThere { problems.append(trace.line(event)) }
                present[event.detail] = nil
            case .cacheEmptied:
                if present.values.count(where: { !$0.isGhost }) != event.value { problems.append(trace.line(event)) }
                present = [:]
            case .cacheMiss: if isThere, event.value == 0 { problems.append(trace.line(event)) }
            case .cacheHit:
                // A dirty key is found although it has been evicted or is over.
                if !isThere, trace[event.cause]?.kind != .cacheDirtied { problems.append(trace.line(event)) }
            case .cacheLookup:
                let entries = present.values.count { !$0.isGhost }
                if entries > max(capacity, 1) { problems.append("\(entries) entries") }
            default: break
            }
        }
        #expect(problems == [])
        #expect(trace.all(.cacheEvicted).count > 100 && trace.all(.cacheHit).count > 300)
        // Each step has the event that led to it before it.
        for event in trace.events where event.kind == .cachePlaced {
            let cause = try #require(trace[event.cause])
            #expect(cause.time == event.time || cause.kind == .parameterSet)
        }
    }

    @Test func entryHeavierThanTheCacheIsNotKept() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { sql: { latency: 10ms } }
            caches: { near: { capacity: 3 } }
            flows:
              big: [ { cache: { in: near, key: big, weight: 4, do: { call: sql.get } } } ]
              two: [ { cache: { in: near, key: two, weight: 2, do: { call: sql.get } } } ]
              also: [ { cache: { in: near, key: also, weight: 2, do: { call: sql.get } } } ]
            clients:
              a: { flow: two, at: [0s] }
              b: { flow: big, at: [1s] }
              c: { flow: also, at: [2s] }
            """)
        #expect(
            trace.cacheStory(.cacheStored, .cacheEvicted) == [
                "10 Stored two", "1010 Stored big", "1010 Evicted big", "2010 Stored also", "2010 Evicted two",
            ])
    }

    /// N 1000, C 100, Zipf 0.8: Che's approximation, the simulations of SEMANTICS 4.7, and perfect LFU as the bound.
    @Test(arguments: [(Cache.Eviction.lru, 0.3782), (.fifo, 0.3348), (.clock, 0.3925), (.sieve, 0.4960)])
    func che_hitRatiosOnZipf(eviction: Cache.Eviction, ratio: Double) throws {
        var stage = CacheStage(
            cache: "capacity: 100, eviction: \(eviction.rawValue)", keys: "{ zipf: 0.8, count: 1000 }")
        stage.readers = "arrivals: { rate: 1000/s }"
        stage.latency = "0s"
        stage.duration = "60s"
        let trace = try stage.trace()
        // The first 20 s fill the cache.
        let warm = trace.events.filter { $0.time >= .seconds(20) }
        let hits = warm.count { $0.kind == .cacheHit }
        let misses = warm.count { $0.kind == .cacheMiss }
        #expect(abs(Double(hits) / Double(hits + misses) - ratio) < 0.012)
    }
}
