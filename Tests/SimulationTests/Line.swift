import Simulation
import Trace

/// A first-come-first-served line before some servers.
final class Line: @unchecked Sendable {
    private let simulation: Simulation
    private var free: Int
    private var waiting: [Timer] = []
    private var first = 0

    init(_ simulation: Simulation, servers: Int) {
        self.simulation = simulation
        free = servers
    }

    func enter() async {
        // Even a server that is free is taken one turn later, as in SimPy, where being granted it is an event.
        _ = await simulation.wait { timer in
            if free > 0 {
                free -= 1
                simulation.wake(timer)
            } else {
                waiting.append(timer)
            }
        }
    }

    func leave() {
        guard first < waiting.count else {
            free += 1
            return
        }
        first += 1
        simulation.wake(waiting[first - 1])
    }
}

/// Customers who arrive, wait for one of some servers, are served and leave; and how long each was there, in ns.
final class QueueingSystem: @unchecked Sendable {
    private let simulation: Simulation
    private let line: Line
    private let gaps: [Int64]
    private let services: [Int64]
    private(set) var sojourns: [Int64]
    private(set) var departures: [Int] = []

    /// `upFront`: every customer is a task from the start, which sleeps until it arrives.
    init(servers: Int, gaps: [Int64], services: [Int64], upFront: Bool = false) throws {
        simulation = Simulation(seed: 0)
        line = Line(simulation, servers: servers)
        self.gaps = gaps
        self.services = services
        sojourns = [Int64](repeating: -1, count: gaps.count)
        if upFront { comeByThemselves() } else { simulation.spawn { await self.arrive() } }
        try simulation.run(until: .distantFuture)
    }

    private func arrive() async {
        for (customer, gap) in gaps.enumerated() {
            try? await simulation.sleep(forNanoseconds: gap)
            simulation.spawn { await self.serve(customer) }
        }
    }

    private func comeByThemselves() {
        var arrival = VirtualTime.zero
        for (customer, gap) in gaps.enumerated() {
            arrival = arrival.advanced(byNanoseconds: gap)
            simulation.spawn { [arrival] in
                try? await self.simulation.sleep(until: arrival)
                await self.serve(customer)
            }
        }
    }

    private func serve(_ customer: Int) async {
        let arrival = simulation.now.nanoseconds
        await line.enter()
        try? await simulation.sleep(forNanoseconds: services[customer])
        line.leave()
        sojourns[customer] = simulation.now.nanoseconds - arrival
        departures.append(customer)
    }
}
