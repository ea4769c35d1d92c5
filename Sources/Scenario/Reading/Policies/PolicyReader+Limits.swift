/// Bulkheads and rate limits.
extension PolicyReader {
    static let adaptiveKeys = BulkheadRule.Adaptive.Algorithm.allCases.map(\.rawValue)
    static let limiterKeys = ["tokenBucket", "leakyBucket", "fixedWindow", "slidingWindow", "slidingLog"]

    func bulkhead(_ node: YAMLNode) -> BulkheadRule? {
        reader.mapping(node, "bulkhead", example: "{ concurrent: 20, queue: 40 }") { map in
            let adaptiveNode = map.optional("adaptive")
            let isAdaptive = adaptiveNode.map { $0.text != "none" } ?? false
            let concurrent = (isAdaptive ? map.optional("concurrent") : map.required("concurrent")).flatMap {
                reader.count($0, in: 1...Self.most)
            }
            let adaptive = part(adaptiveNode) { self.adaptive($0, from: concurrent) }
            let queueNode = map.optional("queue")
            let queue = queueNode.map { system.limit($0, from: 0) } ?? .some(0)
            let full = map.optional("full").map { reader.word($0, "a way to be full") } ?? BulkheadRule.WhenFull.reject
            let maxWait = map.optional("maxWait").map(limit) ?? .some(nil)
            let order = map.optional("order").map { reader.word($0, "an order") } ?? BulkheadRule.Order.fifo
            let codel = part(map.optional("codel"), read: self.codel)
            guard let slots = concurrent ?? adaptive?.initial, let queue, let full, let maxWait, let order else {
                return nil
            }
            // A queue without end is never full.
            let rule = BulkheadRule(
                concurrent: slots, queue: queue ?? 0, whenFull: queue == nil ? .wait : full, maxWait: maxWait,
                order: order, codel: codel, adaptive: adaptive)
            check(rule, map)
            return rule
        }
    }

    /// Settings that only a queue makes sense of.
    private func check(_ rule: BulkheadRule, _ map: YAMLMapping) {
        if rule.whenFull == .wait {
            guard let node = map.node["queue"], node.text != "unlimited" else { return }
            reader.report(
                "with full: wait the queue has no end, and this one has", at: node.mark,
                suggestion: "remove queue, or write full: reject")
            return
        }
        if rule.queue > 0 { return }
        let needing = [
            ("full: shedOldest", map.node["full"], rule.whenFull == .shedOldest),
            ("maxWait", map.node["maxWait"], rule.maxWait != nil), ("codel", map.node["codel"], rule.codel != nil),
        ]
        for (what, node, isThere) in needing {
            guard isThere, let node else { continue }
            reader.report("\(what) needs a queue", at: node.mark, suggestion: "write queue: 10, or remove it")
        }
    }

    private func codel(_ node: YAMLNode) -> BulkheadRule.CoDel? {
        reader.mapping(node, "codel", example: "{ target: 5ms, interval: 100ms }") { map in
            let targetNode = map.optional("target")
            let target = targetNode.map(system.positive) ?? .milliseconds(5)
            let interval = map.optional("interval").map(system.positive) ?? .milliseconds(100)
            let profile =
                map.optional("like").map { reader.word($0, "a rule for queues") } ?? BulkheadRule.CoDel.Profile.rfc8289
            guard let target, let interval, let profile else { return nil }
            if target >= interval {
                reader.report(
                    "target (\(target.written)) is not less than interval (\(interval.written))",
                    at: (targetNode ?? node).mark)
            }
            return BulkheadRule.CoDel(target: target, interval: interval, profile: profile)
        }
    }

    /// - Parameter concurrent: where it begins when it does not say itself.
    private func adaptive(_ node: YAMLNode, from concurrent: Int?) -> BulkheadRule.Adaptive? {
        guard node.entries != nil else {
            let algorithm = reader.word(node, "an adaptive limit", of: BulkheadRule.Adaptive.Algorithm.self)
            return algorithm.flatMap { bounded(.init(algorithm: $0, initial: concurrent ?? 20), at: node) }
        }
        return reader.mapping(node, "adaptive", example: "{ vegas: { initial: 20, min: 1, max: 200 } }") { map in
            guard let chosen = map.one(of: Self.adaptiveKeys), let algorithm = BulkheadRule.Adaptive.Algorithm(
                rawValue: chosen.key)
            else { return nil }
            return reader.mapping(chosen.value, chosen.key, example: "{ initial: 20, min: 1, max: 200 }") { map in
                let initialNode = map.optional("initial")
                let initial = initialNode.map { reader.count($0, in: 1...Self.most) } ?? (concurrent ?? 20)
                let min = map.optional("min").map { reader.count($0, in: 1...Self.most) } ?? 1
                let max = map.optional("max").map { reader.count($0, in: 1...Self.most) } ?? 200
                guard let initial, let min, let max else { return nil }
                if let concurrent, let initialNode, concurrent != initial {
                    reader.report(
                        "initial is \(initial) and concurrent is \(concurrent), and both say where it begins",
                        at: initialNode.mark, suggestion: "use one of them")
                }
                return bounded(.init(algorithm: algorithm, initial: initial, min: min, max: max), at: chosen.value)
            }
        }
    }

    private func bounded(_ adaptive: BulkheadRule.Adaptive, at node: YAMLNode) -> BulkheadRule.Adaptive? {
        if adaptive.min > adaptive.max {
            reader.report("min (\(adaptive.min)) is more than max (\(adaptive.max))", at: (node["min"] ?? node).mark)
            return nil
        }
        if (adaptive.min...adaptive.max).contains(adaptive.initial) { return adaptive }
        reader.report(
            "it begins at \(adaptive.initial), which is not within \(adaptive.min) to \(adaptive.max)",
            at: (node["initial"] ?? node).mark, suggestion: "change min or max, or where it begins")
        return nil
    }

    func rateLimit(_ node: YAMLNode) -> RateLimitRule? {
        reader.mapping(node, "rateLimit", example: "{ tokenBucket: { rate: 50/s, burst: 10 } }") { map in
            let chosen = map.one(of: Self.limiterKeys)
            let algorithm = chosen.flatMap { chosen in
                reader.mapping(chosen.value, chosen.key) { map in self.algorithm(chosen.key, map) }
            }
            let maxWait = map.optional("maxWait").map { reader.duration($0) } ?? .zero
            guard let algorithm, let maxWait else { return nil }
            return RateLimitRule(algorithm: algorithm, maxWait: maxWait)
        }
    }

    private func algorithm(_ key: String, _ map: YAMLMapping) -> RateLimitRule.Algorithm? {
        if key.hasSuffix("Bucket") {
            let isToken = key == "tokenBucket"
            let rate = map.required("rate").flatMap { self.rate($0, from: isToken ? 0 : 0.001) }
            // The call that leaves a leaky bucket needs no room in it; a token bucket without room never has a token.
            let least = isToken ? 1.0 : 0
            let burstNode = isToken ? map.required("burst") : map.optional("burst")
            let burst = burstNode.map { reader.number($0, in: least...Double(Self.most)) } ?? (isToken ? nil : 0)
            guard let rate, let burst else { return nil }
            return isToken ? .tokenBucket(rate: rate, burst: burst) : .leakyBucket(rate: rate, burst: burst)
        }
        let limit = map.required("limit").flatMap { reader.count($0, in: 1...Self.most) }
        let window = map.required("window").flatMap(system.positive)
        guard let limit, let window else { return nil }
        switch key {
        case "fixedWindow": return .fixedWindow(limit: limit, window: window)
        case "slidingWindow": return .slidingWindow(limit: limit, window: window)
        default: return .slidingLog(limit: limit, window: window)
        }
    }

    /// Leaky buckets count in thousandths of a call.
    private func rate(_ node: YAMLNode, from least: Double) -> Double? {
        guard let rate = reader.rate(node, in: 0...Double(Self.most)) else { return nil }
        if rate > 0, rate >= least { return rate }
        reader.report(
            rate > 0 ? "a leaky bucket is not as slow as \(node.found)" : "a rate of 0/s lets nothing through",
            at: node.mark, suggestion: rate > 0 ? "at least 3.6/h" : nil)
        return nil
    }
}
