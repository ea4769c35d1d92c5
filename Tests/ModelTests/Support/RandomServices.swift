import Scenario

/// Writes graphs of services that call each other, each only those after it, down to two that call nobody.
struct RandomServices {
    var random: TestRandom
    private let count: Int
    /// The service whose steps are being written; 0: a flow.
    private var owner = 0
    private var names = 0

    init(seed: UInt64) {
        random = TestRandom(state: seed)
        count = Int.random(in: 2...4, using: &random)
    }

    private mutating func pick(_ choices: String...) -> String {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func some(_ range: ClosedRange<Int>, _ make: (inout Self) -> String) -> String {
        (0..<number(range)).map { _ in make(&self) }.joined(separator: ", ")
    }

    /// Everybody sends in the first seconds, and every fault has an end: what has begun can end.
    mutating func yaml() -> String {
        var text = """
            duration: 10m
            limits: { maxEvents: 3000000 }
            network: { hop: \(pick("0s", "3ms", "{ uniform: [0s, 9ms] }")) }
            caches: { near: { ttl: 1s, latency: \(pick("0s", "2ms")), coalesce: \(pick("true", "false")) } }
            backends:
              x: { latency: { exponential: 20ms }, errors: 4%, concurrency: 3 }
              y: { latency: \(pick("0s", "10ms")), clock: -3ms, operations: { note: { idempotent: false } } }

            """
        for place in 1...count {
            owner = place
            text += "  s\(place): { latency: \(pick("0s", "2ms", "{ exponential: 5ms }")), \(service()) }\n"
        }
        owner = 0
        text += "policies:\n"
        for place in 0...count { text += "  p\(place): [ \(some(1...3) { $0.layer() }) ]\n" }
        return text + """
            flows: { page: [ \(steps(2)) ] }
            clients:
              open: { flow: page, at: 0s, times: 3 }
              late: { flow: page, at: [100ms, 1s, 2500ms] }
            """
    }

    private mutating func service() -> String {
        var text = pick("concurrency: \(number(1...3))", "concurrency: 2, queue: 1", "concurrency: unlimited")
        if number(1...3) == 1 { text += ", errors: 5%, answer: \(pick("500", "503", "reset"))" }
        if number(1...4) == 1 { text += ", servers: { count: 2 }" }
        return text + ", operations: { go: { do: [ \(steps(2)) ] }, also: { do: [ \(steps(1)) ] } }"
    }

    private mutating func layer() -> String {
        pick(
            "{ timeout: 300ms }", "{ deadline: 200ms }", "{ timeout: { read: 50ms } }",
            "{ retry: { attempts: 2, backoff: constant, base: 20ms, jitter: full } }",
            "{ breaker: { failures: 3, open: 1s } }", "{ bulkhead: { concurrent: 2, queue: 3 } }",
            "{ hedge: 40ms }", "{ fallback: { value: 1 } }")
    }

    private mutating func callee() -> String {
        let next = owner + number(1...3)
        return next > count ? pick("x.get", "x.find", "y.note") : "s\(next).\(pick("go", "also"))"
    }

    private mutating func steps(_ depth: Int) -> String { some(1...2) { $0.step(depth) } }

    private mutating func step(_ depth: Int) -> String {
        let callee = callee()
        if depth == 0 { return "{ call: \(callee) }" }
        switch number(0...10) {
        case 0: return "{ send: \(callee) }"
        case 1: return "{ send: { to: \(callee), lost: \(pick("true", "50%")) } }"
        case 2: return "{ call: { to: \(callee), with: p\(owner) } }"
        case 3: return "{ guard: { with: p\(owner), do: [ { call: \(callee) }, { wait: 5ms } ] } }"
        case 4: return "{ parallel: [ \(steps(depth - 1)) ] }"
        case 5:
            let by = pick("", "by: one, ", "by: two, ")
            return "{ choose: { \(by)of: [ { share: 40%, label: l, do: [ \(steps(depth - 1)) ] }, "
                + "{ share: 30%, do: [ \(steps(depth - 1)) ] } ] } }"
        case 6: return "{ cache: { in: near, key: k\(owner)-\(depth), do: [ \(steps(depth - 1)) ] } }"
        case 7: return "{ fallback: { do: [ \(steps(depth - 1)) ], \(pick("omit: true", "stale: any")) } }"
        case 8:
            names += 1
            return "{ forEach: { in: [1, 2], as: item\(names), do: [ \(steps(depth - 1)) ] } }"
        case 9: return "{ repeat: { times: 2, do: [ \(steps(depth - 1)) ] } }"
        default: return "{ wait: \(pick("0s", "7ms", "{ exponential: 10ms }")) }"
        }
    }

    mutating func interventions() -> [Intervention] {
        var list: [Intervention] = []
        for _ in 0..<number(0...3) {
            let start = number(0...2000)
            let service = "s\(number(1...count))"
            // A service with servers is not killed itself.
            let backend = pick("x", "y", "x", service)
            let end = start + number(1...1500)
            switch backend == service ? 3 : number(0...2) {
            case 0: list += [at(start, .kill(backend: backend)), at(end, .restore(backend: backend))]
            case 1: list.append(at(start, .inject(.hang, backend: backend, duration: .milliseconds(end - start))))
            case 2: list.append(at(start, .set(path: "backends.\(backend).latency", value: "30ms")))
            default: list.append(at(start, .set(path: "backends.\(service).operations.go.latency", value: "30ms")))
            }
        }
        return list
    }
}
