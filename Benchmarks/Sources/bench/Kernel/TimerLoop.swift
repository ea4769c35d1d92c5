import Simulation
import Trace

/// N processes that sleep again and again, each with its own period. All give events a second.
enum TimerLoop {
    private static func period(_ process: Int) -> Int64 { Int64(1000 + process * 37 % 997) }

    private static func end(_ processes: Int, _ events: Int) -> VirtualTime {
        VirtualTime(nanoseconds: Int64(events / processes) * 1500)
    }

    /// As tasks: ordinary `async` code.
    static func tasks(processes: Int, events: Int) -> Double {
        let simulation = Simulation(seed: 1)
        for process in 0..<processes {
            let period = period(process)
            simulation.spawn {
                while (try? await simulation.sleep(forNanoseconds: period)) != nil {}
            }
        }
        return rate(simulation, until: end(processes, events))
    }

    /// As callbacks, the way the model's backends work.
    static func callbacks(processes: Int, events: Int) -> Double {
        let simulation = Simulation(seed: 1)
        for process in 0..<processes { Sleeper(simulation, period(process)).sleep() }
        return rate(simulation, until: end(processes, events))
    }

    /// With nothing but a heap of (time, process) pairs.
    static func bareHeap(processes: Int, events: Int) -> Double {
        var heap = BareHeap()
        for process in 0..<processes { heap.push((period(process), process)) }
        let end = end(processes, events).nanoseconds
        var fired = 0
        let seconds = Stopwatch.seconds {
            while true {
                let next = heap.pop()
                if next.time > end { break }
                fired += 1
                heap.push((next.time + period(next.process), next.process))
            }
        }
        return Double(fired) / seconds
    }

    private static func rate(_ simulation: Simulation, until end: VirtualTime) -> Double {
        let seconds = Stopwatch.seconds { simulation.advance(to: end) }
        let rate = Double(simulation.steps) / seconds
        simulation.finish()
        return rate
    }
}

private final class Sleeper {
    private let simulation: Simulation
    private let period: Int64

    init(_ simulation: Simulation, _ period: Int64) {
        self.simulation = simulation
        self.period = period
    }

    func sleep() { simulation.schedule(after: period, sleep) }
}
