import Resilience
import Testing

/// Load balancers and bulkheads against queueing theory.
///
/// Tolerances are about four standard deviations of the figure over seeds, so that none depends on the seed's luck.
@Suite struct QueueingTests {
    static func runs(
        _ algorithm: LoadBalancerAlgorithm, servers: Int, load: Double, arrivals: Int, seeds: Int
    ) throws -> [PoolRun] {
        try (1...UInt64(seeds)).map {
            try PoolRun(algorithm, servers: servers, load: load, arrivals: arrivals, seed: $0)
        }
    }

    static func mean<Value>(_ values: [Value], _ figure: (Value) -> Double) -> Double {
        values.reduce(0) { $0 + figure($1) } / Double(values.count)
    }

    static func isNear(_ value: Double, _ expected: Double, within share: Double) -> Bool {
        abs(value / expected - 1) <= share
    }

    // MARK: The formulas have the published values

    @Test func supermarketModel_published() {
        func shares(_ choices: Int, _ count: Int) -> [Double] {
            (1...count).map {
                (QueueingTheory.share(atLeast: $0, choices: choices, load: 0.9) * 1000).rounded() / 1000
            }
        }
        #expect(shares(2, 6) == [0.9, 0.729, 0.478, 0.206, 0.038, 0.001])
        #expect(shares(1, 4) == [0.9, 0.81, 0.729, 0.656])
        for (choices, load, time) in [(1, 0.9, 10.0), (2, 0.9, 2.6141), (1, 0.99, 100), (2, 0.99, 5.432)] {
            #expect(abs(QueueingTheory.supermarket(choices: choices, load: load) - time) < 1e-4)
        }
    }

    /// Ten queues of their own against one that ten share.
    @Test func erlangC_published() {
        #expect(abs(QueueingTheory.erlangC(servers: 1, load: 0.8) - 0.8) < 1e-12)
        #expect(abs(QueueingTheory.sharedQueue(servers: 1, load: 0.8) - 5) < 1e-9)
        #expect(abs(QueueingTheory.erlangC(servers: 10, load: 9) - 0.6687) < 5e-5)
        #expect(abs(QueueingTheory.sharedQueue(servers: 10, load: 9) - 1.6687) < 5e-5)
        #expect(abs(QueueingTheory.sharedQueue(servers: 1, load: 0.9) - 10) < 1e-9)
    }

    // MARK: Two choices among 100

    /// With replacement, as simulated elsewhere: 1.271, 2.652, 3.472.
    @Test(arguments: [(0.5, 15_000, 1.271, 0.035), (0.9, 40_000, 2.652, 0.09), (0.95, 40_000, 3.472, 0.13)])
    func twoChoices_withReplacement(load: Double, arrivals: Int, time: Double, tolerance: Double) throws {
        let runs = try Self.runs(
            .choices(2, withReplacement: true), servers: 100, load: load, arrivals: arrivals, seeds: 2)
        #expect(Self.isNear(Self.mean(runs, \.meanTime), time, within: tolerance))
    }

    /// Without: 2.624, 3.399. The shares of servers with so many jobs are those of the model for infinitely many.
    @Test(arguments: [(0.9, 2.624, 0.09, 0.06), (0.95, 3.399, 0.13, 0.12)])
    func twoChoices_withoutReplacement(
        load: Double, time: Double, tolerance: Double, sharesWithin: Double
    ) throws {
        let runs = try Self.runs(.choices(2), servers: 100, load: load, arrivals: 40_000, seeds: 2)
        #expect(Self.isNear(Self.mean(runs, \.meanTime), time, within: tolerance))
        for jobs in 1...7 {
            let share = Self.mean(runs) { $0.share(atLeast: jobs) }
            let limit = QueueingTheory.share(atLeast: jobs, choices: 2, load: load)
            #expect(abs(share - limit) < sharesWithin, "at least \(jobs) jobs")
        }
    }

    /// Of few servers, one that is drawn twice leaves no choice: with the same arrivals and services it takes longer.
    @Test func twoChoices_replacementCostsSmallPoolsMore() throws {
        let times = try [true, false].map { withReplacement in
            let algorithm = LoadBalancerAlgorithm.choices(2, withReplacement: withReplacement)
            let runs = try Self.runs(algorithm, servers: 3, load: 0.8, arrivals: 15_000, seeds: 2)
            return Self.mean(runs, \.meanTime)
        }
        #expect(times[0] > 1.1 * times[1])
    }

    // MARK: Each server by itself

    /// A random server: each is M/M/1. The time is exponential: its p-quantile is -ln(1 - p) times the mean.
    @Test func random_isMM1ForEachServer() throws {
        let runs = try Self.runs(.random, servers: 100, load: 0.8, arrivals: 40_000, seeds: 2)
        #expect(Self.isNear(Self.mean(runs, \.meanTime), 5, within: 0.12))
        for (share, multiple) in [(0.5, 0.693), (0.9, 2.303), (0.95, 2.996)] {
            #expect(Self.isNear(Self.mean(runs) { $0.quantile(share) / $0.meanTime }, multiple, within: 0.08))
        }
        for jobs in 1...4 {
            let limit = QueueingTheory.share(atLeast: jobs, choices: 1, load: 0.8)
            #expect(abs(Self.mean(runs) { $0.share(atLeast: jobs) } - limit) < 0.05, "at least \(jobs) jobs")
        }
    }

    /// Every tenth arrival: each of ten servers is E_10/M/1.
    @Test func roundRobin_isErlangArrivalsForEachServer() throws {
        let runs = try Self.runs(.roundRobin, servers: 10, load: 0.7, arrivals: 20_000, seeds: 3)
        let time = QueueingTheory.roundRobin(servers: 10, load: 0.7)
        #expect(abs(time - 2.0198) < 1e-4)
        #expect(Self.isNear(Self.mean(runs, \.meanTime), time, within: 0.07))
    }

    /// Ten servers at 90 %, the same arrivals and services: no policy beats a shared queue, one that knows all queues
    /// beats one that knows only who is idle, and of those that know nothing round robin is the best.
    @Test func finitePools_theMoreIsKnownTheShorter() throws {
        let algorithms: [LoadBalancerAlgorithm] = [.shortestQueue, .idleQueue, .choices(2), .roundRobin, .random]
        var times = [try SharedQueueRun(places: 10, load: 9, arrivals: 30_000, seed: 1).meanTime]
        for algorithm in algorithms {
            times.append(try PoolRun(algorithm, servers: 10, load: 0.9, arrivals: 30_000, seed: 1).meanTime)
        }
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 * 1.03 < $1 }, "\(times)")
    }

    // MARK: A shared queue

    /// A bulkhead whose queue has no end is M/M/c.
    @Test(arguments: [(1, 0.8, 0.12, 0.03), (10, 9, 0.2, 0.07)])
    func bulkhead_isMMc(places: Int, load: Double, timeWithin: Double, waitingWithin: Double) throws {
        let runs = try (UInt64(1)...3).map {
            try SharedQueueRun(places: places, load: load, arrivals: 25_000, seed: $0)
        }
        let time = QueueingTheory.sharedQueue(servers: places, load: load)
        #expect(Self.isNear(Self.mean(runs, \.meanTime), time, within: timeWithin))
        let waiting = QueueingTheory.erlangC(servers: places, load: load)
        #expect(abs(Self.mean(runs, \.waiting) - waiting) < waitingWithin)
    }

    /// L = λ W, whatever the policy.
    @Test(arguments: [LoadBalancerAlgorithm.random, .choices(2), .shortestQueue])
    func littlesLaw(algorithm: LoadBalancerAlgorithm) throws {
        let run = try PoolRun(algorithm, servers: 20, load: 0.7, arrivals: 15_000, seed: 4)
        #expect(Self.isNear(run.meanJobs, run.rate * run.meanTime, within: 0.02))
    }
}
