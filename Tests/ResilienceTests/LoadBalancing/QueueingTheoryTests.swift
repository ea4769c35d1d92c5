import Foundation
import Resilience
import Testing

/// The balancers before servers with queues, against what theory gives for them.
@Suite struct QueueingTheoryTests {
    /// Requests arrive by chance, and a server does one after another in 1 s on average, exponentially distributed.
    struct Farm {
        /// Mean time from arrival to end, in s.
        var time = 0.0
        /// Mean share of servers with at least so many requests, as arrivals find them.
        var shares = [Double](repeating: 0, count: 8)

        init(_ algorithm: LoadBalancerAlgorithm, servers: Int, load: Double, requests: Int, seed: UInt64) throws {
            let start = ContinuousClock.now
            var core = try LoadBalancerCore<ContinuousClock.Instant>(
                algorithm, servers: (1...servers).map { try ServerRules("s\($0)") })
            var dice = Dice(seed: seed)
            // When each request of a server ends, those that have ended first; where the rest begins, and its end.
            var ends = [[Double]](repeating: [], count: servers)
            var first = [Int](repeating: 0, count: servers)
            var next = [Double](repeating: .infinity, count: servers)
            var now = 0.0
            var looks = 0
            let warmUp = requests / 6
            for request in 0..<requests {
                now += -log(1 - dice.draw()) / (load * Double(servers))
                let instant = start.advanced(by: .nanoseconds(Int64(now * 1e9)))
                for server in 0..<servers {
                    while next[server] <= now {
                        core.finished(server, took: .seconds(1), at: instant)
                        first[server] += 1
                        next[server] = first[server] < ends[server].count ? ends[server][first[server]] : .infinity
                    }
                }
                if request >= warmUp, request % 16 == 0 {
                    looks += 1
                    for length in (0..<servers).map({ ends[$0].count - first[$0] }) where length > 0 {
                        for length in 1...min(7, length) { shares[length] += 1 }
                    }
                }
                guard let pick = core.pick(at: instant, draw: { dice.draw() }) else { return }
                core.started(pick.server, at: instant)
                let begins = max(now, ends[pick.server].last ?? 0)
                ends[pick.server].append(begins - log(1 - dice.draw()))
                if next[pick.server] == .infinity { next[pick.server] = ends[pick.server].last ?? .infinity }
                if request >= warmUp { time += (ends[pick.server].last ?? 0) - now }
            }
            time /= Double(requests - warmUp)
            shares = shares.map { $0 / Double(servers * looks) }
        }
    }

    /// Mitzenmacher: s_i = λ^((d^i - 1) / (d - 1)); for 100 servers and two different choices 2.624 s.
    @Test func supermarketModel_twoChoices() throws {
        let farm = try Farm(.choices(2), servers: 100, load: 0.9, requests: 24_000, seed: 7)
        for (length, share) in [(1, 0.900), (2, 0.729), (3, 0.478), (4, 0.206), (5, 0.038)] {
            #expect(abs(farm.shares[length] - share) < 0.03, "\(length): \(farm.shares[length])")
        }
        #expect(abs(farm.time / 2.624 - 1) < 0.06, "\(farm.time)")
    }

    /// With replacement a little worse than with different ones: 1.271 s at a load of one half.
    @Test func supermarketModel_withReplacement() throws {
        let farm = try Farm(
            .choices(2, withReplacement: true), servers: 100, load: 0.5, requests: 24_000, seed: 8)
        #expect(abs(farm.time / 1.271 - 1) < 0.04, "\(farm.time)")
    }

    /// By chance each server is an M/M/1 queue: 1 / (1 - load), and λ^i for its lengths.
    @Test func randomIsManySingleQueues() throws {
        let farm = try Farm(.random, servers: 20, load: 0.7, requests: 24_000, seed: 9)
        #expect(abs(farm.time / (1 / 0.3) - 1) < 0.1, "\(farm.time)")
        for length in 1...4 { #expect(abs(farm.shares[length] - pow(0.7, Double(length))) < 0.04) }
    }

    /// Round robin gives each server every n-th arrival: E_n/M/1, whose σ solves σ = (nλ / (nλ + 1 - σ))^n.
    @Test func roundRobinIsErlangArrivals() throws {
        let (servers, load) = (10.0, 0.8)
        var sigma = 0.5
        for _ in 0..<200 { sigma = pow(servers * load / (servers * load + 1 - sigma), servers) }
        let farm = try Farm(.roundRobin, servers: 10, load: load, requests: 80_000, seed: 10)
        #expect(abs(farm.time * (1 - sigma) - 1) < 0.07, "\(farm.time) and \(1 / (1 - sigma))")
    }

    /// The more a balancer sees, the better; and none beats one queue for all, 1 + C(10, 9)/(10 - 9) = 1.669 s.
    @Test func whoSeesMoreDoesBetter() throws {
        let algorithms: [LoadBalancerAlgorithm] = [.shortestQueue, .choices(3), .choices(2), .roundRobin, .random]
        let times = try algorithms.map { try Farm($0, servers: 10, load: 0.9, requests: 24_000, seed: 11).time }
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, "\(times)")
        #expect(times[0] > 1.669 * 0.95, "\(times)")
        let connections = try Farm(.leastConnections, servers: 10, load: 0.9, requests: 24_000, seed: 11).time
        #expect(abs(connections / times[0] - 1) < 0.08, "\(connections) and \(times[0])")
    }
}
