import Simulation
import Testing
import Trace

@Suite struct ConcurrencyTests {
    @Test func asyncLetAndTaskGroupsTakeTheLongestOfTheirParts() throws {
        let lines = try Simulation.lines { simulation, log in
            async let first = simulation.pause(30)
            async let second = simulation.pause(20)
            log.note("async let \(await first + second)")
            let order = await withTaskGroup(of: Int64.self) { group in
                for delay: Int64 in [3, 2, 1] { group.addTask { await simulation.pause(delay) } }
                return await group.reduce(into: [Int64]()) { $0.append($1) }
            }
            log.note("group \(order)")
        }
        #expect(lines == ["30 async let 50", "33 group [1, 2, 3]"])
    }

    @Test func aTimeoutCancelsTheWorkAtItsMoment() throws {
        let lines = try Simulation.lines { simulation, log in
            let inTime = await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        try await simulation.clock.sleep(for: .milliseconds(500))
                        return true
                    } catch {
                        log.note("work cancelled")
                        return false
                    }
                }
                group.addTask {
                    try? await simulation.clock.sleep(for: .milliseconds(200))
                    return false
                }
                defer { group.cancelAll() }
                return await group.next() ?? false
            }
            log.note("in time: \(inTime)")
        }
        #expect(lines == ["200000000 work cancelled", "200000000 in time: false"])
    }

    @Test func workAndTimeoutDueTogetherGoInTheOrderInWhichTheyBegan() throws {
        func winner(workFirst: Bool) throws -> [String] {
            try Simulation.lines { simulation, log in
                await withTaskGroup(of: String.self) { group in
                    for name in workFirst ? ["work", "timeout"] : ["timeout", "work"] {
                        group.addTask {
                            try? await simulation.sleep(forNanoseconds: 100)
                            return name
                        }
                    }
                    log.note(await group.next() ?? "")
                    group.cancelAll()
                }
            }
        }
        #expect(try winner(workFirst: true) == ["100 work"])
        #expect(try winner(workFirst: false) == ["100 timeout"])
    }

    @Test func anAsyncLetThatIsNotAwaitedIsCancelledAtTheEndOfItsScope() throws {
        let lines = try Simulation.lines { simulation, log in
            do {
                async let _: Void = {
                    do { try await simulation.sleep(forNanoseconds: 1000) } catch { log.note("cancelled") }
                }()
                try await simulation.sleep(forNanoseconds: 10)
            }
            log.note("left")
        }
        #expect(lines == ["10 cancelled", "10 left"])
    }

    @Test func cancellationReachesEveryLevelAtOnce() throws {
        let lines = try Simulation.lines { simulation, log in
            await withTaskGroup(of: Void.self) { outer in
                outer.addTask {
                    await withTaskGroup(of: Void.self) { inner in
                        for delay: Int64 in [50, 500] {
                            inner.addTask {
                                do {
                                    try await simulation.sleep(forNanoseconds: delay)
                                    log.note("slept \(delay)")
                                } catch { log.note("cancelled \(delay)") }
                            }
                        }
                    }
                    log.note("inner over")
                }
                try? await simulation.sleep(forNanoseconds: 100)
                outer.cancelAll()
            }
            log.note("outer over")
        }
        #expect(lines == ["50 slept 50", "100 cancelled 500", "100 inner over", "100 outer over"])
    }

    @Test func aTaskThatIsCancelledAlreadyDoesNotSleep() throws {
        let lines = try Simulation.lines { simulation, log in
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    let wakeup = await simulation.wait(until: .ns(100))
                    log.note("\(wakeup)")
                }
            }
        }
        #expect(lines == ["0 cancelled"])
    }

    @Test func actorsTakeTurnsInVirtualTime() throws {
        actor Account {
            private var balance: Int64 = 0

            func add(_ amount: Int64, _ simulation: Simulation) async -> Int64 {
                let before = balance
                try? await simulation.sleep(forNanoseconds: amount)
                balance = before + amount
                return balance
            }
        }
        let lines = try Simulation.lines { simulation, log in
            let account = Account()
            await withTaskGroup(of: Void.self) { group in
                for amount: Int64 in [30, 20, 10] {
                    group.addTask { log.note("balance \(await account.add(amount, simulation))") }
                }
            }
            log.note("then \(await account.add(5, simulation))")
        }
        // An actor is reentrant while it sleeps, so each saw a balance of 0.
        #expect(lines == ["10 balance 10", "20 balance 20", "30 balance 30", "35 then 35"])
    }

    @Test func streamsDeliverInOrder() throws {
        let lines = try Simulation.lines { simulation, log in
            let (stream, continuation) = AsyncStream.makeStream(of: Int64.self)
            async let producer: Void = {
                for number: Int64 in 1...3 {
                    _ = await simulation.pause(10 * number)
                    continuation.yield(number)
                }
                continuation.finish()
            }()
            for await number in stream { log.note("\(number)") }
            await producer
        }
        #expect(lines == ["10 1", "30 2", "60 3"])
    }

    @Test func aWaiterIsWokenOnceByWhoeverComesFirst() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        let names = Names()
        simulation.spawn {
            log.note("\(await simulation.wait { names.timers.append($0) })")
            log.note("\(await simulation.wait(until: .ns(20)) { names.timers.append($0) })")
            let woken = await simulation.wait {
                simulation.wake($0)
                #expect(!simulation.isPending($0))
            }
            log.note("\(woken)")
            log.note("\(await simulation.wait { simulation.cancel($0) })")
        }
        simulation.schedule(at: .ns(7)) {
            log.note("pending \(simulation.isPending(names.timers[0]))")
            simulation.wake(names.timers[0])
            simulation.wake(names.timers[0])
            log.note("pending \(simulation.isPending(names.timers[0]))")
        }
        simulation.schedule(at: .ns(30)) { simulation.wake(names.timers[1]) }
        try simulation.run(until: .seconds(1))
        let expected = [
            "7 pending true", "7 pending false", "7 woken", "20 timedOut", "20 woken", "20 cancelled",
        ]
        #expect(log.lines == expected)
    }

    /// A task that runs inside another's turn must not be taken for it: it can be cancelled, the other cannot.
    @Test func anImmediateTaskCanBeCancelledWhileItSleeps() throws {
        let lines = try Simulation.lines { simulation, log in
            await withTaskGroup(of: Void.self) { group in
                group.addImmediateTask {
                    log.note("starts")
                    do { try await simulation.sleep(forNanoseconds: 500) } catch { log.note("cancelled") }
                }
                log.note("goes on")
                try? await simulation.sleep(forNanoseconds: 40)
                group.cancelAll()
            }
        }
        #expect(lines == ["0 starts", "0 goes on", "40 cancelled"])
    }

    @Test func yieldingLetsTheOthersGoFirst() throws {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        for name in ["a", "b"] {
            simulation.spawn {
                for turn in 1...2 {
                    log.note("\(name)\(turn)")
                    await Task.yield()
                }
            }
        }
        try simulation.run(until: .seconds(1))
        #expect(log.lines == ["0 a1", "0 b1", "0 a2", "0 b2"])
    }
}

final class Names: @unchecked Sendable {
    var timers: [Timer] = []
}
