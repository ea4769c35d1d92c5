import Testing
import Trace

/// The chains that answer "why?".
@Suite struct CauseTests {
    @Test func queuedCallIsServedBecauseAnotherWasDone() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 100ms, concurrency: 1 } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: [0s, 50ms] } }
            """)
        #expect(
            trace.why(trace.events.last) == [
                "web requestFinished", "db callFinished", "db serviceFinished", "db serviceStarted",
                "db serviceFinished",
                "db serviceStarted", "db callArrived", "db callSent", "web requestStarted",
            ])
    }

    @Test func nextCallIsSentBecauseOfTheAnswerBefore() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 100ms }, api: { latency: 200ms } }
            flows: { page: [ { parallel: [ { call: db.run }, { call: api.run } ] }, { wait: 1s }, { call: db.run } ] }
            clients: { web: { flow: page, users: 1, think: 1s } }
            """)
        let second = trace.all(.requestStarted)[1]
        #expect(
            trace.why(second).prefix(9) == [
                "web requestStarted", "web requestFinished", "db callFinished", "db serviceFinished",
                "db serviceStarted",
                "db callArrived", "db callSent", "web waitFinished", "web waitStarted",
            ])
        // The block ended with its slower branch.
        #expect(trace.why(trace.all(.stepFinished)[0]).prefix(2) == ["web stepFinished", "api callFinished"])
        #expect(trace.why(trace.all(.waitStarted)[0]).prefix(2) == ["web waitStarted", "web stepFinished"])
    }

    @Test func laterRoundOfALimitedFanOutIsCausedByTheOneThatMadeRoom() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 100ms } }
            flows: { page: [ { forEach: { in: [a, b], as: x, do: [ { call: db.run } ], limit: 1 } } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.why(trace.all(.callSent)[1]).prefix(2) == ["db callSent", "db callFinished"])
        #expect(trace.why(trace.all(.callSent)[0]).prefix(2) == ["db callSent", "web stepStarted"])
    }

    @Test func spansNestAsTheFlowIsWritten() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 100ms } }
            flows:
              page:
                - sequence: [ { parallel: [ { call: db.a }, { call: db.b } ] }, { call: db.c } ]
                - call: db.d
            clients: { web: { flow: page, at: 0s } }
            """)
        func depth(_ event: Event) -> Int {
            let parent = trace.events.first { $0.kind.opensSpan && $0.span == event.parent }
            return parent.map { depth($0) + 1 } ?? 0
        }
        #expect(
            trace.events.filter { $0.kind.opensSpan }.map { "\(depth($0)) \(trace.name($0.detail))" } == [
                "0 page", "1 sequence", "2 parallel", "3 a", "3 b", "2 c", "1 d",
            ])
    }
}
