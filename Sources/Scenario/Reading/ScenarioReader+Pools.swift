/// Pools: the servers that do a backend's work.
extension ScenarioReader {
    static let mostServers = 1000
    private static let weights = 0.0...1000.0

    /// The name of a server that nobody has given one.
    static func madeUpServer(_ number: Int, of pool: String) -> String { "\(pool)-\(number)" }

    /// The servers of a backend, each with its settings: `{ s1: {}, s2: { weight: 3 } }`, or `{ count: 10 }`, where
    /// single ones may have settings too.
    func serverEntries(_ node: YAMLNode, of pool: String) -> [YAMLEntry]? {
        let what = "the servers of \(SafeText.quoted(pool))"
        guard let entries = node.entries else {
            reader.report(
                "expected a mapping for \(what), found \(node.found)", at: node.mark,
                suggestion: "write { count: 3 }, or { s1: { weight: 1 }, s2: {} }")
            return nil
        }
        if let count = node["count"], count.text != nil { return madeUpServers(count, entries, of: pool) }
        if entries.isEmpty {
            reader.report(
                "pool \(SafeText.quoted(pool)) has no servers", at: node.mark,
                suggestion: "write { count: 3 }, or { s1: { weight: 1 }, s2: {} }")
            return nil
        }
        if entries.count > Self.mostServers {
            reader.report(
                "\(what) are more than \(Self.mostServers)", at: entries[Self.mostServers].keyMark)
            return nil
        }
        return names(in: node, "servers", kind: "server")
    }

    private func madeUpServers(_ countNode: YAMLNode, _ entries: [YAMLEntry], of pool: String) -> [YAMLEntry]? {
        guard let count = reader.count(countNode, in: 1...Self.mostServers) else { return nil }
        let names = (1...count).map { Self.madeUpServer($0, of: pool) }
        var servers = names.map { name in
            YAMLEntry(key: name, keyMark: countNode.mark, value: YAMLNode(.mapping([]), mark: countNode.mark))
        }
        let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        for entry in entries where entry.key != "count" {
            if let place = places[entry.key] {
                servers[place] = entry
                continue
            }
            reader.report(
                "there is no server \(SafeText.quoted(entry.key))", at: entry.keyMark,
                suggestion: Suggestion.nearest(to: entry.key, in: names).map { "did you mean \(SafeText.quoted($0))?" }
                    ?? "count makes up \(names[0]) to \(names[count - 1])")
        }
        return servers
    }

    /// - Parameter needsLatency: whether the backend leaves its latency to the servers.
    func pool(
        _ entries: [YAMLEntry], _ balancer: YAMLNode?, of backend: Backend, needsLatency: Bool
    ) -> Pool? {
        let servers = entries.compactMap { server($0, of: backend, needsLatency: needsLatency) }
        guard servers.count == entries.count, let first = entries.first else { return nil }
        if servers.allSatisfy({ $0.weight == 0 }) {
            reader.report(
                "no server of \(SafeText.quoted(backend.name)) has any weight",
                at: (first.value["weight"] ?? first.value).mark, suggestion: "write a weight above 0")
        }
        var pool = Pool(servers: servers)
        let balancers = BalancerReader(system: self)
        if let balancer { balancers.read(balancer, into: &pool) }
        balancers.checkWeights(pool, entries)
        return pool
    }

    /// A backend like its pool, but for what it says itself.
    private func server(_ entry: YAMLEntry, of pool: Backend, needsLatency: Bool) -> Pool.Server? {
        // `s1:` alone is a server like the others.
        let node = entry.value.isNull ? YAMLNode(.mapping([]), mark: entry.keyMark) : entry.value
        return reader.mapping(node, "server \(SafeText.quoted(entry.key))", example: "{ weight: 1 }") { map in
            var backend = pool
            backend.name = entry.key
            let latency = (needsLatency ? map.required("latency") : map.optional("latency")).flatMap(self.latency)
            backend.latency = latency ?? pool.latency
            backend.concurrency = map.optional("concurrency").flatMap { limit($0, from: 1) } ?? pool.concurrency
            backend.queue = map.optional("queue").flatMap { limit($0, from: 0) } ?? pool.queue
            backend.errors = map.optional("errors").flatMap { reader.share($0) } ?? pool.errors
            backend.answer = map.optional("answer").flatMap(self.answer) ?? pool.answer
            backend.hop = map.optional("hop").flatMap(self.latency) ?? pool.hop
            backend.clock = map.optional("clock").flatMap { reader.signedDuration($0) } ?? pool.clock
            backend.faults = map.optional("faults").map { list($0, "faults") { faultWindow($0) } } ?? pool.faults
            let weight = map.optional("weight").flatMap { reader.number($0, in: Self.weights) } ?? 1
            return member(Pool.Server(backend: backend, weight: weight), map)
        }
    }

    /// When it is in the pool: from the start on, unless it joins later.
    private func member(_ server: Pool.Server, _ map: YAMLMapping) -> Pool.Server {
        var server = server
        server.member = map.optional("member").flatMap { reader.flag($0) }
        server.joins = map.optional("joins").flatMap(moment)
        let leavesNode = map.optional("leaves")
        server.leaves = leavesNode.flatMap(moment)
        guard let leaves = server.leaves, let leavesNode else { return server }
        if let joins = server.joins, leaves <= joins {
            reader.report(
                "leaves at \(leaves.written), and joins at \(joins.written)", at: leavesNode.mark,
                suggestion: "a server leaves after it has joined")
        } else if server.joins == nil, !server.isMember, change == nil {
            // Who takes it out by a change may also bring it back.
            reader.report(
                "leaves at \(leaves.written), and never joins", at: leavesNode.mark,
                suggestion: "write joins: TIME, or remove member: false")
        }
        return server
    }
}
