import Scenario
import Testing
import Trace

/// SEMANTICS 7.11: child deadline = min(own, remaining); checked before queueing and after dequeue; expired work is
/// dropped unexecuted.
@Suite struct DeadlineTests {
    @Test func expiredWorkIsDroppedWhenItsTurnComes() throws {
        let trace = try guardedCall(
            "{ deadline: 1500ms }", "latency: 1s, concurrency: 1", at: [0], count: 4, duration: "10s")
        #expect(trace.ends() == ["1000 ok", "1500 timedOut", "1500 timedOut", "1500 timedOut"])
        #expect(trace.times(.serviceStarted) == [0, 1000])
        #expect(trace.times(.callExpired) == [2000, 2000])
        #expect(trace.all(.callExpired).map(\.value) == [500_000_000, 500_000_000])
        #expect(trace.why(trace.all(.callExpired)[0]).prefix(2) == ["db callExpired", "db serviceFinished"])
    }

    @Test func withATimeoutInsteadTheBackendWorksForNobody() throws {
        let trace = try guardedCall(
            "{ timeout: 1500ms }", "latency: 1s, concurrency: 1", at: [0], count: 4, duration: "10s")
        #expect(trace.times(.serviceStarted) == [0, 1000, 2000, 3000])
    }

    @Test func whatArrivesTooLateIsNotServed() throws {
        let trace = try guardedCall("{ deadline: 500ms }", "latency: 1s", at: [0], hop: "500ms")
        #expect(
            trace.story(.callArrived, .callExpired, .requestFinished, .serviceStarted) == [
                "500 callArrived db run", "500 callExpired db run", "500 requestFinished web page timedOut",
            ])
    }

    @Test(arguments: [("1s", "3s", 1000, "outer"), ("3s", "1s", 1000, "inner"), ("2s", "2s", 2000, "outer")])
    func theSoonerOfOwnAndRemainingHolds(outer: String, inner: String, end: Int, who: String) throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { db: { latency: 10s } }
            policies: { outer: [ { deadline: \(outer) } ], inner: [ { deadline: \(inner) } ] }
            flows: { page: [ { guard: { with: outer, do: [ { call: { to: db.x, with: inner } } ] } } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.ends() == ["\(end) timedOut"])
        #expect(trace.story(.timeoutFired) == ["\(end) timeoutFired \(who).deadline deadline timedOut"])
    }
}
