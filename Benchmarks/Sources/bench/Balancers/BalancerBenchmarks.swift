import Resilience

/// Picks a second of every load balancing algorithm with 10, 100 and 1000 servers, requests begun and ended included.
///
/// Half as many requests as there are servers are on their way, so that those that compare have something to compare.
enum BalancerBenchmarks {
    private static let rounds = 3
    private static let counts = [10, 100, 1000]

    private static let algorithms: [(name: String, algorithm: LoadBalancerAlgorithm, budget: Double)] = [
        ("round robin", .roundRobin, linear), ("weighted", .weighted, linear),
        ("smooth weighted", .smoothWeighted, linear), ("least connections", .leastConnections, linear),
        ("random", .random, constant), ("weighted random", .weightedRandom, constant), ("ip hash", .ipHash, linear),
        ("hash modulo", .modulo, constant), ("ring, 160 points", .nginxRing, constant),
        ("ring, Envoy's size", .envoyRing, constant), ("rendezvous", .rendezvous, linear),
        ("Maglev, 65537", .envoyMaglev, constant), ("two choices", .choices(2), constant),
        ("Envoy's least request", .envoyLeastRequest, linear), ("shortest queue", .shortestQueue, linear),
        ("idle queue", .idleQueue, constant), ("EWMA", .ewma(decay: .seconds(10)), constant),
        ("peak EWMA", .linkerdPeakEWMA, constant),
    ]

    /// For 1000 servers, picks a second. Those that look at everyone may take 10 ns for each.
    private static let linear = 1e5
    private static let constant = 2e6

    static func run() throws {
        Report.title("Load balancers (picks a second with 10, 100 and 1000 servers)")
        for (name, algorithm, budget) in algorithms {
            let rates = try counts.map { try rate(algorithm, servers: $0) }
            let figures = rates.map { Report.millions($0) }.joined(separator: "   ")
            Report.line(
                name, figures, "at least \(Report.millions(budget))", isMet: (rates.last ?? 0) >= budget)
        }
    }

    private static func rate(_ algorithm: LoadBalancerAlgorithm, servers: Int) throws -> Double {
        let picks = 20_000_000 / (servers + 90)
        let rules = try (1...servers).map { number in
            try ServerRules("10.0.\(number / 250).\(number % 250)", weight: Double(1 + number % 3))
        }
        let keys = (0..<1024).map { LoadBalancerKey("198.51.\($0 / 4).\($0 % 4)") }
        let start = ContinuousClock.now
        let core = try LoadBalancerCore<ContinuousClock.Instant>(algorithm, servers: rules)
        var chosen = 0
        let seconds = Stopwatch.best(of: rounds) {
            var core = core
            var state: UInt64 = 1
            // Who has which of the requests on their way.
            var pending = Array(repeating: -1, count: max(1, servers / 2))
            for pick in 0..<picks {
                let now = start.advanced(by: .microseconds(pick))
                let place = pick % pending.count
                if pending[place] >= 0 { core.finished(pending[place], took: .milliseconds(1 + pick % 7), at: now) }
                let picked = core.pick(key: keys[pick & 1023], at: now) {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Double(state >> 11) * 0x1p-53
                }
                guard let picked else { continue }
                core.started(picked.server, at: now)
                pending[place] = picked.server
                chosen += 1
            }
        }
        return chosen == rounds * picks ? Double(picks) / seconds : 0
    }
}
