import Simulation
import Testing
import Trace

@Suite struct OrderTests {
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
        #expect(simulation.now == .ns(30))
    }

    @Test func whatIsDueAtOneMomentKeepsTheOrderOfScheduling() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        simulation.spawn {
            try? await simulation.sleep(forNanoseconds: 10)
            log.note("task a")
            simulation.schedule(after: 0) { log.note("after a") }
            simulation.spawn { log.note("spawned by a") }
            try? await simulation.sleep(forNanoseconds: 0)
            log.note("a again")
        }
        simulation.spawn {
            simulation.schedule(after: 10) { log.note("callback b") }
            try? await simulation.sleep(forNanoseconds: 10)
            log.note("task c")
        }
        try simulation.run(until: .seconds(1))
        let expected = ["task a", "callback b", "task c", "after a", "spawned by a", "a again"]
        #expect(log.lines == expected.map { "10 \($0)" })
    }

    @Test func timesInThePastCountAsNow() throws {
        let lines = try Simulation.lines { simulation, log in
            try await simulation.sleep(until: .ns(50))
            simulation.schedule(at: .ns(10)) { log.note("callback") }
            simulation.schedule(after: -7) { log.note("negative") }
            try await simulation.sleep(until: .ns(3))
            log.note("task")
        }
        #expect(lines == ["50 callback", "50 negative", "50 task"])
    }

    @Test func delaysBeyondTheEndOfTimeDoNotOverflow() throws {
        let lines = try Simulation.lines { simulation, log in
            simulation.schedule(after: .max) { log.note("never") }
            try await simulation.sleep(forNanoseconds: 5)
            try await simulation.sleep(forNanoseconds: .max)
            log.note("never")
        }
        #expect(lines == [])
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

    /// Against the obvious model: a list sorted by (time, insertion) without those cancelled.
    @Test(arguments: 1...20) func anyMixOfTimersAndCancellationsFiresAsSorted(seed: UInt64) throws {
        let simulation = Simulation(seed: seed)
        let stream = simulation.stream("test", "delays")
        var fired: [Int] = []
        var expected: [(time: Int64, number: Int)] = []
        var timers: [Timer] = []
        for number in 0..<2000 {
            let draw = stream.draw(at: UInt64(number))
            let time = Int64(draw.integer(below: 300))
            timers.append(simulation.schedule(at: .ns(time)) { fired.append(number) })
            expected.append((time, number))
            if draw.happens(0.7) {
                let victim = Draw(bits: draw.choice).integer(below: number + 1)
                simulation.cancel(timers[victim])
                expected.removeAll { $0.number == victim }
            }
        }
        try simulation.run(until: .seconds(1))
        expected.sort { ($0.time, $0.number) < ($1.time, $1.number) }
        #expect(fired == expected.map(\.number))
    }

    @Test func stepByStepIsTheSameAsAtOnce() throws {
        func lines(_ drive: (Simulation) throws -> Void) rethrows -> [String] {
            let simulation = Simulation(seed: 1)
            let log = Log(simulation)
            for period: Int64 in [7, 3, 5] {
                simulation.spawn {
                    while (try? await simulation.sleep(forNanoseconds: period)) != nil { log.note("\(period)") }
                }
            }
            try drive(simulation)
            return log.lines
        }
        let stepped = lines { simulation in
            for time: Int64 in 0...30 {
                simulation.advance(to: .ns(time))
                #expect(simulation.now == .ns(time))
            }
            simulation.finish()
        }
        #expect(try stepped == lines { try $0.run(until: .ns(30)) })
        #expect(stepped.suffix(2) == ["30 5", "30 3"])
    }
}
