/// Reads how a balancer chooses among servers: `roundRobin`, or `{ use: roundRobin, health: {...} }`.
struct BalancerReader {
    static let choiceKeys = ["ring", "sizedRing", "maglev", "choices", "leastRequest", "ewma", "peakEWMA"]
    static let mostPoints = 10_000
    /// A prime, and more than any pool of a scenario needs.
    static let largestTable = 655_373
    static let largestRing = 1_000_000

    let system: ScenarioReader

    var reader: YAMLReader { system.reader }

    func read(_ node: YAMLNode, into pool: inout Pool) {
        if node.text != nil {
            pool.algorithm = algorithm(node, servers: pool.servers.count) ?? pool.algorithm
            checkRing(pool, at: node)
            return
        }
        if let entry = node.entries?.first(where: { Pool.Algorithm.names.contains($0.key) }) {
            reader.report(
                "\(entry.key) is what a balancer uses", at: entry.keyMark,
                suggestion: "write use: { \(entry.key): \(entry.value.written) }")
            return
        }
        let servers = pool.servers.count
        pool = reader.mapping(node, "balancer", example: "{ use: roundRobin }") { map in
            var read = pool
            read.algorithm = map.optional("use").flatMap { algorithm($0, servers: servers) } ?? pool.algorithm
            read.health = system.part(map.optional("health"), read: health)
            read.outliers = system.part(map.optional("outliers"), read: outliers)
            read.passive = system.part(map.optional("passive"), read: passive)
            read.accrual = system.part(map.optional("accrual"), read: accrual)
            checkWatchers(read, map)
            read.panic = map.optional("panic").flatMap { reader.share($0) } ?? 0
            let slowStartNode = map.optional("slowStart")
            read.slowStart = system.part(slowStartNode, read: slowStart)
            read.subset = map.optional("subset").flatMap { subset($0, of: servers) } ?? nil
            checkRing(read, at: node)
            if let slowStartNode, read.slowStart != nil { checkSlowStart(read.algorithm, at: slowStartNode) }
            return read
        } ?? pool
    }

    private func subset(_ node: YAMLNode, of servers: Int) -> Int?? {
        guard let subset = system.limit(node, from: 1) else { return nil }
        if let subset, subset > servers {
            reader.report(
                "a subset of \(subset) is more than the \(servers) servers there are", at: node.mark,
                suggestion: "write \(servers) or less, or unlimited")
            return nil
        }
        return subset
    }
}
