import Scenario
import Testing
import Trace

@Suite struct BackendTests {
    /// A scenario with one backend and requests, one call each, at given times.
    func oneBackend(
        _ backend: String, at times: [Int], duration: String = "60s", interventions: [Intervention] = []
    ) throws -> Trace {
        try rehearse(
            """
            duration: \(duration)
            backends: { db: { \(backend) } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: [ \(times.map { "\($0)ms" }.joined(separator: ", ")) ] } }
            """, interventions: interventions)
    }

    func ends(_ trace: Trace) -> [String] {
        trace.all(.callFinished).map { "\(Int($0.time.milliseconds)) \($0.outcome)" }
    }

    @Test func slotsServeInOrderOfArrival() throws {
        let trace = try oneBackend("latency: 100ms, concurrency: 2", at: [0, 10, 20, 30, 40])
        #expect(ends(trace) == ["100 ok", "110 ok", "200 ok", "210 ok", "300 ok"])
        #expect(trace.all(.serviceStarted).map(\.request.rawValue) == [1, 2, 3, 4, 5])
        #expect(trace.all(.callArrived).map(\.value) == [0, 1, 2, 2, 2])
        #expect(trace.all(.serviceStarted).map(\.value) == [1, 2, 2, 2, 2])
        #expect(trace.all(.callQueued).map(\.value) == [1, 2, 3])
    }

    @Test func fullQueueRejects() throws {
        let trace = try oneBackend("latency: 100ms, concurrency: 1, queue: 2", at: [0, 1, 2, 3, 4])
        #expect(ends(trace) == ["3 rejected", "4 rejected", "100 ok", "200 ok", "300 ok"])
        #expect(trace.all(.callRejected).map(\.value) == [2, 2])
        #expect(trace.why(trace.all(.callRejected)[0]).prefix(2) == ["db callRejected", "db callArrived"])
    }

    @Test func withoutAQueueWhoFindsNoSlotIsRejected() throws {
        let trace = try oneBackend("latency: 100ms, concurrency: 1, queue: 0", at: [0, 50, 100])
        #expect(ends(trace) == ["50 rejected", "100 ok", "200 ok"])
    }

    @Test func operationsHaveTheirOwnLatencies() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              db: { latency: 100ms, operations: { quick: { latency: 5ms }, usual: } }
            flows: { page: [ { call: db.quick }, { call: db.usual } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.all(.serviceFinished).map(\.value) == [5_000_000, 100_000_000])
    }

    @Test func errorsAreServedAndFailTheRequest() throws {
        let trace = try rehearse(
            """
            duration: 1000s
            backends: { db: { latency: 1ms, errors: 20% } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, arrivals: { rate: 10/s } } }
            """)
        let calls = trace.all(.callFinished)
        let failed = calls.filter { $0.outcome == .failed }.count
        // Five standard deviations of 10,000 draws: 200.
        #expect(calls.count == 10_000 && abs(failed - 2000) < 200)
        #expect(trace.all(.requestFinished).filter { $0.outcome == .failed }.count == failed)
        #expect(trace.all(.serviceFinished).allSatisfy { $0.value == 1_000_000 })
    }

    // MARK: Fault windows

    @Test func downRefusesAtOnceWhatArrives() throws {
        let trace = try oneBackend(
            "latency: 100ms, faults: [ { from: 1s, to: 2s, down: true } ]", at: [950, 1000, 1500, 2000])
        #expect(ends(trace) == ["1000 refused", "1050 ok", "1500 refused", "2100 ok"])
        #expect(trace.why(trace.all(.callRejected)[0]) == ["db callRejected", "db faultStarted"])
        #expect(trace.story(.faultStarted, .faultEnded) == ["1000 faultStarted db down", "2000 faultEnded db down"])
    }

    @Test func injectedErrorsFailEveryCallThatStartsInTheirTime() throws {
        let trace = try oneBackend(
            "latency: 100ms, faults: [ { from: 1s, to: 2s, errors: 100% } ]", at: [950, 1000, 1950, 2000])
        #expect(ends(trace) == ["1050 ok", "1100 failed", "2050 failed", "2100 ok"])
        #expect(trace.why(trace.all(.serviceFinished)[1]) == ["db serviceFinished", "db faultStarted"])
        #expect(trace.all(.faultStarted)[0].value == 1_000_000)
    }

    @Test func factorsComeBeforeAdditions() throws {
        let trace = try oneBackend(
            """
            latency: 100ms, faults: [ { from: 1s, to: 3s, slow: 3x }, { from: 2s, to: 4s, added: 50ms } ]
            """, at: [0, 1000, 2000, 3000, 4000])
        #expect(trace.all(.serviceFinished).map { $0.value / 1_000_000 } == [100, 300, 350, 150, 100])
        #expect(trace.all(.faultStarted).map(\.value) == [3_000_000, 50_000_000])
        #expect(trace.why(trace.all(.serviceFinished)[1]) == ["db serviceFinished", "db faultStarted"])
    }

    @Test func hangHoldsAnswersAndSlotsUntilItEnds() throws {
        let trace = try oneBackend(
            "latency: 100ms, concurrency: 2, queue: 1, faults: [ { from: 50ms, to: 1s, hang: true } ]",
            at: [0, 60, 70, 80, 950])
        // The first began before; the third waits for a slot; the fourth and fifth find the queue full.
        #expect(ends(trace) == ["80 rejected", "950 rejected", "1000 ok", "1000 ok", "1100 ok"])
        #expect(
            trace.why(trace.all(.serviceFinished)[0]).prefix(3) == [
                "db serviceFinished", "db faultEnded", "db faultStarted",
            ])
        #expect(trace.why(trace.all(.serviceStarted)[2]).prefix(2) == ["db serviceStarted", "db faultEnded"])
    }

    @Test func callThatWouldEndAfterTheHangIsNotDelayed() throws {
        let trace = try oneBackend(
            "latency: 100ms, faults: [ { from: 50ms, to: 90ms, hang: true } ]", at: [0])
        #expect(ends(trace) == ["100 ok"])
    }

    // MARK: Kill and restore

    @Test func killLosesWhatIsInTheBackendAndRefusesUntilRestored() throws {
        let trace = try oneBackend(
            "latency: 100ms, concurrency: 1, queue: 5", at: [0, 10, 20, 200, 300],
            interventions: [at(50, .kill(backend: "db")), at(300, .restore(backend: "db"))])
        #expect(ends(trace) == ["50 failed", "50 refused", "50 refused", "200 refused", "400 ok"])
        #expect(trace.story(.faultStarted, .faultEnded) == ["50 faultStarted db kill", "300 faultEnded db kill"])
        for request in 1...4 {
            let finished = trace.all(.requestFinished).first { $0.request.rawValue == request }
            #expect(trace.why(finished).last == "db faultStarted")
        }
    }

    @Test func killLosesHeldAnswersToo() throws {
        let trace = try oneBackend(
            "latency: 10ms, faults: [ { from: 0s, to: 1s, hang: true } ]", at: [0, 5],
            interventions: [at(500, .kill(backend: "db"))])
        #expect(ends(trace) == ["500 failed", "500 failed"])
        #expect(trace.all(.serviceFinished).count == 2)
    }

    @Test func restoreEndsInjectionsButNotTheScenariosWindows() throws {
        let trace = try oneBackend(
            "latency: 100ms, faults: [ { from: 0s, to: 10s, slow: 2x } ]", at: [0, 1000, 3000],
            interventions: [
                at(500, .inject(.slow(factor: 3), backend: "db", duration: nil)),
                at(2000, .restore(backend: "db")),
            ])
        #expect(trace.all(.serviceFinished).map { $0.value / 1_000_000 } == [200, 600, 200])
    }

    @Test func injectionEndsAfterItsDuration() throws {
        let trace = try oneBackend(
            "latency: 100ms", at: [0, 1000, 1999, 2000],
            interventions: [
                at(1000, .inject(.addedLatency(.fixed(.milliseconds(7))), backend: "db", duration: .seconds(1)))
            ])
        #expect(trace.all(.serviceFinished).map { $0.value / 1_000_000 } == [100, 107, 100, 107])
    }

    /// A request that fails at once and fans out again must not overtake those who wait.
    @Test func nobodyOvertakesTheQueueAtTheMomentASlotIsFreed() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 100ms, concurrency: 1 } }
            flows:
              page: [ { forEach: { in: [a, b], as: item, do: [ { call: db.run } ], limit: 1 } } ]
            clients: { web: { flow: page, at: [0s, 50ms] } }
            """)
        #expect(trace.all(.serviceStarted).map(\.request.rawValue) == [1, 2, 1, 2])
    }
}
