/// Reads how a balancer chooses among servers: `roundRobin`, or `{ use: roundRobin, health: {...} }`.
struct BalancerReader {
    static let choiceKeys = ["ring", "maglev", "choices", "ewma", "peakEWMA"]
    private static let mostPoints = 10_000
    /// A prime, and more than any pool of a scenario needs.
    private static let largestTable = 655_373
    private static let mostChecks = 1000
    private static let largestRing = 1_000_000

    let system: ScenarioReader

    private var reader: YAMLReader { system.reader }

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
            read.panic = map.optional("panic").flatMap { reader.share($0) } ?? 0
            let slowStartNode = map.optional("slowStart")
            read.slowStart = system.part(slowStartNode, read: slowStart)
            read.subset = map.optional("subset").flatMap { subset($0, of: servers) } ?? nil
            checkRing(read, at: node)
            if let slowStartNode, read.slowStart != nil { checkSlowStart(read.algorithm, at: slowStartNode) }
            return read
        } ?? pool
    }

    // MARK: Algorithms

    private func algorithm(_ node: YAMLNode, servers: Int) -> Pool.Algorithm? {
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
        case "maglev": table(node).map { .maglev(size: $0) }
        case "choices": reader.count(node, in: 1...ScenarioReader.mostServers).map { .choices($0) }
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
    private func checkRing(_ pool: Pool, at node: YAMLNode) {
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

    private func checkSlowStart(_ algorithm: Pool.Algorithm, at node: YAMLNode) {
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
            let initial = map.optional("initial").map(system.positive) ?? .usualEstimate
            guard let decay, let initial else { return nil }
            return .peakEWMA(decay: decay, initial: initial)
        }
    }

    // MARK: Health

    private func health(_ node: YAMLNode) -> Pool.HealthCheck? {
        reader.mapping(node, "health", example: "{ every: 2s, timeout: 1s, rise: 2, fall: 3 }") { map in
            let usual = Pool.HealthCheck()
            let every = map.optional("every").map(system.positive) ?? usual.every
            let timeoutNode = map.optional("timeout")
            let timeout = timeoutNode.map(system.positive) ?? min(usual.timeout, every ?? usual.timeout)
            let rise = map.optional("rise").map { reader.count($0, in: 1...Self.mostChecks) } ?? usual.rise
            let fall = map.optional("fall").map { reader.count($0, in: 1...Self.mostChecks) } ?? usual.fall
            guard let every, let timeout, let rise, let fall else { return nil }
            if let timeoutNode, timeout > every {
                reader.report(
                    "a check of \(timeout.written) would not be over when the next one begins, after \(every.written)",
                    at: timeoutNode.mark, suggestion: "write \(every.written) or less")
            }
            return Pool.HealthCheck(every: every, timeout: timeout, rise: rise, fall: fall)
        }
    }

    private func outliers(_ node: YAMLNode) -> Pool.OutlierRule? {
        reader.mapping(node, "outliers", example: "{ consecutive: 5, base: 30s }") { map in
            let profile: Pool.OutlierRule.Profile? =
                map.optional("like").map { reader.word($0, "a kind of outlier detection") } ?? .envoy
            var rule = Pool.OutlierRule.usual(profile ?? .envoy)
            let usual = rule
            rule.interval = map.optional("interval").flatMap(system.positive) ?? usual.interval
            rule.base = map.optional("base").flatMap(system.positive) ?? usual.base
            let most = map.optional("most")
            rule.most = most.flatMap(system.positive) ?? max(usual.most, rule.base)
            rule.maxEjected = map.optional("maxEjected").flatMap(somethingOf) ?? usual.maxEjected
            if let node = map.optional("consecutive") {
                rule.consecutive = system.part(node) { reader.count($0, in: 1...PolicyReader.most) }
            }
            rule.deviations = system.part(map.optional("deviations")) { reader.number($0, in: 0.001...100) }
            rule.failures = system.part(map.optional("failures"), read: somethingOf)
            rule.minHosts = map.optional("minHosts").flatMap { reader.count($0, in: 1...ScenarioReader.mostServers) }
                ?? usual.minHosts
            rule.minRequests = map.optional("minRequests").flatMap { reader.count($0, in: 1...PolicyReader.most) }
                ?? usual.minRequests
            guard profile != nil else { return nil }
            check(rule, map, most: most)
            return rule
        }
    }

    private func check(_ rule: Pool.OutlierRule, _ map: YAMLMapping, most: YAMLNode?) {
        if let most, rule.most < rule.base {
            reader.report(
                "most (\(rule.most.written)) is less than base (\(rule.base.written))", at: most.mark,
                suggestion: "write \(rule.base.written) or more")
        }
        if rule.profile == .grpc, rule.consecutive != nil, let node = map.node["consecutive"] {
            reader.report(
                "gRPC does not count failures in a row", at: node.mark,
                suggestion: "use deviations or failures, or like: envoy")
        }
        let given = ["consecutive", "deviations", "failures"].compactMap { map.node[$0] }
        // A setting that could not be read has been spoken of.
        guard rule.consecutive == nil, rule.deviations == nil, rule.failures == nil,
            given.allSatisfy({ $0.text == "none" })
        else { return }
        reader.report(
            "these outliers eject nobody", at: map.node.mark,
            suggestion: rule.profile == .grpc
                ? "write deviations: 1.9 or failures: 85%" : "write consecutive: 5, deviations: 1.9 or failures: 85%")
    }

    /// A share above zero.
    private func somethingOf(_ node: YAMLNode) -> Double? {
        guard let share = reader.share(node) else { return nil }
        if share > 0 { return share }
        reader.report("must be more than 0%", at: node.mark, suggestion: "write 10%, or remove it")
        return nil
    }

    private func slowStart(_ node: YAMLNode) -> Pool.SlowStart? {
        if node.entries == nil { return slowStartWindow(node).map { Pool.SlowStart(window: $0) } }
        return reader.mapping(node, "slowStart", example: "{ window: 30s, aggression: 1 }") { map in
            let window = map.required("window").flatMap(slowStartWindow)
            let aggression = map.optional("aggression").map { reader.number($0, in: 0.1...10) } ?? 1
            guard let window, let aggression else { return nil }
            return Pool.SlowStart(window: window, aggression: aggression)
        }
    }

    /// Envoy counts milliseconds.
    private func slowStartWindow(_ node: YAMLNode) -> Duration? {
        guard let window = system.positive(node) else { return nil }
        if window >= .milliseconds(1) { return window }
        reader.report("a slow start takes at least 1ms", at: node.mark, suggestion: "write 1ms")
        return nil
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

extension Duration {
    /// Linkerd's: how fast a measured latency is forgotten, and what is assumed before the first.
    fileprivate static let usualDecay = Duration.seconds(10)
    fileprivate static let usualEstimate = Duration.milliseconds(30)
}

extension Pool.OutlierRule {
    /// gRPC (A50) counts no failures in a row.
    static func usual(_ profile: Profile) -> Self {
        Self(profile: profile, consecutive: profile == .grpc ? nil : 5)
    }
}

extension Pool.Algorithm {
    /// The algorithms that a word stands for, with the sizes that are usual.
    static let words: [(word: String, algorithm: Self)] = [
        ("roundRobin", .roundRobin), ("weighted", .weighted), ("smoothWeighted", .smoothWeighted),
        ("leastConnections", .leastConnections), ("random", .random), ("weightedRandom", .weightedRandom),
        ("ipHash", .ipHash), ("modulo", .modulo), ("ring", .ring(points: 160)), ("rendezvous", .rendezvous),
        ("maglev", .maglev(size: 65_537)), ("twoChoices", .choices(2)), ("shortestQueue", .shortestQueue),
        ("idleQueue", .idleQueue), ("ewma", .ewma(decay: .usualDecay)),
        ("peakEWMA", .peakEWMA(decay: .usualDecay, initial: .usualEstimate)),
    ]

    fileprivate static let names = words.map(\.word) + ["choices"]

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
        case .maglev(let size): "{ maglev: \(size) }"
        case .choices(let count): "{ choices: \(count) }"
        case .ewma(let decay): "{ ewma: \(decay.written) }"
        case .peakEWMA(let decay, .usualEstimate): "{ peakEWMA: \(decay.written) }"
        case .peakEWMA(let decay, let initial):
            "{ peakEWMA: { decay: \(decay.written), initial: \(initial.written) } }"
        default: ""
        }
    }
}
