import Simulation
import Synchronization
import Testing
import Trace

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct LifetimeTests {
    @Test func whatIsDueExactlyAtTheEndStillHappens() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        simulation.schedule(at: .ns(100)) { log.note("at the end") }
        simulation.schedule(at: .ns(101)) { log.note("too late") }
        try simulation.run(until: .ns(100))
        #expect(log.lines == ["100 at the end"])
        #expect(simulation.now == .ns(100))
    }

    @Test func withNothingLeftTheRunStopsAtItsLastEvent() throws {
        let simulation = Simulation(seed: 1)
        simulation.spawn { _ = await simulation.wait() }
        let late = simulation.schedule(at: .ns(50)) {}
        simulation.schedule(at: .ns(20)) { simulation.cancel(late) }
        try simulation.run(until: .ns(100))
        #expect(simulation.now == .ns(20))
    }

    @Test func theEndCancelsWhatIsLeftAndFreesIt() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        let unwound = Atomic(0)
        weak var seen: Flag?
        do {
            let kept = Flag()
            seen = kept
            simulation.spawn {
                while !Task.isCancelled { try? await simulation.sleep(forNanoseconds: 40) }
                log.note("not recorded")
                unwound.add(1, ordering: .relaxed)
                withExtendedLifetime(kept) {}
            }
            simulation.spawn {
                #expect(await simulation.wait() == .cancelled)
                unwound.add(1, ordering: .relaxed)
                withExtendedLifetime(kept) {}
            }
            simulation.spawn {
                async let child: Void = simulation.sleep(forNanoseconds: 1_000)
                let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
                for await _ in stream {}
                _ = try? await child
                unwound.add(1, ordering: .relaxed)
                withExtendedLifetime((kept, continuation)) {}
            }
            simulation.schedule(at: .ns(500)) { kept.isSet = true }
        }
        try simulation.run(until: .ns(100))
        #expect(unwound.load(ordering: .relaxed) == 3)
        #expect(log.lines == [])
        #expect(seen == nil)
    }

    @Test func nothingStartsAfterTheEnd() throws {
        let simulation = Simulation(seed: 1)
        let flag = Flag()
        try simulation.run(until: .ns(10))
        simulation.spawn { flag.isSet = true }
        #expect(simulation.schedule(after: 1) { flag.isSet = true } == .none)
        try simulation.run(until: .ns(20))
        #expect(!flag.isSet)
        #expect(simulation.now == .zero)
    }

    @Test func codeThatSwallowsCancellationCannotHoldTheEnd() throws {
        let simulation = Simulation(seed: 1)
        simulation.spawn {
            while true { try? await simulation.sleep(forNanoseconds: 10) }
        }
        simulation.spawn {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { while true { try? await simulation.sleep(forNanoseconds: 10) } }
            }
        }
        try simulation.run(until: .ns(1000))
        #expect(simulation.isFinished)
    }

    @Test func aRunThatNeverAdvancesMeetsItsLimit() {
        let simulation = Simulation(seed: 1, limits: .init(maxSteps: 10_000))
        simulation.spawn {
            while !Task.isCancelled { try? await simulation.sleep(forNanoseconds: 0) }
        }
        #expect(throws: SimulationError.tooManySteps(limit: 10_000, at: .zero)) {
            try simulation.run(until: .seconds(1))
        }
    }

    @Test func aTaskThatIsCancelledAndSleepsOnMeetsTheLimitToo() {
        let simulation = Simulation(seed: 1, limits: .init(maxSteps: 10_000))
        simulation.spawn {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !simulation.isFinished { try? await simulation.sleep(forNanoseconds: 10) }
                }
                group.cancelAll()
            }
        }
        #expect(throws: SimulationError.tooManySteps(limit: 10_000, at: .zero)) {
            try simulation.run(until: .seconds(1))
        }
    }

    @Test func tooManyPendingTimersStopTheRun() {
        let simulation = Simulation(seed: 1, limits: .init(maxPending: 100))
        simulation.spawn {
            for _ in 0..<200 { simulation.schedule(after: 5) {} }
            try? await simulation.sleep(forNanoseconds: 1)
        }
        let error = SimulationError.tooManyPending(limit: 100, at: .zero)
        #expect(throws: error) { try simulation.run(until: .seconds(1)) }
        #expect(error.description.contains("more than 100 timers"))
    }

    @Test func anotherThreadCanStopTheRun() throws {
        let cancellation = Cancellation()
        let simulation = Simulation(seed: 1, cancellation: cancellation)
        let started = Atomic(false)
        simulation.spawn {
            while !Task.isCancelled {
                try? await simulation.sleep(forNanoseconds: 1)
                started.store(true, ordering: .relaxed)
            }
        }
        let other = SideThread {
            while !started.load(ordering: .relaxed) { sched_yield() }
            cancellation.cancel()
        }
        let error = #expect(throws: SimulationError.self) { try simulation.run(until: .distantFuture) }
        other.join()
        guard case .cancelled = error else {
            Issue.record("stopped by \(String(describing: error))")
            return
        }
    }

    @Test func aStopEndsTheRunAfterThePresentStep() {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        simulation.schedule(at: .ns(5)) {
            simulation.stop(.stopped(at: simulation.now))
            log.note("this step")
        }
        simulation.schedule(at: .ns(6)) { log.note("the next") }
        #expect(throws: SimulationError.stopped(at: .ns(5))) { try simulation.run(until: .seconds(1)) }
        #expect(log.lines == ["5 this step"])
    }
}
