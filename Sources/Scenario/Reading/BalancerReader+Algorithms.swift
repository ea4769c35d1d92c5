/// How a balancer chooses.
extension BalancerReader {
    func algorithm(_ node: YAMLNode, servers: Int) -> Pool.Algorithm? {
        guard node.entries != nil else {
            guard let text = reader.text(node, "a way to balance") else { return nil }
            if let known = Pool.Algorithm.words.first(where: { $0.word == text }) {
                return checked(known.algorithm, at: node, servers: servers)
            }
            reader.report(
                "\(SafeText.quoted(text)) is not a way to balance", at: node.mark,
                suggestion: Suggestion.sentence(for: text, in: Pool.Algorithm.words.map(\.word))
                    ?? "known: \(Pool.Algorithm.words.map(\.word).joined(separator: ", "))")
            return nil
        }
        return reader.mapping(node, "use", example: "roundRobin") { map in
            map.one(of: Self.choiceKeys).flatMap { chosen in
                algorithm(chosen.key, chosen.value).flatMap { checked($0, at: chosen.value, servers: servers) }
            }
        }
    }

    private func algorithm(_ key: String, _ node: YAMLNode) -> Pool.Algorithm? {
        switch key {
        case "ring": reader.count(node, in: 1...Self.mostPoints).map { .ring(points: $0) }
        case "sizedRing": sizedRing(node)
        case "maglev": table(node).map { .maglev(size: $0) }
        case "choices": reader.count(node, in: 1...ScenarioReader.mostServers).map { .choices($0) }
        case "leastRequest": leastRequest(node)
        case "ewma": system.positive(node).map { .ewma(decay: $0) }
        default: peakEWMA(node)
        }
    }

    /// Each server needs a place in the table.
    private func checked(_ algorithm: Pool.Algorithm, at node: YAMLNode, servers: Int) -> Pool.Algorithm? {
        guard case .maglev(let size) = algorithm, size < servers else { return algorithm }
        reader.report(
            "a table of \(size) places is too small for \(servers) servers", at: node.mark,
            suggestion: "write \(Self.prime(from: 100 * servers))")
        return nil
    }

    /// A ring has its points for each unit of weight, and is made anew at each change of its servers.
    func checkRing(_ pool: Pool, at node: YAMLNode) {
        guard case .ring(let points) = pool.algorithm else { return }
        let weight = pool.servers.reduce(0) { $0 + $1.weight }
        guard Double(points) * weight > Double(Self.largestRing) else { return }
        reader.report(
            "a ring of \(points) points for each unit of weight has more than \(Self.largestRing) here", at: node.mark,
            suggestion: "write fewer points, or smaller weights")
    }

    /// What is written together has to fit. Whoever only changes the algorithm may do so: weights count for nothing
    /// then.
    private func isWrittenNow(_ node: YAMLNode) -> Bool { system.change.map { $0.source === node.mark.source } ?? true }

    func checkSlowStart(_ algorithm: Pool.Algorithm, at node: YAMLNode) {
        guard !algorithm.heedsWeights, isWrittenNow(node) else { return }
        reader.report(
            "a slow start raises a server's weight bit by bit, and \(algorithm.name) ignores weights", at: node.mark,
            suggestion: "use \(Pool.Algorithm.thoseThatHeedWeights), or remove slowStart")
    }

    /// Servers of different weights are for a balancer that looks at weights. One of weight 0 gets nothing anywhere.
    func checkWeights(_ pool: Pool, _ servers: [YAMLEntry]) {
        let different = Set(pool.servers.map(\.weight).filter { $0 > 0 })
        guard !pool.algorithm.heedsWeights, different.count > 1 else { return }
        let written = zip(pool.servers, servers).lazy.compactMap { server, entry in
            server.weight > 0 && server.weight != 1 ? entry.value["weight"].map { (server, $0) } : nil
        }
        guard let (server, node) = written.first(where: { isWrittenNow($0.1) }) else { return }
        reader.report(
            "server \(SafeText.quoted(server.backend.name)) has another weight than others, and "
                + "\(pool.algorithm.name) ignores weights", at: node.mark,
            suggestion: "use \(Pool.Algorithm.thoseThatHeedWeights), or give all the same weight")
    }

    private func table(_ node: YAMLNode) -> Int? {
        guard let size = reader.count(node, in: 2...Self.largestTable) else { return nil }
        let prime = Self.prime(from: size)
        if prime == size { return size }
        reader.report(
            "\(size) is not a prime number, and Maglev's table needs one", at: node.mark, suggestion: "write \(prime)")
        return nil
    }

    /// The smallest prime that is not below a number. O(√n) a number tried.
    private static func prime(from number: Int) -> Int {
        var candidate = max(2, number)
        while !isPrime(candidate) { candidate += 1 }
        return candidate
    }

    private static func isPrime(_ number: Int) -> Bool {
        var divisor = 2
        while divisor * divisor <= number {
            if number.isMultiple(of: divisor) { return false }
            divisor += 1
        }
        return number > 1
    }

    private func peakEWMA(_ node: YAMLNode) -> Pool.Algorithm? {
        if node.entries == nil { return system.positive(node).map { .peakEWMA(decay: $0, initial: .usualEstimate) } }
        return reader.mapping(node, "peakEWMA", example: "{ decay: 10s, initial: 30ms }") { map in
            let decay = map.optional("decay").map(system.positive) ?? .usualDecay
            let node = map.optional("initial")
            let initial = node.map { system.part($0, read: system.positive) } ?? Duration.usualEstimate
            guard let decay, initial != nil || node?.text == "none" else { return nil }
            return .peakEWMA(decay: decay, initial: initial)
        }
    }

    private func leastRequest(_ node: YAMLNode) -> Pool.Algorithm? {
        let counts = 1...ScenarioReader.mostServers
        if node.entries == nil { return reader.count(node, in: counts).map { .leastRequest(choices: $0, bias: 1) } }
        return reader.mapping(node, "leastRequest", example: "{ choices: 2, bias: 1 }") { map in
            let choices = map.optional("choices").map { reader.count($0, in: counts) } ?? 2
            let bias = map.optional("bias").map { reader.number($0, in: 0...10) } ?? 1
            guard let choices, let bias else { return nil }
            return .leastRequest(choices: choices, bias: bias)
        }
    }

    private func sizedRing(_ node: YAMLNode) -> Pool.Algorithm? {
        let sizes = 1...Self.largestRing
        if node.entries == nil { return reader.count(node, in: sizes).map { .sizedRing(atLeast: $0) } }
        return reader.mapping(node, "sizedRing", example: "{ least: 1024, most: 4096 }") { map in
            let least = map.optional("least").map { reader.count($0, in: sizes) } ?? 1024
            let mostNode = map.optional("most")
            guard let least, let most = mostNode.map({ reader.count($0, in: sizes) }) ?? max(least, 4096) else {
                return nil
            }
            if let mostNode, most < least {
                reader.report(
                    "most (\(most)) is less than least (\(least))", at: mostNode.mark,
                    suggestion: "write \(least) or more")
            }
            return .sizedRing(least: least, most: most)
        }
    }
}

extension Duration {
    /// Linkerd's: how fast a measured latency is forgotten, and what is assumed before the first.
    fileprivate static let usualDecay = Duration.seconds(10)
    fileprivate static let usualEstimate = Duration.milliseconds(30)
}

extension Pool.Algorithm {
    /// gRPC's largest ring, or as large as it has to be.
    fileprivate static func sizedRing(atLeast least: Int) -> Self { .sizedRing(least: least, most: max(least, 4096)) }

    /// The algorithms that a word stands for, with the sizes that are usual.
    static let words: [(word: String, algorithm: Self)] = [
        ("roundRobin", .roundRobin), ("weighted", .weighted), ("smoothWeighted", .smoothWeighted),
        ("leastConnections", .leastConnections), ("random", .random), ("weightedRandom", .weightedRandom),
        ("ipHash", .ipHash), ("modulo", .modulo), ("ring", .ring(points: 160)),
        ("sizedRing", .sizedRing(atLeast: 1024)), ("rendezvous", .rendezvous),
        ("maglev", .maglev(size: 65_537)), ("twoChoices", .choices(2)),
        ("leastRequest", .leastRequest(choices: 2, bias: 1)), ("shortestQueue", .shortestQueue),
        ("idleQueue", .idleQueue), ("ewma", .ewma(decay: .usualDecay)),
        ("peakEWMA", .peakEWMA(decay: .usualDecay, initial: .usualEstimate)),
    ]

    static let names = words.map(\.word) + ["choices"]

    fileprivate static let thoseThatHeedWeights: String = {
        let names = words.filter(\.algorithm.heedsWeights).map(\.word)
        return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }()

    /// The word for it, without its settings.
    fileprivate var name: String {
        switch self {
        case .ewma: "ewma"
        case .peakEWMA: "peakEWMA"
        default: written
        }
    }

    /// The algorithm as it would be written in YAML: `roundRobin`, `{ ring: 100 }`.
    public var written: String {
        if let known = Self.words.first(where: { $0.algorithm == self }) { return known.word }
        return switch self {
        case .ring(let points): "{ ring: \(points) }"
        case .sizedRing(let least, let most) where most == max(least, 4096): "{ sizedRing: \(least) }"
        case .sizedRing(let least, let most): "{ sizedRing: { least: \(least), most: \(most) } }"
        case .leastRequest(let choices, 1): "{ leastRequest: \(choices) }"
        case .leastRequest(let choices, let bias):
            "{ leastRequest: { choices: \(choices), bias: \(Quantity.text(bias)) } }"
        case .maglev(let size): "{ maglev: \(size) }"
        case .choices(let count): "{ choices: \(count) }"
        case .ewma(let decay): "{ ewma: \(decay.written) }"
        case .peakEWMA(let decay, let initial) where initial == .usualEstimate: "{ peakEWMA: \(decay.written) }"
        case .peakEWMA(let decay, let initial):
            "{ peakEWMA: { decay: \(decay.written), initial: \(initial?.written ?? "none") } }"
        default: ""
        }
    }
}
