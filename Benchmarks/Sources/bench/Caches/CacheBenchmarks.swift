import Resilience

/// Requests a second through each eviction policy, beside libCacheSim on the same file: 10^7 requests for 10^6 keys, of
/// which a tenth fits in. Ours keep a value and a time for each entry; libCacheSim simulates and keeps neither.
enum CacheBenchmarks {
    private static let (requests, keys, capacity) = (10_000_000, 1_000_000, 100_000)
    private static let rounds = 2

    private static let peers: [EvictionRule: String] = [
        .fifo: "FIFO", .lru: "LRU", .lfu: "LFU", .clock: "Clock", .sieve: "Sieve", .s3fifo: "S3FIFO", .arc: "ARC",
        .wTinyLFU: "WTinyLFU",
    ]

    static func run() throws {
        Report.title("Caches")
        let trace = try RequestTrace(requests: requests, keys: keys, exponent: 0.8)
        defer { trace.remove() }
        for rule in EvictionRule.allCases {
            var best = (ours: 0.0, theirs: 0.0)
            for _ in 0..<rounds {
                best.ours = max(best.ours, try rate(rule, trace))
                best.theirs = max(
                    best.theirs,
                    try Python.number("caches.py", [trace.file.path, peers[rule] ?? "", "\(capacity)", "\(requests)"]))
            }
            Report.ratio(rule.rawValue, best.ours, to: "libCacheSim", best.theirs, budget: 0.5)
        }
    }

    private static func rate(_ rule: EvictionRule, _ trace: RequestTrace) throws -> Double {
        var cache = BoundedCache<UInt64, UInt64, ContinuousClock.Instant>(capacity: capacity, eviction: rule)
        let now = ContinuousClock.now
        let seconds = try Stopwatch.seconds {
            try trace.forEachKey { key in
                if cache.get(key, at: now).value == nil { cache.set(key, key, at: now) }
            }
        }
        return Double(trace.count) / seconds
    }
}
