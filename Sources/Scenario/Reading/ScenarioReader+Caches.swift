/// Caches: what they keep, for how long, and how they write and load.
extension ScenarioReader {
    static let mostEntries = 1_000_000
    private static let betas = 0.0...100.0

    func cache(_ entry: YAMLEntry) -> Cache? {
        reader.mapping(entry.value, "cache \(SafeText.quoted(entry.key))", example: "{ ttl: 60s }") { map in
            let bounds = map.some(of: ["ttl", "capacity"])
            let ttl = bounds[0].map(timeToLive) ?? .some(nil)
            let capacity = bounds[1].map { limit($0, from: 1) } ?? .some(nil)
            var cache = Cache(name: entry.key)
            cache.latency = map.optional("latency").flatMap(self.latency) ?? cache.latency
            cache.ttlJitter = map.optional("ttlJitter").flatMap(ttlJitter) ?? 0
            cache.eviction = map.optional("eviction").flatMap { reader.word($0, "an eviction") } ?? cache.eviction
            cache.writes = map.optional("writes").flatMap { reader.word($0, "a way to write") } ?? cache.writes
            cache.flush = map.optional("flush").flatMap(flush) ?? cache.flush
            cache.coalesces = map.optional("coalesce").flatMap { reader.flag($0) } ?? false
            cache.refreshAhead = part(map.optional("refreshAhead")) { reader.share($0) }.flatMap { $0 > 0 ? $0 : nil }
            cache.staleFor = part(map.optional("staleFor")) { reader.duration($0) }.flatMap { $0 > .zero ? $0 : nil }
            cache.early = part(map.optional("early")) { reader.number($0, in: Self.betas) }
                .flatMap { $0 > 0 ? $0 : nil }
            guard let ttl, let capacity else { return nil }
            cache.ttl = ttl
            cache.capacity = capacity
            if ttl == nil { refuseAging(cache, map) }
            return cache
        }
    }

    /// A part that may be missing: left out, or `none`.
    func part<Rule>(_ node: YAMLNode?, read: (YAMLNode) -> Rule?) -> Rule? {
        guard let node, node.text != "none" else { return nil }
        return read(node)
    }

    /// A duration above zero, or none: then the outer value is there and the inner is not.
    private func timeToLive(_ node: YAMLNode) -> Duration?? {
        if ["unlimited", "none"].contains(node.text) { return .some(nil) }
        return positive(node).map { .some($0) }
    }

    private func ttlJitter(_ node: YAMLNode) -> Double? {
        guard let share = reader.share(node) else { return nil }
        if share < 1 { return share }
        reader.report("with 100% an entry could expire at once", at: node.mark, suggestion: "write 50%")
        return nil
    }

    /// What only an entry that expires can have.
    private func refuseAging(_ cache: Cache, _ map: YAMLMapping) {
        let settings = [
            ("ttlJitter", cache.ttlJitter > 0), ("refreshAhead", cache.refreshAhead != nil),
            ("staleFor", cache.staleFor != nil), ("early", cache.early != nil),
        ]
        for (key, isThere) in settings where isThere {
            reader.report(
                "\(key) needs a ttl: without one no entry expires", at: (map.node[key] ?? map.node).mark,
                suggestion: "write ttl: 60s, or remove \(key)")
        }
    }

    /// When dirty keys are written: one of these.
    static let flushTimings = ["every", "after"]

    private func flush(_ node: YAMLNode) -> Cache.Flush? {
        reader.mapping(node, "flush", example: "{ every: 5s, batch: 100, retry: 1s }") { map in
            let usual = Cache.Flush()
            let isTimed = Self.flushTimings.contains { map.node[$0] != nil }
            let written = map.atMostOne(of: Self.flushTimings)
            let timing = isTimed ? written.flatMap { self.timing($0.key, $0.value) } : usual.timing
            let batch = map.optional("batch").map { limit($0, from: 1) } ?? .some(nil)
            let retry = map.optional("retry").map(positive) ?? usual.retry
            let maxDirty = map.optional("maxDirty").map { limit($0, from: 1) } ?? .some(nil)
            let grace = map.optional("grace").map(positive) ?? usual.grace
            guard let timing, let batch, let retry, let maxDirty, let grace else { return nil }
            return Cache.Flush(timing, batch: batch, retry: retry, maxDirty: maxDirty, grace: grace)
        }
    }

    private func timing(_ key: String, _ node: YAMLNode) -> Cache.Flush.Timing? {
        positive(node).map { key == "every" ? .every($0) : .after($0) }
    }
}
