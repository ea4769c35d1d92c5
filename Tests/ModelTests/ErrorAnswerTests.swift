import Model
import Scenario
import Testing
import Trace

/// The ways in which a backend says no.
@Suite struct ErrorAnswerTests {
    func oneBackend(
        _ backend: String, at times: [Int], _ fault: Fault, from: Int = 0, lasting: Int? = nil
    ) throws -> Trace {
        try rehearse(
            """
            duration: 60s
            backends: { db: { \(backend) } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: [ \(times.map { "\($0)ms" }.joined(separator: ", ")) ] } }
            """,
            interventions: [at(from, .inject(fault, backend: "db", duration: lasting.map { .milliseconds($0) }))])
    }

    func ends(_ trace: Trace) -> [String] {
        trace.all(.callFinished).map { "\(Int($0.time.milliseconds)) \($0.outcome)" }
    }

    @Test(
        arguments: [
            (ErrorAnswer.failed, "110 failed"), (.reset, "110 reset"), (.status(500), "110 failed"),
            (.status(400), "110 badRequest"), (.status(401), "110 unauthorized"), (.status(403), "110 forbidden"),
            (.status(404), "110 notFound"), (.status(409), "110 conflict"),
        ])
    func errorsAreAnsweredAfterTheServiceTime(answer: ErrorAnswer, end: String) throws {
        let trace = try oneBackend("latency: 100ms, concurrency: 1", at: [10], .errors(1, answer))
        #expect(ends(trace) == [end])
        #expect(trace.all(.serviceFinished).map(\.outcome) == trace.all(.callFinished).map(\.outcome))
        // For a request an error is an error, as it always was.
        #expect(trace.all(.requestFinished).map(\.outcome) == [.failed])
        #expect(trace.why(trace.all(.serviceFinished)[0]) == ["db serviceFinished", "db faultStarted"])
    }

    @Test(arguments: [(429, Outcome.throttled), (503, .unavailable)])
    func refusalsToWorkAreAnsweredAtOnceWithoutASlot(status: Int, outcome: Outcome) throws {
        let trace = try oneBackend(
            "latency: 100ms, concurrency: 1, queue: 1", at: [0, 10, 20, 200], .errors(1, .status(status)), from: 5,
            lasting: 100)
        #expect(ends(trace) == ["10 \(outcome)", "20 \(outcome)", "100 ok", "300 ok"])
        #expect(trace.all(.callRejected).map(\.outcome) == [outcome, outcome])
        #expect(trace.why(trace.all(.callRejected)[0]) == ["db callRejected", "db faultStarted"])
    }

    /// One draw decides about all errors, so a call that meets no refusal may still meet another error.
    @Test func refusalsAndErrorsShareTheLuckOfACall() throws {
        func trace(_ interventions: [Intervention]) throws -> Trace {
            try rehearse(
                """
                duration: 1000s
                backends: { db: { latency: 1ms } }
                flows: { page: [ { call: db.run } ] }
                clients: { web: { flow: page, arrivals: { rate: 10/s } } }
                """, interventions: interventions)
        }
        let refusals = at(0, .inject(.errors(0.2, .status(503)), backend: "db", duration: nil))
        let errors = at(0, .inject(.errors(0.5, .reset), backend: "db", duration: nil))
        func requests(_ trace: Trace, _ outcome: Outcome) -> Set<RequestID> {
            Set(trace.all(.callFinished).filter { $0.outcome == outcome }.map(\.request))
        }
        let few = try trace([refusals])
        let both = try trace([refusals, errors])
        #expect(requests(few, .unavailable) == requests(both, .unavailable))
        // Five standard deviations: 200 of 10,000 draws at 20 %, 245 at 40 %.
        #expect(abs(requests(both, .unavailable).count - 2000) < 200 && abs(requests(both, .reset).count - 4000) < 245)
    }

    @Test func blackholeSwallowsWhatWouldArriveInItsTime() throws {
        let trace = try rehearse(
            """
            duration: 60s
            network: { hop: 10ms }
            backends: { db: { latency: 100ms } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: [980ms, 990ms, 1985ms, 1990ms] } }
            """, interventions: [at(1000, .inject(.blackhole, backend: "db", duration: .seconds(1)))])
        #expect(trace.all(.callSent).count == 4)
        // Arrivals at 990 ms, 1000 ms (lost), 1995 ms (lost) and 2000 ms.
        #expect(trace.all(.callArrived).map { $0.time.milliseconds } == [990, 2000])
        #expect(trace.all(.requestFinished).map(\.request.rawValue) == [1, 4])
    }
}
