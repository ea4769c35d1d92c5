import Resilience
import Testing

/// The same requests on `cachetools` and on libCacheSim (PyPI's `libcachesim`): the same misses.
@Suite(.enabled(if: Python.isThere, "needs the Python that scripts/test prepares"))
struct EvictionOracleTests {
    /// A Zipf popularity whose favourites change, with scans in between.
    static func trace(_ count: Int, seed: UInt64) -> [Int] {
        zipf(count, count: 1000, alpha: 0.8, seed: seed).enumerated().map { number, key in
            if number % 10_000 > 9_000 { return 100_000 + number }
            return (key + number / 20_000 * 37) % 1000
        }
    }

    /// Misses by what each line of output calls them.
    static func theirs(_ script: String, capacity: Int, _ lines: some Sequence<String>) throws -> [String: Int] {
        let answer = try Python.lines(script, ["\(capacity)"], input: lines.joined(separator: "\n"))
        return Dictionary(
            answer.map { $0.split(separator: " ") }.map { (String($0[0]), Int($0[1]) ?? -1) },
            uniquingKeysWith: { $1 })
    }

    static let cachetools = """
        import sys, cachetools
        keys = sys.stdin.read().split()
        for name in "fifo", "lru", "lfu":
            cache = getattr(cachetools, name.upper() + "Cache")(int(sys.argv[1]))
            misses = 0
            for key in keys:
                if cache.get(key) is None:
                    misses += 1
                    cache[key] = key
            print(name, misses)
        """

    /// Lines are a key and its weight. Keys begin at 1: libCacheSim takes none that are 0.
    static let libcachesim = """
        import sys, struct, tempfile, libcachesim
        algorithms = dict(fifo="FIFO", lru="LRU", lfu="LFU", clock="Clock", sieve="Sieve", s3fifo="S3FIFO", arc="ARC",
            wTinyLFU="WTinyLFU")
        with tempfile.NamedTemporaryFile(suffix=".oracleGeneral.bin") as file:
            requests = [line.split() for line in sys.stdin]
            for time, (key, weight) in enumerate(requests):
                file.write(struct.pack("<IQIq", time, int(key) + 1, int(weight), -1))
            file.flush()
            for name, algorithm in algorithms.items():
                reader = libcachesim.TraceReader(file.name, libcachesim.TraceType.ORACLE_GENERAL_TRACE)
                cache = getattr(libcachesim, algorithm)(int(sys.argv[1]), hashpower=16)
                print(name, round(cache.process_trace(reader)[0] * len(requests)))
        """

    @Test func missesAreThoseOfCachetools() throws {
        let trace = Self.trace(100_000, seed: 1)
        let theirs = try Self.theirs(Self.cachetools, capacity: 100, trace.map { "\($0)" })
        for rule in [EvictionRule.fifo, .lru, .lfu] {
            var stand = CacheStand<Int>(rule, capacity: 100)
            #expect(stand.misses(trace) == theirs[rule.rawValue], "\(rule)")
        }
    }

    /// W-TinyLFU is defined in other ways there: see the type.
    @Test(arguments: [(100_000, 100), (20_000, 20), (20_000, 333)])
    func missesAreThoseOfLibCacheSim(count: Int, capacity: Int) throws {
        let trace = Self.trace(count, seed: 2)
        let theirs = try Self.theirs(Self.libcachesim, capacity: capacity, trace.map { "\($0) 1" })
        for rule in EvictionRule.allCases {
            var stand = CacheStand<Int>(rule, capacity: capacity)
            let (ours, theirs) = (stand.misses(trace), theirs[rule.rawValue] ?? 0)
            if rule == .wTinyLFU {
                // With less than 100, its window there has no room for anything.
                guard capacity >= 100 else { continue }
                #expect(abs(Double(ours) / Double(theirs) - 1) < 0.05, "\(rule): \(ours), there \(theirs)")
            } else {
                #expect(ours == theirs, "\(rule)")
            }
        }
    }

    /// Entries of weight 1 to 9: one can need the room of several.
    @Test func missesWithWeightsAreThoseOfLibCacheSim() throws {
        let trace = Self.trace(20_000, seed: 3)
        func weight(_ key: Int) -> Int { 1 + key * key % 9 }
        let theirs = try Self.theirs(Self.libcachesim, capacity: 400, trace.map { "\($0) \(weight($0))" })
        for rule in EvictionRule.allCases where rule != .wTinyLFU {
            var stand = CacheStand<Int>(rule, capacity: 400)
            let ours = trace.count { !stand.request($0, weight: weight($0)) }
            let theirs = theirs[rule.rawValue] ?? 0
            // ARC's ghosts are bounded here, and not there: see the type.
            let tolerance = rule == .arc ? theirs / 200 : 0
            #expect(abs(ours - theirs) <= tolerance, "\(rule): \(ours), there \(theirs)")
        }
    }
}
