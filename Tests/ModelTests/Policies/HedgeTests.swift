import Scenario
import Testing
import Trace

@Suite struct HedgeTests {
    /// The first call is slow, its copy is not.
    static let slowFirst = "latency: 100ms, faults: [ { from: 0s, to: 50ms, added: 5s } ]"

    @Test func theFirstAnswerWinsAndCancelsTheOthers() throws {
        let trace = try guardedCall("{ hedge: 1s }", Self.slowFirst, at: [0])
        #expect(
            trace.story(.copyStarted, .callFinished, .callAbandoned, .copyFinished, .guardFinished) == [
                "0 copyStarted guarded.hedge", "1000 copyStarted guarded.hedge", "1100 callFinished db run ok",
                "1100 copyFinished guarded.hedge ok",
                "1100 callAbandoned db run cancelled", "1100 copyFinished guarded.hedge cancelled",
                "1100 guardFinished guarded ok",
            ])
        // The copy that was overtaken goes on at the backend.
        #expect(trace.times(.serviceFinished) == [1100, 5100])
        #expect(trace.all(.copyStarted).map(\.value) == [0, 1])
        let finished = trace.all(.guardFinished)[0]
        #expect(
            trace.why(finished).prefix(3) == [
                "guarded guardFinished", "guarded.hedge copyFinished", "db callFinished",
            ])
        #expect(trace[finished.cause]?.outcome == .ok)
    }

    @Test func aQuickAnswerNeedsNoCopy() throws {
        let trace = try guardedCall("{ hedge: 1s }", "latency: 100ms", at: [0])
        #expect(trace.all(.copyStarted).count == 1 && trace.ends() == ["100 ok"])
    }

    /// gRPC A6: a failure that is not the last word sends the next copy at once.
    @Test func aFailureSendsTheNextCopyAtOnce() throws {
        let trace = try guardedCall(
            "{ hedge: { after: 1s, copies: 2 } }", "latency: 100ms, errors: 100%", at: [0])
        #expect(trace.times(.callSent) == [0, 100, 200] && trace.ends() == ["300 failed"])
        let wrong = try guardedCall(
            "{ hedge: { after: 1s, copies: 2 } }", "latency: 100ms, errors: 100%, answer: 404", at: [0])
        #expect(wrong.times(.callSent) == [0])
    }

    @Test func aTimeoutOutsideEndsAllCopies() throws {
        let trace = try guardedCall("{ timeout: 3s }, { hedge: { after: 1s, copies: 5 } }", "latency: 60s", at: [0])
        #expect(trace.times(.callSent) == [0, 1000, 2000])
        #expect(trace.ends(.copyFinished) == ["3000 timedOut", "3000 timedOut", "3000 timedOut"])
        #expect(trace.ends() == ["3000 timedOut"])
    }

    @Test func aTimeoutInsideIsOfEachCopy() throws {
        let trace = try guardedCall(
            "{ hedge: { after: 1s, copies: 1 } }, { timeout: 1500ms }", "latency: 60s", at: [0])
        #expect(trace.ends(.copyFinished) == ["1500 timedOut", "2500 timedOut"] && trace.ends() == ["2500 timedOut"])
    }

    @Test func whatMustNotBeDoneTwiceHasNoCopies() throws {
        func calls(_ operation: String) throws -> Int {
            try rehearse(
                """
                duration: 60s
                backends: { db: { latency: 3s, operations: { run: { \(operation) } } } }
                policies: { guarded: [ { hedge: 1s } ] }
                flows: { page: [ { call: { to: db.run, with: guarded } } ] }
                clients: { web: { flow: page, at: 0s } }
                """
            ).all(.callSent).count
        }
        #expect(try calls("idempotent: false") == 1 && calls("idempotent: true") == 2)
    }

    @Test func copiesDrawApartAndTheFirstAsWithoutThem() throws {
        func services(_ call: String) throws -> [RequestID: [Int64]] {
            let trace = try rehearse(
                """
                duration: 60s
                backends: { db: { latency: { exponential: 100ms } } }
                policies: { guarded: [ { hedge: 0s } ] }
                flows: { page: [ { call: \(call) } ] }
                clients: { web: { flow: page, arrivals: { poisson: 5/s } } }
                """)
            var times: [RequestID: [Int64]] = [:]
            for event in trace.all(.serviceFinished) { times[event.request, default: []].append(event.value) }
            return times
        }
        let plain = try services("db.run")
        let hedged = try services("{ to: db.run, with: guarded }")
        let both = hedged.filter { $0.value.count == 2 }
        #expect(both.count > 200 && both.allSatisfy { $0.value[0] != $0.value[1] })
        #expect(both.allSatisfy { request, times in plain[request].map { times.contains($0[0]) } ?? true })
    }

    @Test func theAnswerOfTheWinnerIsTheStepsAnswer() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { db: { \(Self.slowFirst), operations: { run: { returns: { list: x, count: 3 } } } } }
            policies: { guarded: [ { hedge: 1s } ] }
            flows:
              page: [ { call: { to: db.run, with: guarded, as: items } }, { merge: { how: concat, of: [ $items ] } } ]
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.all(.merged).map(\.value) == [3])
    }
}
