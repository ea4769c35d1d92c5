import Scenario
import Testing
import Trace

@Suite struct BulkheadTests {
    func run(
        _ bulkhead: String, _ backend: String = "latency: 10s", at times: [Int] = [0], count: Int = 1,
        before: String = "", interventions: [Intervention] = []
    ) throws -> Trace {
        try guardedCall(
            "\(before){ bulkhead: \(bulkhead) }", backend, at: times, count: count, interventions: interventions)
    }

    /// 20 at once and 40 in the queue: of 100 calls at once 40 are turned away, and the rest goes in three waves.
    @Test func twentyInsideFortyWaitingTheOthersRejected() throws {
        let trace = try run("{ concurrent: 20, queue: 40 }", count: 100)
        #expect(trace.all(.bulkheadRejected).map(\.request.rawValue) == Array(61...100))
        #expect(trace.all(.bulkheadRejected).allSatisfy { $0.time.nanoseconds == 0 && $0.value == 40 })
        #expect(trace.all(.bulkheadQueued).map(\.value) == Array(1...40))
        let ends = trace.all(.requestFinished)
        #expect(ends.filter { $0.outcome == .shed }.count == 40)
        for wave in 1...3 { #expect(ends.filter { $0.time.seconds == Double(wave * 10) }.count == 20) }
        #expect(trace.all(.bulkheadEntered).map(\.value).max() == 20)
        #expect(trace.all(.bulkheadEntered).map(\.request.rawValue) == Array(1...60))
    }

    @Test func whoWaitedIsLetInByWhoLeft() throws {
        let trace = try run("{ concurrent: 1, queue: 1 }", "latency: 1s", count: 2)
        #expect(
            trace.story(.bulkheadEntered, .bulkheadQueued, .bulkheadLeft, .guardFinished) == [
                "0 bulkheadEntered guarded.bulkhead", "0 bulkheadQueued guarded.bulkhead",
                "1000 bulkheadLeft guarded.bulkhead", "1000 bulkheadEntered guarded.bulkhead",
                "1000 guardFinished guarded ok", "2000 bulkheadLeft guarded.bulkhead", "2000 guardFinished guarded ok",
            ])
        #expect(trace.all(.bulkheadLeft).map(\.value) == [0, 0])
        #expect(
            trace.why(trace.all(.callSent)[1]).prefix(4) == [
                "db callSent", "guarded.bulkhead bulkheadEntered", "guarded.bulkhead bulkheadLeft", "db callFinished",
            ])
    }

    @Test func theOldestMakesRoomForTheNewest() throws {
        let trace = try run(
            "{ concurrent: 1, queue: 2, full: shedOldest }", "latency: 1s", at: [0, 100, 200, 300, 400])
        #expect(
            trace.story(.bulkheadShed) == [
                "300 bulkheadShed guarded.bulkhead oldest shed", "400 bulkheadShed guarded.bulkhead oldest shed",
            ])
        #expect(trace.all(.bulkheadShed).map(\.request.rawValue) == [2, 3])
        #expect(trace.all(.bulkheadEntered).map(\.request.rawValue) == [1, 4, 5])
    }

    @Test func whoMayWaitWaits() throws {
        let trace = try run("{ concurrent: 2, full: wait }", "latency: 1s", count: 10)
        #expect(trace.ends().last == "5000 ok" && trace.all(.bulkheadRejected).isEmpty)
        #expect(trace.all(.layerConfigured).map(\.value) == [2, -1])
    }

    @Test func nobodyWaitsLongerThanTheyMay() throws {
        let trace = try run("{ concurrent: 1, queue: 9, maxWait: 1500ms }", "latency: 1s", count: 4)
        #expect(trace.ends() == ["1000 ok", "1500 shed", "1500 shed", "2000 ok"])
        #expect(trace.all(.bulkheadShed).map { trace.name($0.detail) } == ["waited", "waited"])
    }

    @Test func newestFirstWhereItSaysSo() throws {
        let trace = try run("{ concurrent: 1, queue: 9, order: lifo }", "latency: 1s", at: [0, 100, 200, 300])
        #expect(trace.all(.bulkheadEntered).map(\.request.rawValue) == [1, 4, 3, 2])
    }

    @Test func whoGivesUpLeavesTheQueue() throws {
        let trace = try run(
            "{ concurrent: 1, queue: 1 }", "latency: 10s", at: [0, 1000, 3500], before: "{ timeout: 2s }, ")
        // The first leaves at 2 s with its time-out, the second is let in then, and leaves the bulkhead at 3 s.
        #expect(
            trace.story(.bulkheadEntered, .bulkheadQueued, .bulkheadLeft) == [
                "0 bulkheadEntered guarded.bulkhead", "1000 bulkheadQueued guarded.bulkhead",
                "2000 bulkheadLeft guarded.bulkhead", "2000 bulkheadEntered guarded.bulkhead",
                "3000 bulkheadLeft guarded.bulkhead", "3500 bulkheadEntered guarded.bulkhead",
                "5500 bulkheadLeft guarded.bulkhead",
            ])
    }

    @Test func aPlaceInTheQueueIsFreeAgainAfterItsCallerGaveUp() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { db: { latency: 10s } }
            policies: { patient: [ { bulkhead: { concurrent: 1, queue: 1 } } ], hasty: [ { timeout: 1s } ] }
            flows:
              slow: [ { call: { to: db.run, with: patient } } ]
              quick: [ { guard: { with: hasty, do: [ { call: { to: db.run, with: patient } } ] } } ]
            clients:
              first: { flow: slow, at: 0s }
              second: { flow: quick, at: 1s }
              third: { flow: slow, at: [1500ms, 2500ms] }
            """)
        #expect(trace.ends() == ["1500 shed", "2000 timedOut", "10000 ok", "20000 ok"])
        #expect(trace.all(.bulkheadQueued).map(\.value) == [1, 1])
    }

    @Test func deadlinesEndTheWait() throws {
        let trace = try run(
            "{ concurrent: 1, queue: 5 }", "latency: 3s", count: 2, before: "{ deadline: 2s }, ")
        #expect(trace.ends() == ["2000 timedOut", "2000 timedOut"])
        #expect(trace.all(.callSent).count == 1)
        #expect(trace.all(.bulkheadShed).map { trace.name($0.detail) } == ["deadline"])
    }

    @Test func moreRoomLetsThemIn() throws {
        let trace = try run(
            "{ concurrent: 1, queue: 9 }", "latency: 10s", count: 5,
            interventions: [at(4000, .set(path: "policies.guarded.bulkhead.concurrent", value: "3"))])
        #expect(trace.times(.bulkheadEntered) == [0, 4000, 4000, 10_000, 14_000])
        #expect(trace.why(trace.all(.bulkheadEntered)[1])[1] == " parameterSet")
    }

    @Test func everyoneWhoUsesThePolicySharesItsRoom() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { a: { latency: 1s }, b: { latency: 1s } }
            policies: { guarded: [ { bulkhead: { concurrent: 1, queue: 9 } } ] }
            flows:
              page: [ { parallel: [ { call: { to: a.x, with: guarded } }, { call: { to: b.x, with: guarded } } ] } ]
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.ends() == ["2000 ok"])
    }

    /// The limit finds what the backend can do: a queue there makes calls longer.
    @Test(arguments: ["aimd", "vegas", "gradient"])
    func anAdaptiveLimitMoves(algorithm: String) throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { db: { latency: 100ms, concurrency: 30 } }
            policies:
              guarded: [ { bulkhead: { adaptive: { \(algorithm): { initial: 20, min: 1, max: 200 } }, queue: 50 } } ]
            flows: { page: [ { call: { to: db.run, with: guarded } } ] }
            clients: { web: { flow: page, users: 60, think: 10ms } }
            """)
        let limits = trace.all(.limitChanged)
        #expect(limits.count > 5 && limits.allSatisfy { $0.value >= 1 && $0.value <= 200 })
        #expect(trace.why(limits[0])[1] == "guarded.bulkhead bulkheadLeft")
        var limit: Int64 = 20
        for event in trace.events {
            if event.kind == .limitChanged { limit = event.value }
            if event.kind == .bulkheadEntered { #expect(event.value <= limit) }
        }
    }
}
