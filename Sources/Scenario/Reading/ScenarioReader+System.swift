/// Backends, their operations and faults.
extension ScenarioReader {
    private static let mostSlots = 1_000_000

    func backend(_ entry: YAMLEntry) -> Backend? {
        reader.mapping(entry.value, "backend \(SafeText.quoted(entry.key))", example: "{ latency: 80ms }") { map in
            let servers = map.node["servers"].flatMap { serverEntries($0, of: entry.key) }
            // Servers may say all there is to say.
            let isLeftToServers = servers?.contains { $0.value["latency"] != nil } ?? false
            let latencyNode = isLeftToServers ? map.optional("latency") : map.required("latency")
            let latency = latencyNode.flatMap(self.latency)
            let concurrency = map.optional("concurrency").flatMap { limit($0, from: 1) } ?? nil
            let queue = map.optional("queue").flatMap { limit($0, from: 0) } ?? nil
            let errors = map.optional("errors").flatMap { reader.share($0) } ?? 0
            let answer = map.optional("answer").flatMap(self.answer) ?? .failed
            let hop = map.optional("hop").flatMap(self.latency)
            let clock = map.optional("clock").flatMap { reader.signedDuration($0) } ?? .zero
            let operations = map.optional("operations").map { names(in: $0, "operations", kind: "operation") } ?? []
            let faults = list(map.optional("faults"), "faults") { faultWindow($0) }
            let read = operations.compactMap { operation($0) }
            var backend = Backend(
                name: entry.key, latency: latency ?? .fixed(.zero), concurrency: concurrency, queue: queue,
                errors: errors, answer: answer, hop: hop, operations: read, faults: faults, clock: clock)
            let isPool = map.optional("servers") != nil
            let balancer = map.optional("balancer")
            if let servers {
                backend.pool = pool(
                    servers, balancer, of: backend, needsLatency: isLeftToServers && latencyNode == nil)
                backend.latency = latency ?? backend.pool?.servers.first?.backend.latency ?? backend.latency
            } else if let balancer, !isPool {
                reader.report(
                    "a balancer chooses among servers, and \(map.what) has none", at: balancer.mark,
                    suggestion: "write servers: { count: 3 }, or remove balancer")
            }
            return isLeftToServers && latencyNode == nil || latency != nil ? backend : nil
        }
    }

    /// A whole number, or `unlimited`: then the outer value is there and the inner is not.
    func limit(_ node: YAMLNode, from least: Int) -> Int?? {
        if node.text == "unlimited" { return .some(nil) }
        return reader.count(node, in: least...Self.mostSlots).map { .some($0) }
    }

    private func operation(_ entry: YAMLEntry) -> Operation? {
        // `get_order:` alone declares an operation that returns nothing.
        if entry.value.isNull { return Operation(name: entry.key) }
        return reader.mapping(entry.value, "operation \(SafeText.quoted(entry.key))") { map in
            let latency = map.optional("latency").flatMap(self.latency)
            let returns = map.optional("returns").flatMap(value) ?? .null
            let knows = map.optional("knows").flatMap(knownKeys)
            // Read when all there is to call is known: see ``withSteps(_:_:_:)``.
            _ = map.optional("do")
            let isIdempotent = map.optional("idempotent").flatMap { reader.flag($0) } ?? true
            let reads = map.optional("reads")
            let updates = map.optional("updates")
            if reads != nil, let updates {
                reader.report(
                    "an operation reads a row or updates it, not both", at: updates.mark,
                    suggestion: "make two operations of it")
            }
            let row =
                reads.flatMap { reader.name($0, "the name of a row") }.map(RowAccess.read)
                ?? updates.flatMap { reader.name($0, "the name of a row") }.map(RowAccess.update)
            return Operation(
                name: entry.key, latency: latency, returns: returns, isIdempotent: isIdempotent, row: row,
                knows: knows)
        }
    }

    func faultWindow(_ node: YAMLNode) -> FaultWindow? {
        reader.mapping(node, "a fault", example: "{ from: 20s, to: 40s, errors: 50% }") { map in
            let window = self.window(map)
            let fault = map.one(of: Self.faultKeys).flatMap { self.fault($0.key, $0.value, map) }
            if let window, let fault { return FaultWindow(from: window.from, to: window.to, fault: fault) }
            return nil
        }
    }

    static let faultKeys = ["errors", "down", "added", "slow", "hang", "blackhole"]

    /// A fault by its key; others of the mapping may say more about it.
    func fault(_ key: String, _ node: YAMLNode, _ map: YAMLMapping) -> Fault? {
        switch key {
        case "errors":
            let answer = map.optional("answer").map(self.answer) ?? .failed
            let share = reader.share(node)
            if let share, let answer { return .errors(share, answer) }
            return nil
        case "added": return latency(node).map(Fault.addedLatency)
        case "slow": return reader.factor(node, in: 0.001...1000).map { .slow(factor: $0) }
        default:
            guard let flag = reader.flag(node) else { return nil }
            guard flag else {
                reader.report(
                    "\(key): false is no fault", at: node.mark, suggestion: "write \(key): true, or remove it")
                return nil
            }
            return key == "down" ? .down : key == "hang" ? .hang : .blackhole
        }
    }

    /// A duration above zero.
    func positive(_ node: YAMLNode) -> Duration? {
        guard let duration = reader.duration(node) else { return nil }
        if duration > .zero { return duration }
        reader.report(
            LocalizedText(en: "must be more than 0s", es: "tiene que ser más de 0s"), at: node.mark,
            hint: LocalizedText(en: "write 1ms, or more", es: "escribe 1ms o más"))
        return nil
    }
}
