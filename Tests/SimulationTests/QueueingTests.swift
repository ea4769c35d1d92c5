import Foundation
import Simulation
import Testing

/// Queues whose behaviour is known by formula, and from a simulator that we did not write.
@Suite struct QueueingTests {
    struct System: Sendable, CustomTestStringConvertible {
        var servers: Int
        /// Arrivals for each service time of one server.
        var load: Double
        var testDescription: String { "M/M/\(servers), load \(load)" }
    }

    static let systems = [
        System(servers: 1, load: 0.5), System(servers: 1, load: 0.8), System(servers: 2, load: 1.4),
        System(servers: 10, load: 9),
    ]

    /// Exponential gaps and services; a service takes 1 ms on average.
    private func times(_ system: System, customers: Int) -> (gaps: [Int64], services: [Int64]) {
        var arrivals = RandomStream(seed: 11, component: "clients", purpose: "gaps")
        var latency = RandomStream(seed: 11, component: "server", purpose: "latency")
        let gap = Distribution.exponential(mean: 1e6 / system.load)
        let service = Distribution.exponential(mean: 1e6)
        return (
            (0..<customers).map { _ in gap.nanoseconds(&arrivals) },
            (0..<customers).map { _ in service.nanoseconds(&latency) }
        )
    }

    /// Erlang's C: how likely an arrival is to wait.
    private func erlangC(_ system: System) -> Double {
        var term = 1.0
        var sum = 0.0
        for k in 0..<system.servers {
            sum += term
            term *= system.load / Double(k + 1)
        }
        let servers = Double(system.servers)
        let last = term * servers / (servers - system.load)
        return last / (sum + last)
    }

    @Test func erlangCIsThePublishedOne() {
        #expect(abs(erlangC(System(servers: 1, load: 0.8)) - 0.8) < 1e-12)
        #expect(abs(erlangC(System(servers: 10, load: 9)) - 0.6687) < 5e-5)
    }

    /// The mean of each of 50 batches is nearly normal, so their spread tells how far the whole may be off.
    @Test(arguments: systems) func timesInTheSystemAreThoseOfTheFormula(system: System) throws {
        let (gaps, services) = times(system, customers: 60_000)
        let times = try QueueingSystem(servers: system.servers, gaps: gaps, services: services).sojourns
        let batches = stride(from: 0, to: times.count, by: times.count / 50).map { start in
            times[start..<start + times.count / 50].reduce(0.0) { $0 + Double($1) / 1e6 } / Double(times.count / 50)
        }
        let mean = batches.reduce(0, +) / 50
        let error = (batches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 49 / 50).squareRoot()
        let expected = 1 + erlangC(system) / (Double(system.servers) - system.load)
        #expect(abs(mean - expected) < 3.5 * error, "mean \(mean), formula \(expected), error \(error)")
        #expect(error < 0.2 * expected)
    }

    @Test func quantilesOfASingleServerAreThoseOfTheFormula() throws {
        let system = System(servers: 1, load: 0.5)
        let (gaps, services) = times(system, customers: 60_000)
        let sorted = try QueueingSystem(servers: 1, gaps: gaps, services: services).sojourns.sorted()
        for p in [0.5, 0.9, 0.99] {
            let seen = Double(sorted[Int(p * Double(sorted.count))]) / 1e6
            #expect(abs(seen / (-log(1 - p) * 2) - 1) < 0.08, "quantile \(p)")
        }
    }

    /// Customers in the system over time, on average, equal the rate of arrivals times the time each is there.
    @Test func littlesLawHolds() throws {
        let (gaps, services) = times(System(servers: 2, load: 1.4), customers: 20_000)
        let sojourns = try QueueingSystem(servers: 2, gaps: gaps, services: services).sojourns
        var clock: Int64 = 0
        var changes: [(time: Int64, by: Int)] = []
        for (gap, sojourn) in zip(gaps, sojourns) {
            clock += gap
            changes += [(clock, 1), (clock + sojourn, -1)]
        }
        changes.sort { $0.time < $1.time }
        var area = 0.0
        var inside = 0
        var last: Int64 = 0
        for change in changes {
            area += Double(inside) * Double(change.time - last)
            inside += change.by
            last = change.time
        }
        #expect(inside == 0)
        #expect(abs(area / sojourns.reduce(0.0) { $0 + Double($1) } - 1) < 1e-9)
    }

    /// With the same numbers SimPy must give the same times, to the nanosecond, and the same order of departures.
    @Test(.enabled(if: Oracle.isThere, Oracle.howTo), arguments: systems)
    func everyCustomerFaresAsInSimPy(system: System) throws {
        let (gaps, services) = times(system, customers: 5_000)
        try compare(servers: system.servers, gaps: gaps, services: services)
    }

    /// Ties everywhere: whole milliseconds, so that the order at one moment decides who is served first.
    @Test(.enabled(if: Oracle.isThere, Oracle.howTo), arguments: [1, 3])
    func tiesAreSettledAsInSimPy(servers: Int) throws {
        let stream = RandomStream(seed: 12, component: "ties", purpose: "times")
        let gaps = (0..<3000).map { Int64(stream.draw(at: $0).integer(below: 3)) * 1_000_000 }
        let services = (0..<3000).map { index in
            Int64(1 + Draw(bits: stream.draw(at: index).choice).integer(below: servers + 1)) * 1_000_000
        }
        try compare(servers: servers, gaps: gaps, services: services)
    }

    private func compare(servers: Int, gaps: [Int64], services: [Int64]) throws {
        let system = try QueueingSystem(servers: servers, gaps: gaps, services: services, upFront: true)
        let input = zip(gaps, services).map { "\($0) \($1)\n" }.joined()
        let lines = try Oracle.run("queue.py", arguments: ["\(servers)"], input: input)
        #expect(lines == system.departures.map { "\($0) \(system.sojourns[$0])" })
    }
}
