import Simulation
import Trace

/// N tasks that sleep again and again, each with its own period.
enum TimerLoop {
    static func period(_ process: Int) -> Int64 { Int64(1000 + process * 37 % 997) }

    /// Events a second.
    static func kernel(processes: Int, events: Int) -> Double {
        let simulation = Simulation(seed: 1)
        let counter = Counter()
        for process in 0..<processes {
            let period = period(process)
            simulation.spawn {
                while !Task.isCancelled {
                    try? await simulation.sleep(forNanoseconds: period)
                    counter.value += 1
                }
            }
        }
        let end = VirtualTime(nanoseconds: Int64(events) / Int64(processes) * 1500)
        let seconds = Stopwatch.seconds { simulation.advance(to: end) }
        let rate = Double(counter.value) / seconds
        simulation.finish()
        return rate
    }

    /// The same with callback timers.
    static func callbacks(processes: Int, events: Int) -> Double {
        let simulation = Simulation(seed: 1)
        let counter = Counter()
        for process in 0..<processes {
            let sleeper = CallbackSleeper(simulation, period(process), counter)
            simulation.schedule(after: sleeper.period, sleeper.fire)
        }
        let end = VirtualTime(nanoseconds: Int64(events) / Int64(processes) * 1500)
        let seconds = Stopwatch.seconds { simulation.advance(to: end) }
        let rate = Double(counter.value) / seconds
        simulation.finish()
        return rate
    }

    /// The same with nothing but a binary heap of (time, number) pairs.
    static func bareHeap(processes: Int, events: Int) -> Double {
        var heap = BareHeap()
        for process in 0..<processes { heap.push((period(process), process)) }
        var now: Int64 = 0
        let seconds = Stopwatch.seconds {
            for _ in 0..<events {
                let next = heap.pop()
                now = next.time
                heap.push((now + period(next.process), next.process))
            }
        }
        return now > 0 ? Double(events) / seconds : 0
    }
}

final class Counter: @unchecked Sendable {
    var value = 0
}

final class CallbackSleeper {
    let simulation: Simulation
    let period: Int64
    let counter: Counter

    init(_ simulation: Simulation, _ period: Int64, _ counter: Counter) {
        self.simulation = simulation
        self.period = period
        self.counter = counter
    }

    func fire() {
        counter.value += 1
        simulation.schedule(after: period, fire)
    }
}
