import Trace

@testable import Workshop

/// A cache that forgets by a simple rule, and tells what it does.
struct ToyCache {
    let name: String
    let capacity: Int
    /// `lru`, `fifo`, or `sieve`.
    let rule: String
    /// Milliseconds; `nil`: for ever.
    var ttl: Double?
    /// From the head.
    private(set) var keys: [String] = []
    private var marked: Set<String> = []
    private var hand: String?
    private var stored: [String: (event: Int, time: Double)] = [:]

    init(_ name: String, capacity: Int, rule: String = "lru", ttl: Double? = nil) {
        self.name = name
        self.capacity = capacity
        self.rule = rule
        self.ttl = ttl
    }

    func configure(_ sketch: inout TraceSketch, writes: String = "through", flush: Double? = nil) {
        sketch.event(.cacheConfigured, at: 0, name, "capacity", value: Int64(capacity))
        sketch.event(.cacheConfigured, at: 0, name, "ttl", value: ttl.map(TraceSketch.nanoseconds) ?? -1)
        sketch.event(.cacheConfigured, at: 0, name, "eviction=\(rule)")
        sketch.event(.cacheConfigured, at: 0, name, "writes=\(writes)")
        if let flush { sketch.event(.cacheConfigured, at: 0, name, "flush", value: TraceSketch.nanoseconds(flush)) }
    }

    /// A request of its own that asks for a key, and loads it where it has to.
    mutating func read(_ key: String, at time: Double, takes load: Double = 100, _ sketch: inout TraceSketch) {
        let request = sketch.request(at: time)
        if keys.contains(key), let kept = stored[key] {
            sketch.lookup(name, key, at: time, in: request, age: time - kept.time)
            touch(key, at: time, in: request, &sketch)
        } else {
            sketch.lookup(name, key, at: time, in: request)
            let end = sketch.call("sql", "read", at: time, in: request, service: load)
            store(key, at: end, in: request, &sketch)
        }
        sketch.end(request, at: keys.contains(key) && stored[key]?.time ?? 0 <= time ? time : time + load)
    }

    private mutating func touch(
        _ key: String, at time: Double, in request: TraceSketch.Holder, _ sketch: inout TraceSketch
    ) {
        switch rule {
        case "lru":
            keys.removeAll { $0 == key }
            keys.insert(key, at: 0)
            sketch.event(.cachePlaced, at: time, name, key, in: request, cause: sketch.last)
        case "sieve":
            marked.insert(key)
            sketch.event(.cacheMarked, at: time, name, key, in: request, cause: sketch.last, value: 1)
        default: break
        }
    }

    mutating func store(_ key: String, at time: Double, in request: TraceSketch.Holder?, _ sketch: inout TraceSketch) {
        let store = sketch.event(
            .cacheStored, at: time, name, key, in: request, cause: sketch.last,
            value: ttl.map(TraceSketch.nanoseconds) ?? -1)
        stored[key] = (store, time)
        if !keys.contains(key), keys.count >= capacity { evict(at: time, for: store, in: request, &sketch) }
        if !keys.contains(key) || rule == "lru" {
            keys.removeAll { $0 == key }
            keys.insert(key, at: 0)
            sketch.event(.cachePlaced, at: time, name, key, in: request, cause: store)
        }
    }

    private mutating func evict(
        at time: Double, for store: Int, in request: TraceSketch.Holder?, _ sketch: inout TraceSketch
    ) {
        var place = hand.flatMap { keys.firstIndex(of: $0) } ?? keys.count - 1
        if rule == "sieve" {
            while marked.contains(keys[place]) {
                marked.remove(keys[place])
                sketch.event(.cacheMarked, at: time, name, keys[place], in: request, cause: store)
                place = place == 0 ? keys.count - 1 : place - 1
            }
            hand = place > 0 ? keys[place - 1] : nil
            sketch.event(.cacheHandMoved, at: time, name, hand ?? "", in: request, cause: store)
        }
        let key = keys.remove(at: place)
        let age = TraceSketch.nanoseconds(time - (stored[key]?.time ?? time))
        sketch.event(.cacheEvicted, at: time, name, key, in: request, cause: store, value: age)
    }
}

extension TraceSketch {
    /// Capacity 2 and the reads user:1, user:1, user:2, user:3, user:1, a second apart.
    static func fiveReads(rule: String = "lru", ttl: Double? = 60_000) -> Trace {
        var sketch = TraceSketch(backends: ["sql"], caches: ["users"])
        var cache = ToyCache("users", capacity: 2, rule: rule, ttl: ttl)
        cache.configure(&sketch)
        for (place, user) in [1, 1, 2, 3, 1].enumerated() {
            cache.read("user:\(user)", at: Double(place) * 1000, &sketch)
        }
        return sketch.finished(end: 6000)
    }

    /// Many reads of keys of which a few are asked for much more often.
    static func busyCaches(
        capacity: Int, reads: Int, rules: [String] = ["lru"], ttl: Double? = nil, every: Double = 5
    ) -> Trace {
        var sketch = TraceSketch(
            backends: ["sql"], caches: rules.count == 1 ? ["products"] : rules.enumerated().map { "\($1)-\($0 + 1)" })
        var caches = rules.enumerated().map { place, rule in
            ToyCache(rules.count == 1 ? "products" : "\(rule)-\(place + 1)", capacity: capacity, rule: rule, ttl: ttl)
        }
        for cache in caches { cache.configure(&sketch) }
        var random = SeededGenerator(7)
        for read in 0..<reads {
            let share = Double(random.next() >> 11) / Double(1 << 53)
            let key = 1 + Int(share * share * share * Double(capacity) * 3)
            for place in caches.indices {
                caches[place].read("product-\(key)", at: Double(read) * every + Double(place) * 0.1, takes: 1, &sketch)
            }
        }
        return sketch.finished(end: Double(reads) * every * 1.25)
    }

    static var arc: Trace {
        listed("arc", [(.recent, 38), (.frequent, 62), (.ghostRecent, 60), (.ghostFrequent, 12)], target: 45)
    }

    /// A hit on what is about to expire, and its load in the background.
    static var refresh: Trace {
        var sketch = TraceSketch(backends: ["sql"], caches: ["products"])
        let cache = ToyCache("products", capacity: 10, ttl: 60_000)
        cache.configure(&sketch)
        let request = sketch.request(at: 1000, flow: "page")
        sketch.lookup("products", "product-1", at: 1000, in: request, age: 50_000, takes: 10)
        let hit = sketch.last
        var work = request
        work.span = sketch.newSpan()
        work.event = sketch.event(
            .backgroundStarted, at: 1010, "products", "refresh", in: work, span: work.span, cause: hit)
        sketch.end(request, at: 1010)
        sketch.call("sql", "get_product", at: 1010, in: work, service: 100)
        sketch.event(
            .cacheStored, at: 1110, "products", "product-1", in: work, span: work.span, cause: sketch.last,
            value: nanoseconds(60_000))
        sketch.event(
            .backgroundFinished, at: 1110, "products", "refresh", outcome: .ok, in: work, span: work.span,
            cause: sketch.last, value: nanoseconds(100))
        return sketch.finished(end: 2000)
    }

    /// Lists as they stand once so many keys have gone to the head of each.
    static func listed(_ rule: String, _ lists: [(CacheList, Int)], target: Int64? = nil) -> Trace {
        var sketch = TraceSketch(backends: ["sql"], caches: ["products"])
        let live = lists.filter { !$0.0.isGhost }.reduce(0) { $0 + $1.1 }
        ToyCache("products", capacity: live, rule: rule, ttl: 60_000).configure(&sketch)
        var number = 0
        for (list, count) in lists {
            for _ in 0..<count {
                number += 1
                let key = "product-\(number)"
                if !list.isGhost {
                    sketch.event(.cacheStored, at: Double(number) * 100, "products", key, value: nanoseconds(60_000))
                }
                sketch.event(.cachePlaced, at: Double(number) * 100, "products", key, value: Int64(list.rawValue))
            }
        }
        if let target { sketch.event(.cacheTargetMoved, at: Double(number) * 100, "products", value: target) }
        return sketch.finished(end: Double(number) * 150)
    }

    /// Write-back: a write every 400 ms, a flush every 5 s, a crash at 12 s.
    static func writeBack(crash: Double? = 12_000) -> Trace {
        var sketch = TraceSketch(backends: ["sql"], caches: ["orders"])
        var cache = ToyCache("orders", capacity: 50)
        cache.configure(&sketch, writes: "back", flush: 5000)
        var dirty: [String] = []
        for tick in 1...75 {
            let time = Double(tick) * 400
            if let crash, time > crash, time - 400 <= crash {
                let empty = sketch.event(.cacheEmptied, at: crash, "orders", "crash", value: 20)
                for key in dirty { sketch.event(.cacheLost, at: crash, "orders", key, cause: empty, value: 1) }
                dirty = []
            }
            if tick % 25 == 0 || tick % 25 == 12 {
                let span = sketch.newSpan()
                sketch.event(.backgroundStarted, at: time, "orders", "flush", span: span)
                for (place, key) in dirty.enumerated() {
                    sketch.event(
                        .cacheFlushed, at: time + 100, "orders", key, outcome: .ok, span: span,
                        value: Int64(dirty.count - place - 1))
                }
                dirty = []
                sketch.event(.backgroundFinished, at: time + 100, "orders", "flush", outcome: .ok, span: span)
                continue
            }
            let key = "order-\(tick * 7 % 30 + 1)"
            let request = sketch.request(at: time, flow: "update")
            sketch.event(.cacheWritten, at: time, "orders", key, in: request, value: dirty.contains(key) ? 1 : 0)
            cache.store(key, at: time, in: request, &sketch)
            if !dirty.contains(key) { dirty.append(key) }
            sketch.event(.cacheDirtied, at: time, "orders", key, in: request, value: Int64(dirty.count))
            sketch.end(request, at: time)
        }
        return sketch.finished(end: 30_000)
    }
}
