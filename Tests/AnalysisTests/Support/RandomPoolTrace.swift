import Trace

/// Traces of caches of every kind and of a pool of servers: what they do is drawn, not simulated, and the vocabulary's
/// rules are kept.
enum RandomPoolTrace {
    static let caches = ["products", "prices"]
    static let servers = ["s1", "s2", "s3", "s4"]

    static func make(seed: UInt64, steps: Int, keys: Int = 12) -> Trace {
        var maker = Maker(seed: seed, keys: keys)
        for _ in 0..<steps { maker.step() }
        return maker.finished()
    }
}

private struct Maker {
    var generator: SeededGenerator
    var trace: Trace
    var time: Int64 = 0
    var spans: UInt32 = 0
    var requests: UInt32 = 0
    let keys: [String]
    /// What is in each cache, and what is dirty: only so far as the rules need it.
    var entries = [Set<String>](repeating: [], count: RandomPoolTrace.caches.count)
    var ghosts = [Set<String>](repeating: [], count: RandomPoolTrace.caches.count)
    /// With the event that wrote them last.
    var dirty = [[String: Int]](repeating: [:], count: RandomPoolTrace.caches.count)
    /// Flushes under way: their cache, span, first event and keys.
    var flushes: [(cache: Int, span: UInt32, start: Int, keys: [String])] = []

    init(seed: UInt64, keys: Int) {
        generator = SeededGenerator(seed: seed)
        trace = Trace(scenario: "pools", seed: seed)
        self.keys = (1...keys).map { "key-\($0)" }
        declare("web", .client)
        declare("read", .flow)
        declare("shop", .balancer)
        for name in RandomPoolTrace.servers { declare(name, .backend) }
        declare("sql", .backend)
        for name in RandomPoolTrace.caches { declare(name, .cache) }
        for name in RandomPoolTrace.caches {
            add(.cacheConfigured, name, "capacity", value: 8)
            add(.cacheConfigured, name, "eviction=arc")
        }
        add(.balancerConfigured, "shop", "algorithm=twoChoices")
        for name in RandomPoolTrace.servers.dropLast() { add(.serverJoined, "shop", name, value: 1_000_000) }
    }

    mutating func declare(_ name: String, _ kind: Component.Kind) {
        trace.components.append(Component(name: trace.names.intern(name), kind: kind))
    }

    mutating func add(
        _ kind: EventKind, _ component: String, _ detail: String = "", _ outcome: Outcome = .none, span: UInt32 = 0,
        parent: UInt32 = 0, request: UInt32 = 0, value: Int64 = 0
    ) {
        trace.events.append(
            Event(
                time: VirtualTime(nanoseconds: time), kind: kind, outcome: outcome,
                component: trace.names.intern(component), detail: trace.names.intern(detail),
                request: RequestID(request), span: SpanID(span), parent: SpanID(parent), value: value))
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    mutating func pick(_ items: some Collection<String>) -> String? { items.sorted().randomElement(using: &generator) }

    mutating func step() {
        time += Int64(number(0...3)) * 1_000_000
        let cache = number(0...RandomPoolTrace.caches.count - 1)
        switch number(1...20) {
        case 1...6: lookUp(cache)
        case 7...8: arrange(cache)
        case 9: evict(cache)
        case 10...11: write(cache)
        case 12: flush(cache)
        case 13: invalidate(cache)
        case 14: if number(1...6) == 1 { crash(cache) }
        case 15: changePool()
        default: call()
        }
    }

    // MARK: Caches

    mutating func lookUp(_ cache: Int) {
        let (name, key) = (RandomPoolTrace.caches[cache], keys[number(0...keys.count - 1)])
        spans += 1
        let span = spans
        add(.cacheLookup, name, key, span: span)
        guard entries[cache].contains(key) else {
            add(.cacheMiss, name, key, span: span)
            if number(1...4) == 1 { add(.cacheJoined, name, key, span: span) }
            return store(cache, key)
        }
        if number(1...5) == 1 {
            add(.cacheMiss, name, key, span: span, value: 1)
            add(.cacheRemoved, name, key)
            entries[cache].remove(key)
            return
        }
        add(.cacheHit, name, key, span: span, value: 5)
        switch number(1...4) {
        case 1: add(.cacheStaleServed, name, key, span: span, value: 7)
        case 2: add(.cachePlaced, name, key, value: list(false))
        case 3: add(.cacheMarked, name, key, value: Int64(number(0...3)))
        default: break
        }
    }

    mutating func list(_ ghost: Bool) -> Int64 {
        Int64(CacheList.allCases.filter { $0.isGhost == ghost }.randomElement(using: &generator)?.rawValue ?? 0)
    }

    mutating func store(_ cache: Int, _ key: String) {
        let name = RandomPoolTrace.caches[cache]
        add(.cacheStored, name, key, value: number(1...5) == 1 ? -1 : Int64(number(1...40)) * 1_000_000)
        if !entries[cache].contains(key) || number(1...2) == 1 { add(.cachePlaced, name, key, value: list(false)) }
        entries[cache].insert(key)
        ghosts[cache].remove(key)
    }

    mutating func arrange(_ cache: Int) {
        let name = RandomPoolTrace.caches[cache]
        switch number(1...4) {
        case 1: add(.cacheHandMoved, name, pick(entries[cache]) ?? "")
        case 2: add(.cacheTargetMoved, name, value: Int64(number(0...8)))
        case 3: if let key = pick(entries[cache]) { add(.cachePlaced, name, key, value: list(false)) }
        default:
            guard let key = pick(ghosts[cache]) else { return }
            add(.cacheForgotten, name, key)
            ghosts[cache].remove(key)
        }
    }

    mutating func evict(_ cache: Int) {
        guard let key = pick(entries[cache]) else { return }
        let name = RandomPoolTrace.caches[cache]
        let becomesGhost = number(1...2) == 1
        // A ghost may be placed before or after its value goes.
        let isFirst = number(1...2) == 1
        if becomesGhost, isFirst { add(.cachePlaced, name, key, value: list(true)) }
        add(.cacheEvicted, name, key, value: 3)
        if becomesGhost, !isFirst { add(.cachePlaced, name, key, value: list(true)) }
        entries[cache].remove(key)
        if becomesGhost { ghosts[cache].insert(key) }
    }

    mutating func write(_ cache: Int) {
        let (name, key) = (RandomPoolTrace.caches[cache], keys[number(0...keys.count - 1)])
        add(.cacheWritten, name, key, value: dirty[cache][key] == nil ? 0 : 1)
        store(cache, key)
        dirty[cache][key] = trace.events.count
        add(.cacheDirtied, name, key, value: Int64(dirty[cache].count))
    }

    mutating func flush(_ cache: Int) {
        let name = RandomPoolTrace.caches[cache]
        if let place = flushes.firstIndex(where: { $0.cache == cache }) {
            let flush = flushes.remove(at: place)
            for key in flush.keys {
                guard let written = dirty[cache][key] else { continue }
                let isDone = number(1...3) > 1
                if isDone, written < flush.start { dirty[cache][key] = nil }
                add(.cacheFlushed, name, key, isDone ? .ok : .failed, span: flush.span)
            }
            add(.backgroundFinished, name, "flush", .ok, span: flush.span)
        } else {
            spans += 1
            add(.backgroundStarted, name, number(1...4) == 1 ? "refresh" : "flush", span: spans)
            guard trace.name(trace.events[trace.events.count - 1].detail) == "flush" else { return }
            flushes.append((cache, spans, trace.events.count - 1, dirty[cache].keys.sorted()))
        }
    }

    mutating func invalidate(_ cache: Int) {
        let name = RandomPoolTrace.caches[cache]
        let gone = number(1...3) == 1 ? entries[cache].sorted() : [keys[number(0...keys.count - 1)]]
        let there = gone.filter { entries[cache].contains($0) }
        add(.cacheInvalidated, name, gone.count == 1 ? gone[0] : "key-*", value: Int64(there.count))
        for key in there {
            add(.cacheRemoved, name, key)
            entries[cache].remove(key)
        }
    }

    mutating func crash(_ cache: Int) {
        let name = RandomPoolTrace.caches[cache]
        add(.cacheEmptied, name, "crash", value: Int64(entries[cache].count))
        for key in dirty[cache].keys.sorted() { add(.cacheLost, name, key, value: 9) }
        (entries[cache], ghosts[cache], dirty[cache]) = ([], [], [:])
    }

    // MARK: The pool

    mutating func changePool() {
        let server = RandomPoolTrace.servers[number(0...RandomPoolTrace.servers.count - 1)]
        switch number(1...12) {
        case 1: add(.serverJoined, "shop", server, value: Int64(number(1...3)) * 1_000_000)
        case 2: add(.serverLeft, "shop", server)
        case 3: add(.serverWeighed, "shop", server, value: 500_000)
        case 4: add(.serverDown, "shop", server)
        case 5: add(.serverUp, "shop", server)
        case 6: add(.serverEjected, "shop", server, value: 30_000_000)
        case 7: add(.serverReturned, "shop", server)
        case 8: add(.healthChecked, "shop", server, number(1...3) == 1 ? .failed : .ok, value: 2)
        case 9: add(.panicStarted, "shop", value: 400_000)
        case 10: add(.panicEnded, "shop")
        default: add(.sectorOwned, "shop", server, value: Int64(number(0...EventKind.sectors - 1)))
        }
    }

    mutating func call() {
        requests += 1
        spans += 2
        let (root, span) = (spans - 1, spans)
        add(.requestStarted, "web", "read", span: root, request: requests)
        add(.requestKeyed, "web", keys[number(0...keys.count - 1)], span: root, request: requests)
        for _ in 0..<number(0...2) {
            let server = RandomPoolTrace.servers[number(0...RandomPoolTrace.servers.count - 1)]
            add(.balancerCompared, "shop", server, span: root, request: requests, value: Int64(number(0...9)) * 500_000)
        }
        if number(1...8) == 1 {
            add(.balancerRefused, "shop", "", .refused, span: root, request: requests)
            return add(.requestFinished, "web", "read", .refused, span: root, request: requests)
        }
        let server = RandomPoolTrace.servers[number(0...RandomPoolTrace.servers.count - 1)]
        add(.balancerPicked, "shop", server, span: root, request: requests, value: 1)
        if number(1...4) == 1 { add(.keyMoved, "shop", keys[0], span: root, request: requests) }
        add(.callSent, server, "get", span: span, parent: root, request: requests)
        add(.callArrived, server, "get", span: span, parent: root, request: requests)
        add(.serviceStarted, server, "get", span: span, parent: root, request: requests, value: 1)
        guard number(1...3) > 1 else { return }
        time += Int64(number(0...4)) * 1_000_000
        add(.serviceFinished, server, "get", .ok, span: span, parent: root, request: requests)
        add(.callFinished, server, "get", .ok, span: span, parent: root, request: requests)
        add(.requestFinished, "web", "read", .ok, span: root, request: requests)
    }

    mutating func finished() -> Trace {
        trace.end = VirtualTime(nanoseconds: time + 5_000_000)
        return trace
    }
}
