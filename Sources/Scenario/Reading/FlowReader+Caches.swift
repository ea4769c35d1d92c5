/// Steps that read and write caches.
extension FlowReader {
    static let targetKeys = ["key", "keys", "pattern", "tag"]

    /// A look-up or write of a cache round the steps being read.
    struct CacheUse {
        var cache: String
        var key: Expression?
    }

    mutating func cache(_ node: YAMLNode) -> Step? {
        count(1)
        return reader.mapping(node, "a cache step") { map in
            let cache = map.required("in").flatMap(cacheName)
            let keyNode = map.required("key")
            let key = keyNode.flatMap { self.key($0) }
            let ttl = map.optional("ttl").flatMap { system.positive($0) }
            let weight = map.optional("weight").flatMap(weight) ?? 1
            let tags = system.list(map.optional("tags"), "the tags") { expression($0) }
            let save = map.optional("as")
            if let cache, let key, let keyNode, cachesInUse.contains(where: { $0.cache == cache && $0.key == key }) {
                reader.report(
                    "cache \(SafeText.quoted(cache)) is being asked for this key already, round this step",
                    at: keyNode.mark, suggestion: "use another key, or remove this step")
            }
            if let cache, let key { log.use(.load(cache: cache, key: key), by: owner) }
            let steps = map.required("do").flatMap { body in
                using(cache, key, because: "it is not known when the cache answers") { $0.steps(body, "cache") }
            }
            let saveAs = save.flatMap { variable($0, shape: nil, origin: "cache") }
            guard let cache, let key, let steps else { return nil }
            return .cache(
                CacheStep(cache: cache, key: key, ttl: ttl, weight: weight, tags: tags, steps: steps, saveAs: saveAs))
        }
    }

    mutating func write(_ node: YAMLNode) -> Step? {
        count(1)
        return reader.mapping(node, "a write step") { map in
            let cacheNode = map.required("in")
            let cache = cacheNode.flatMap(cacheName)
            let key = map.required("key").flatMap { self.key($0) }
            let value = map.optional("value").flatMap { expression($0) }
            let weight = map.optional("weight").flatMap(weight) ?? 1
            let tags = system.list(map.optional("tags"), "the tags") { expression($0) }
            let changes = system.list(map.optional("changes"), "the keys that change with it") { self.key($0) }
            if let cache, let cacheNode, cachesInUse.contains(where: { $0.cache == cache }) {
                reader.report(
                    "this writes cache \(SafeText.quoted(cache)) while it is being filled", at: cacheNode.mark,
                    suggestion: "put the write after that step")
            }
            if let cache { log.use(.write(cache: cache), by: owner) }
            let steps = map.required("do").flatMap { body in
                using(cache, key, because: "it is not known when the cache writes") { $0.steps(body, "write") }
            }
            guard let cache, let key, let steps else { return nil }
            return .write(
                WriteStep(
                    cache: cache, key: key, value: value, weight: weight, tags: tags, changes: changes, steps: steps))
        }
    }

    /// Reads the steps that load or write a key: what they save is known only among them.
    private mutating func using(
        _ cache: String?, _ key: Expression?, because reason: String, read: (inout FlowReader) -> [Step]?
    ) -> [Step]? {
        let start = scope.visible.count
        if let cache { cachesInUse.append(CacheUse(cache: cache, key: key)) }
        let steps = read(&self)
        if cache != nil { cachesInUse.removeLast() }
        scope.leave(to: start, because: reason)
        return steps
    }

    private func weight(_ node: YAMLNode) -> Int? { reader.count(node, in: 1...ScenarioReader.mostEntries) }

    mutating func invalidate(_ node: YAMLNode) -> Step? {
        count(1)
        return reader.mapping(node, "invalidate", example: "{ in: NAME, key: KEY }") { map in
            let cache = map.required("in").flatMap(cacheName)
            let isAimed = Self.targetKeys.contains { map.node[$0] != nil }
            let target = map.atMostOne(of: Self.targetKeys).flatMap { aim($0.key, $0.value) }
            let event = map.optional("event").flatMap { reader.name($0, "the name of an event") }
            let afterNode = map.optional("after")
            let after = afterNode.flatMap { system.latency($0) }
            if let afterNode, map.node["event"] == nil {
                reader.report(
                    "after is how long an event is on its way, and there is none", at: afterNode.mark,
                    suggestion: "write event: NAME, or remove after")
            }
            guard let cache, !isAimed || target != nil else { return nil }
            return .invalidate(Invalidate(cache: cache, target: target ?? .everything, event: event, after: after))
        }
    }

    private func aim(_ key: String, _ node: YAMLNode) -> Invalidate.Target? {
        switch key {
        case "key": return self.key(node).map { .keys([$0]) }
        case "pattern": return self.key(node).map(Invalidate.Target.pattern)
        case "tag": return expression(node).map(Invalidate.Target.tag)
        default:
            guard let items = reader.sequence(node, "the keys of invalidate") else { return nil }
            if items.isEmpty {
                reader.report("invalidate names no key", at: node.mark, suggestion: "remove keys to empty the cache")
            }
            let keys = items.compactMap { self.key($0) }
            return keys.count == items.count ? .keys(keys) : nil
        }
    }

    private func cacheName(_ node: YAMLNode) -> String? {
        guard let name = reader.text(node, "the name of a cache") else { return nil }
        if declared.hasCache(name) { return name }
        reader.report(
            .missing("cache", "ninguna caché", name), at: node.mark,
            hint: Suggestion.text(for: name, in: declared.caches) ?? .addIt(to: "caches"))
        return nil
    }
}
