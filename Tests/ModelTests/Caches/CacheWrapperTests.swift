import Resilience
import Scenario
import Simulation
import Testing
import Trace

/// The model's caches against the library's `CachedLoader`: the same reads, the same loads, the same answers.
@Suite struct CacheWrapperTests {
    struct Read: Sendable {
        var at: Int
        var key: Int
    }

    static func reads(_ random: inout TestRandom) -> [Read] {
        var time = 0
        return (0..<150).map { _ in
            time += [1, 3, 7, 20, 90][Int.random(in: 0..<5, using: &random)]
            let rank = min(Int.random(in: 0..<12, using: &random), Int.random(in: 0..<12, using: &random))
            return Read(at: time, key: rank + 1)
        }
    }

    /// What readers found and when, and which keys were loaded when. Loads end between the milliseconds of reads.
    static func library(_ reads: [Read], _ rules: LoadingRules, capacity: Int?, _ eviction: EvictionRule) throws
        -> (answers: [String], loads: [String])
    {
        let simulation = Simulation(seed: 1)
        let notes = Notes()
        let clock = simulation.clock
        let loader = CachedLoader<Int, Int, VirtualClock>(
            rules, capacity: capacity, eviction: eviction, clock: clock, random: { 0.5 },
            onEvent: { event in
                let now = clock.now.milliseconds
                switch event {
                case .hit(let key, _), .stale(let key, _): notes.answers.append("\(now) hit k-\(key)")
                case .missed(let key): notes.answers.append("\(now) miss k-\(key)")
                case .loading(let key, _): notes.loads.append("\(now) k-\(key)")
                default: break
                }
            }
        ) { key in
            try await clock.sleep(until: clock.now.advanced(by: .microseconds(40_500)), tolerance: nil)
            return key
        }
        simulation.spawn { await loader.run() }
        for read in reads {
            simulation.schedule(at: .milliseconds(Double(read.at))) {
                simulation.spawn { _ = try? await loader.get(read.key) }
            }
        }
        try simulation.run(until: .seconds(60))
        return (notes.answers, notes.loads)
    }

    final class Notes: @unchecked Sendable {  // Confined to the run's thread.
        var answers: [String] = []
        var loads: [String] = []
    }

    static func model(_ reads: [Read], _ cache: String) throws -> (answers: [String], loads: [String]) {
        let keys = reads.map { "k-\($0.key)" }.joined(separator: ", ")
        let times = reads.map { "\($0.at)ms" }.joined(separator: ", ")
        let trace = try rehearse(
            """
            duration: 60s
            keys: { k: [\(keys)] }
            backends: { sql: { latency: 40.5ms } }
            caches: { near: { \(cache) } }
            flows: { read: [ { cache: { in: near, key: $key, do: { call: { to: sql.get, key: $key } } } } ] }
            clients: { web: { flow: read, keys: k, at: [\(times)] } }
            """)
        let answers = trace.events.filter { $0.kind == .cacheHit || $0.kind == .cacheMiss }.map { event in
            "\(event.time.milliseconds) \(event.kind == .cacheHit ? "hit" : "miss") \(trace.name(event.detail))"
        }
        // A load is about the key of the look-up that caused it.
        let loads = trace.all(.callSent).map { call in
            var next: Event? = call
            while let event = next, event.kind != .cacheMiss, event.kind != .cacheHit { next = trace[event.cause] }
            return "\(call.time.milliseconds) \(next.map { trace.name($0.detail) } ?? "")"
        }
        return (answers, loads)
    }

    @Test(arguments: Cache.Eviction.allCases)
    func sameReadsGiveTheSameHitsAndLoads(eviction: Cache.Eviction) throws {
        let rule = try #require(EvictionRule(rawValue: eviction.rawValue))
        for seed in UInt64(1)...12 {
            var random = TestRandom(state: seed)
            let reads = Self.reads(&random)
            let ttl = [100, 400, 2000][Int.random(in: 0..<3, using: &random)]
            let capacity = Int.random(in: 2...8, using: &random)
            let freshness: [(String, FreshnessRules)] = [
                ("", .plain), (", refreshAhead: 30%", try FreshnessRules(refreshAhead: 0.3)),
                (", staleFor: 150ms", try FreshnessRules(staleFor: .milliseconds(150))),
            ]
            let (text, rules) = freshness[Int(seed % 3)]
            let library = try Self.library(
                reads, try LoadingRules(ttl: .milliseconds(ttl), freshness: rules), capacity: capacity, rule)
            let model = try Self.model(
                reads,
                "ttl: \(ttl)ms, capacity: \(capacity), eviction: \(eviction.rawValue), coalesce: true" + text)
            // W-TinyLFU's chance is another in the two.
            #expect(library.answers == model.answers || eviction == .wTinyLFU, "seed \(seed)")
            #expect(library.loads == model.loads || eviction == .wTinyLFU, "seed \(seed)")
        }
    }
}
