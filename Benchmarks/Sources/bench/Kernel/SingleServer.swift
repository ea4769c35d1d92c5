import Simulation
import Trace

/// M/M/1: customers arrive at random, wait for the one server, are served and leave. Both give customers a second.
enum SingleServer {
    /// Each customer a task, as a process in SimPy.
    static func tasks(customers: Int) -> Double {
        let shop = TaskShop(customers)
        return rate(customers, shop.simulation)
    }

    /// Each customer a number in a line, the way the model's backends work.
    static func callbacks(customers: Int) -> Double {
        let shop = CallbackShop(customers)
        return rate(customers, shop.simulation)
    }

    private static func rate(_ customers: Int, _ simulation: Simulation) -> Double {
        let seconds = Stopwatch.seconds { simulation.advance(to: .distantFuture) }
        simulation.finish()
        return Double(customers) / seconds
    }
}

/// Numbers in the order in which they came.
private struct FIFO<Element> {
    private var elements: [Element] = []
    private var first = 0

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard first < elements.count else { return nil }
        first += 1
        return elements[first - 1]
    }
}

private final class TaskShop: @unchecked Sendable {
    let simulation = Simulation(seed: 1)
    private var gaps: RandomStream
    private var services: RandomStream
    private let gap = Distribution.exponential(mean: 1.25e6)
    private let service = Distribution.exponential(mean: 1e6)
    private var isBusy = false
    private var line = FIFO<Timer>()

    init(_ customers: Int) {
        gaps = simulation.stream("clients", "gaps")
        services = simulation.stream("server", "latency")
        simulation.spawn {
            for _ in 0..<customers {
                try? await self.simulation.sleep(forNanoseconds: self.gap.nanoseconds(&self.gaps))
                self.simulation.spawn { await self.serve() }
            }
        }
    }

    private func serve() async {
        if isBusy {
            _ = await simulation.wait { line.append($0) }
        } else {
            isBusy = true
        }
        try? await simulation.sleep(forNanoseconds: service.nanoseconds(&services))
        if let next = line.popFirst() { simulation.wake(next) } else { isBusy = false }
    }
}

private final class CallbackShop {
    let simulation = Simulation(seed: 1)
    private var gaps: RandomStream
    private var services: RandomStream
    private let gap = Distribution.exponential(mean: 1.25e6)
    private let service = Distribution.exponential(mean: 1e6)
    private var customers: Int
    private var isBusy = false
    private var line = FIFO<Int>()

    init(_ customers: Int) {
        self.customers = customers
        gaps = simulation.stream("clients", "gaps")
        services = simulation.stream("server", "latency")
        simulation.schedule(after: gap.nanoseconds(&gaps), arrive)
    }

    private func arrive() {
        customers -= 1
        if isBusy { line.append(customers) } else { serve() }
        if customers > 0 { simulation.schedule(after: gap.nanoseconds(&gaps), arrive) }
    }

    private func serve() {
        isBusy = true
        simulation.schedule(after: service.nanoseconds(&services)) { [self] in
            if line.popFirst() != nil { serve() } else { isBusy = false }
        }
    }
}
