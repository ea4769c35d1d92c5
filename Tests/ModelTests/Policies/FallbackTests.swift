import Scenario
import Testing
import Trace

@Suite struct FallbackTests {
    /// A shop page of three parts, of which `behaviour` may be missing.
    func page(_ behaviour: String, policies: String = "", at times: String = "0s") throws -> Trace {
        try rehearse(
            """
            duration: 60s
            backends:
              sql: { latency: 100ms, operations: { orders: { returns: { list: order, count: 4 } } } }
              cosmos:
                latency: 100ms
                operations: { behaviour: { returns: { list: segment, count: 2 } } }
                faults: [ { from: 10s, to: 50s, errors: 100%, answer: 503 } ]
              backup: { latency: 300ms, operations: { behaviour: { returns: { list: old, count: 5 } } } }
            policies: { unused: [ { timeout: 1s } ]\(policies) }
            flows:
              page:
                - parallel: [ { call: sql.orders }, \(behaviour) ]
                - merge: concat
            clients: { web: { flow: page, at: [ \(times) ] } }
            """)
    }

    static let call = "do: [ { call: cosmos.behaviour } ]"

    @Test func theRealAnswerIsUsedWhenThereIsOne() throws {
        let trace = try page("{ fallback: { \(Self.call), value: [ none ] } }")
        #expect(trace.all(.merged).map(\.value) == [6] && trace.all(.fallbackUsed).isEmpty)
    }

    @Test func aValueStandsInForTheAnswer() throws {
        let trace = try page("{ fallback: { \(Self.call), value: [ none ] } }", at: "20s")
        #expect(trace.ends() == ["20100 ok"] && trace.all(.merged).map(\.value) == [5])
        #expect(trace.story(.fallbackUsed) == ["20000 fallbackUsed web default unavailable"])
        #expect(
            trace.why(trace.all(.fallbackUsed)[0]).prefix(3) == [
                "web fallbackUsed", "cosmos callFinished", "cosmos callRejected",
            ])
    }

    @Test func anOmittedAnswerIsLeftOutOfMerges() throws {
        let trace = try page("{ fallback: { \(Self.call), omit: true } }", at: "20s")
        #expect(trace.ends() == ["20100 ok"] && trace.all(.merged).map(\.value) == [4])
        #expect(trace.all(.fallbackUsed).map { trace.name($0.detail) } == ["partial"])
    }

    @Test func aStaleAnswerSaysHowOldItIs() throws {
        let trace = try page("{ fallback: { \(Self.call), stale: any } }", at: "0s, 3s, 20s")
        #expect(trace.all(.merged).map(\.value) == [6, 6, 6])
        #expect(trace.times(.fallbackKept) == [100, 3100])
        let used = trace.all(.fallbackUsed)
        #expect(used.map { trace.name($0.detail) } == ["stale"] && used[0].value == 16_900_000_000)
    }

    @Test func aStaleAnswerThatIsTooOldOrMissingIsNone() throws {
        let old = try page("{ fallback: { \(Self.call), stale: 16s } }", at: "0s, 20s")
        #expect(old.ends() == ["100 ok", "20000 failed"])
        #expect(try page("{ fallback: { \(Self.call), stale: any } }", at: "20s").ends() == ["20000 failed"])
    }

    @Test func anotherSourceAnswers() throws {
        let trace = try page("{ fallback: { \(Self.call), or: [ { call: backup.behaviour } ] } }", at: "20s")
        #expect(trace.ends() == ["20300 ok"] && trace.all(.merged).map(\.value) == [9])
        #expect(trace.story(.fallbackUsed) == ["20000 fallbackUsed web source unavailable"])
        #expect(trace.why(trace.all(.callSent, "backup")[0]).prefix(2) == ["backup callSent", "web fallbackUsed"])
    }

    @Test func theSavedNameHoldsWhicheverAnswerItIs() throws {
        for (time, count) in [("0s", 2), ("20s", 1)] {
            let trace = try rehearse(
                """
                duration: 60s
                backends:
                  cosmos:
                    latency: 100ms
                    operations: { behaviour: { returns: { list: segment, count: 2 } } }
                    faults: [ { from: 10s, to: 50s, down: true } ]
                flows:
                  page:
                    - fallback: { do: [ { call: cosmos.behaviour } ], value: [ none ], as: behaviour }
                    - merge: { how: concat, of: [ $behaviour ] }
                clients: { web: { flow: page, at: \(time) } }
                """)
            #expect(trace.all(.merged).map(\.value) == [Int64(count)])
        }
    }

    // MARK: As a layer

    @Test func aLayerAnswersForWhatItGuards() throws {
        let policies = ", guarded: [ { fallback: { value: [ none ] } }, { retry: { attempts: 2, backoff: none } } ]"
        let trace = try page("{ call: { to: cosmos.behaviour, with: guarded } }", policies: policies, at: "20s")
        #expect(trace.ends() == ["20100 ok"] && trace.all(.merged).map(\.value) == [5])
        #expect(trace.story(.fallbackUsed) == ["20000 fallbackUsed guarded.fallback default unavailable"])
        #expect(
            trace.why(trace.all(.guardFinished)[0]).prefix(3) == [
                "guarded guardFinished", "guarded.fallback fallbackUsed", "guarded.retry retryGivenUp",
            ])
        #expect(trace.all(.guardFinished).map(\.outcome) == [.ok])
    }

    /// Two calls with one policy: neither is answered with what the other one got.
    @Test func aLayerKeepsTheAnswersOfEachCallApart() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends:
              a: { latency: 100ms, operations: { x: { returns: { list: x, count: 3 } } } }
              b: { latency: 100ms, operations: { y: { returns: { list: y, count: 5 } } } }
            policies: { guarded: [ { fallback: { stale: any } } ] }
            flows:
              page: [ { call: { to: a.x, with: guarded } }, { call: { to: b.y, with: guarded } }, { merge: concat } ]
            clients: { web: { flow: page, at: [0s, 10s] } }
            """, interventions: [at(5000, .kill(backend: "a")), at(5000, .kill(backend: "b"))])
        #expect(trace.all(.merged).map(\.value) == [8, 8] && trace.all(.fallbackUsed).count == 2)
    }

    @Test func whatIsStoppedFromFurtherOutHasNoFallback() throws {
        let trace = try guardedCall("{ timeout: 1s }, { fallback: { value: 1 } }", "latency: 5s", at: [0])
        #expect(trace.ends() == ["1000 timedOut"] && trace.all(.fallbackUsed).isEmpty)
        let inside = try guardedCall("{ fallback: { value: 1 } }, { timeout: 1s }", "latency: 5s", at: [0])
        #expect(inside.ends() == ["1000 ok"])
        #expect(inside.story(.fallbackUsed) == ["1000 fallbackUsed guarded.fallback default timedOut"])
    }
}
