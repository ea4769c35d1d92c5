import Scenario

/// Writes scenarios of every shape, for the tests of what must hold in all of them.
struct RandomScenario {
    var random: TestRandom
    private let hasPolicies: Bool
    private var names = 0
    /// Cache and write steps round the step that is being written.
    private var filled = 0
    /// The policies round the step that is being written.
    var around: [String] = []

    init(seed: UInt64, hasPolicies: Bool = false) {
        random = TestRandom(state: seed)
        self.hasPolicies = hasPolicies
    }

    mutating func pick(_ choices: String...) -> String {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
    mutating func some(_ range: ClosedRange<Int>, _ make: (inout Self) -> String) -> String {
        (0..<number(range)).map { _ in make(&self) }.joined(separator: ", ")
    }

    mutating func yaml() -> String {
        """
        duration: 20s
        network: { hop: \(pick("0s", "3ms", "{ uniform: [0s, 9ms] }")) }
        backends:
          a: { \(backend()) }
          b: { \(backend()) }
          c: { \(backend()) }
        caches:
          near: { ttl: 2s, latency: \(pick("0s", "4ms")), \(cache()) }
          far: { ttl: 300ms, \(cache()), coalesce: \(hasPolicies ? "false" : pick("true", "false")) }
        \(hasPolicies ? policies() : "")
        flows: { page: [ \(steps(3)) ], other: [ \(steps(2)) ] }
        clients:
          open: { flow: page, arrivals: { \(pick("rate", "poisson")): \(number(1...15))/s } }
          closed: { flow: other, users: \(number(1...6)), think: \(pick("50ms", "{ exponential: 300ms }")) }
          once: { flow: page, at: [0s, 5s, 5s] }
        """
    }

    private mutating func latency() -> String {
        pick(
            "0s", "40ms", "{ exponential: 60ms }", "{ lognormal: { p50: 30ms, p99: 400ms } }",
            "{ bimodal: { fast: 10ms, slow: 900ms, oneIn: 20 } }")
    }

    private mutating func backend() -> String {
        var text = "latency: \(latency())"
        if chance(70) { text += ", concurrency: \(number(1...6)), queue: \(pick("0", "1", "5", "unlimited"))" }
        if chance(40) { text += ", errors: \(number(1...30))%" }
        return text + ", faults: [ \(some(0...3) { $0.window() }) ]"
    }

    private mutating func cache() -> String {
        let eviction = Cache.Eviction.allCases[number(0...Cache.Eviction.allCases.count - 1)].rawValue
        let capacity = pick("unlimited", "1", "3")
        let writes = pick("through", "back", "back", "around", "aside")
        let fresh = pick("early: 1", "refreshAhead: 30%", "staleFor: 200ms", "ttlJitter: 20%")
        let flush = "{ every: \(pick("500ms", "3s")), batch: \(number(1...3)), retry: 100ms }"
        return "capacity: \(capacity), eviction: \(eviction), writes: \(writes), flush: \(flush), \(fresh)"
    }

    private mutating func window() -> String {
        let from = number(0...18000)
        var fault = pick("down: true", "hang: true", "errors: 60%", "slow: 4x", "added: { uniform: [0s, 80ms] }")
        if hasPolicies, chance(40) {
            fault = pick("blackhole: true", "errors: 70%, answer: 503", "errors: 50%, answer: 429", "errors: 80%")
        }
        return "{ from: \(from)ms, to: \(from + number(1...4000))ms, \(fault) }"
    }

    mutating func steps(_ depth: Int) -> String { some(1...3) { $0.step(depth) } }

    private mutating func step(_ depth: Int) -> String {
        let operation = "\(pick("a", "b", "c")).\(pick("read", "write"))"
        let call = hasPolicies && around.count < 4 && chance(60) ? guardedCall(operation) : "{ call: \(operation) }"
        if depth == 0 || chance(45) { return call }
        if hasPolicies, around.count < 4, chance(25) { return guarded(depth) }
        switch number(0...8) {
        case 0: return "{ wait: \(pick("0s", "20ms", "{ exponential: 30ms }")) }"
        case 1: return "[ \(steps(depth - 1)) ]"
        case 2: return "{ parallel: [ \(steps(depth - 1)) ] }"
        case 3:
            names += 1
            let list = "{ list: x, count: \(number(0...6)) }"
            let limit = pick("1", "2", "unlimited")
            return "{ forEach: { in: \(list), as: item\(names), do: [ \(steps(depth - 1)) ], limit: \(limit) } }"
        case 4: return "{ repeat: { times: \(number(1...3)), do: [ \(steps(depth - 1)) ] } }"
        case 5:
            // No load needs the key that it loads.
            let key = pick("k", "l") + "\(depth)"
            filled += 1
            defer { filled -= 1 }
            return "{ cache: { in: \(pick("near", "far")), key: \(key), do: [ \(steps(depth - 1)) ] } }"
        case 6 where filled == 0:
            filled += 1
            defer { filled -= 1 }
            return "{ write: { in: \(pick("near", "far")), key: k\(number(1...3)), do: [ \(steps(depth - 1)) ] } }"
        case 7:
            let target = pick("", ", key: k1", ", pattern: \"k*\"", ", key: k2, event: Changed, after: 30ms")
            return "{ invalidate: { in: \(pick("near", "far"))\(target) } }"
        default: return "{ merge: \(pick("concat", "zip")) }"
        }
    }

    mutating func interventions() -> [Intervention] {
        (0..<number(0...5)).map { _ in
            if hasPolicies, chance(60) { return at(number(0...20_000), policyChange()) }
            let action: Intervention.Action =
                switch number(0...9) {
                case 0: .kill(backend: pick("a", "b"))
                case 1: .restore(backend: pick("a", "b"))
                case 2: .inject(.hang, backend: "c", duration: .milliseconds(number(1...3000)))
                case 3: .inject(.down, backend: pick("a", "c"), duration: .milliseconds(number(1...3000)))
                case 4: .set(path: "clients.closed.users", value: "\(number(1...9))")
                case 5: .set(path: "backends.a.concurrency", value: pick("1", "3", "8"))
                case 6: .crash(cache: pick("near", "far"))
                case 7: .restart(cache: pick("near", "far"))
                case 8: .set(path: "caches.near.capacity", value: pick("2", "unlimited"))
                default: .set(path: "network.hop", value: pick("0s", "1ms"))
                }
            return at(number(0...20_000), action)
        }
    }
}
