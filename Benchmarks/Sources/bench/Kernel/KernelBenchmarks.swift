/// The kernel beside SimPy and beside a bare heap. Every pair is measured in turns, and the best round of each counts.
enum KernelBenchmarks {
    private static let rounds = 5

    static func run() throws {
        Report.title("Kernel")
        for processes in [100, 1000] {
            let (tasks, callbacks, bare, simpy) = try timerLoop(processes)
            Report.rate("timer loop, \(processes) tasks", tasks, simpy: simpy, budget: 8)
            Report.rate("timer loop, \(processes) callbacks", callbacks, simpy: simpy, budget: 8)
            Report.share("timer loop, \(processes) tasks", tasks, bare: bare, goal: 0.5)
            Report.share("timer loop, \(processes) callbacks", callbacks, bare: bare, goal: 0.5)
        }
        let (tasks, callbacks, simpy) = try singleServer()
        Report.rate("M/M/1, a task a customer", tasks, simpy: simpy, budget: 12)
        Report.rate("M/M/1, callbacks", callbacks, simpy: simpy, budget: 12)
        flatness()
    }

    private static func timerLoop(
        _ processes: Int
    ) throws -> (tasks: Double, callbacks: Double, bare: Double, simpy: Double) {
        var best = (tasks: 0.0, callbacks: 0.0, bare: 0.0, simpy: 0.0)
        for _ in 0..<rounds {
            best.simpy = max(best.simpy, try Python.number("timer_loop.py", ["\(processes)", "400000"]))
            best.tasks = max(best.tasks, TimerLoop.tasks(processes: processes, events: 2_000_000))
            best.callbacks = max(best.callbacks, TimerLoop.callbacks(processes: processes, events: 2_000_000))
            best.bare = max(best.bare, TimerLoop.bareHeap(processes: processes, events: 4_000_000))
        }
        return best
    }

    private static func singleServer() throws -> (tasks: Double, callbacks: Double, simpy: Double) {
        var best = (tasks: 0.0, callbacks: 0.0, simpy: 0.0)
        for _ in 0..<rounds {
            best.simpy = max(best.simpy, try Python.number("single_server.py", ["100000"]))
            best.tasks = max(best.tasks, SingleServer.tasks(customers: 500_000))
            best.callbacks = max(best.callbacks, SingleServer.callbacks(customers: 500_000))
        }
        return best
    }

    /// The cost of an event does not grow with their number.
    private static func flatness() {
        let sizes = [100_000, 1_000_000, 10_000_000]
        let costs = sizes.map { size in
            let rates = (0..<rounds).map { _ in TimerLoop.tasks(processes: 1000, events: size) }
            return 1e9 / (rates.max() ?? 1)
        }
        let figures = costs.map { "\(Report.number($0, 0))" }.joined(separator: ", ") + " ns"
        let growth = (costs.max() ?? 1) / (costs.min() ?? 1)
        Report.line("event at 10^5, 10^6, 10^7", figures, "flat (within 1.3x)", isMet: growth < 1.3)
    }
}
