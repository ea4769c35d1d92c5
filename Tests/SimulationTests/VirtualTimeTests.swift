import Simulation
import Testing
import Trace

@Suite struct VirtualTimeTests {
    @Test func sleepersWakeInOrderOfTime() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        for delay: Int64 in [30, 10, 20] {
            simulation.spawn {
                try? await simulation.sleep(forNanoseconds: delay)
                log.note("slept \(delay)")
            }
        }
        try simulation.run(until: .seconds(1))
        #expect(log.lines == ["10 slept 10", "20 slept 20", "30 slept 30"])
        #expect(simulation.now.nanoseconds == 30)
    }

    @Test func sameMomentKeepsTheOrderOfScheduling() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        simulation.spawn {
            try? await simulation.sleep(forNanoseconds: 10)
            log.note("task a")
            simulation.schedule(after: 0) { log.note("after a") }
        }
        simulation.spawn {
            simulation.schedule(after: 10) { log.note("callback b") }
            try? await simulation.sleep(forNanoseconds: 10)
            log.note("task c")
        }
        try simulation.run(until: .seconds(1))
        #expect(log.lines == ["10 task a", "10 callback b", "10 task c", "10 after a"])
    }

    @Test func cancelledTimersDoNotFireAndStaleNamesDoNothing() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        let gone = simulation.schedule(after: 5) { log.note("gone") }
        simulation.cancel(gone)
        simulation.schedule(after: 6) { log.note("stays") }
        simulation.cancel(gone)
        simulation.cancel(.none)
        try simulation.run(until: .seconds(1))
        #expect(log.lines == ["6 stays"])
    }

    @Test func structuredConcurrencyRunsInVirtualTime() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        simulation.spawn {
            async let first = pause(simulation, 30)
            async let second = pause(simulation, 20)
            log.note("async let \(await first + second)")
            let sum = await withTaskGroup(of: Int64.self) { group in
                for delay: Int64 in [3, 2, 1] { group.addTask { await pause(simulation, delay) } }
                return await group.reduce(into: [Int64]()) { $0.append($1) }
            }
            log.note("group \(sum)")
        }
        try simulation.run(until: .seconds(1))
        #expect(log.lines == ["30 async let 50", "33 group [1, 2, 3]"])
    }

    @Test func theEndOfTheRunCancelsWhatIsLeft() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        let ended = Flag()
        simulation.spawn {
            while !Task.isCancelled { try? await simulation.sleep(forNanoseconds: 40) }
            log.note("not recorded")
            ended.isSet = true
        }
        simulation.spawn { _ = await simulation.wait { _ in } }
        try simulation.run(until: VirtualTime(nanoseconds: 100))
        #expect(ended.isSet)
        #expect(log.lines == [])
        #expect(simulation.now.nanoseconds == 100)
    }
}

final class Flag: @unchecked Sendable {
    var isSet = false
}

func pause(_ simulation: Simulation, _ delay: Int64) async -> Int64 {
    try? await simulation.sleep(forNanoseconds: delay)
    return delay
}
