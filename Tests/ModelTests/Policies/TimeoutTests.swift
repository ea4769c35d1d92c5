import Scenario
import Testing
import Trace

@Suite struct TimeoutTests {
    @Test func callerGoesOnAndTheBackendDoesNotKnow() throws {
        let trace = try guardedCall("{ timeout: 2s }", "latency: 3s", at: [0])
        #expect(trace.ends() == ["2000 timedOut"])
        #expect(
            trace.story(.timeoutFired, .callAbandoned, .guardFinished, .serviceFinished, .callFinished) == [
                "2000 timeoutFired guarded.timeout total timedOut", "2000 callAbandoned db run timedOut",
                "2000 guardFinished guarded timedOut", "3000 serviceFinished db run ok",
            ])
        #expect(
            trace.why(trace.all(.requestFinished)[0]) == [
                "web requestFinished", "guarded guardFinished", "guarded.timeout timeoutFired", "guarded guardStarted",
                "web requestStarted",
            ])
        #expect(trace.why(trace.all(.callAbandoned)[0])[1] == "guarded.timeout timeoutFired")
        #expect(trace.all(.timeoutFired).map(\.value) == [2_000_000_000])
    }

    @Test func answerInTimeLeavesNoTrace() throws {
        let trace = try guardedCall("{ timeout: 2s }", "latency: 1999ms", at: [0])
        #expect(trace.ends() == ["1999 ok"] && trace.all(.timeoutFired).isEmpty)
    }

    @Test func answerAtTheVeryInstantIsTooLate() throws {
        let trace = try guardedCall("{ timeout: 2s }", "latency: 2s", at: [0])
        #expect(trace.ends() == ["2000 timedOut"])
        #expect(try guardedCall("{ timeout: { read: 2s } }", "latency: 2s", at: [0]).ends() == ["2000 timedOut"])
        let connecting = try guardedCall("{ timeout: { connect: 2s } }", "latency: 1s", at: [0], hop: "2s")
        #expect(connecting.ends() == ["2000 timedOut"])
    }

    /// The fault's end was scheduled before the run, so the answer that it frees comes first.
    @Test func answerThatWasScheduledBeforeTheTimeoutGoesFirst() throws {
        let hang = "latency: 1s, faults: [ { from: 0s, to: 2s, hang: true } ]"
        #expect(try guardedCall("{ timeout: 2s }", hang, at: [0]).ends() == ["2000 ok"])
    }

    @Test func connectLastsUntilTheCallArrivesAndReadFromThenOn() throws {
        let layers = "{ timeout: { connect: 500ms, read: 1s } }"
        func story(hop: String, _ backend: String) throws -> [String] {
            try guardedCall(layers, backend, at: [0], hop: hop).story(.timeoutFired, .callArrived, .requestFinished)
        }
        #expect(
            try story(hop: "600ms", "latency: 1ms") == [
                "500 timeoutFired guarded.timeout connect timedOut", "500 requestFinished web page timedOut",
                "600 callArrived db run",
            ])
        #expect(
            try story(hop: "400ms", "latency: 1s") == [
                "400 callArrived db run", "1400 timeoutFired guarded.timeout read timedOut",
                "1400 requestFinished web page timedOut",
            ])
        #expect(
            try story(hop: "400ms", "latency: 500ms") == [
                "400 callArrived db run", "1300 requestFinished web page ok",
            ])
    }

    @Test func onlyAConnectTimeoutNoticesThatCallsDoNotArrive() throws {
        let lost = "latency: 1s, faults: [ { from: 0s, to: 100s, blackhole: true } ]"
        #expect(try guardedCall("{ timeout: { connect: 500ms } }", lost, at: [0]).ends() == ["500 timedOut"])
        #expect(try guardedCall("{ timeout: { read: 500ms } }", lost, at: [0]).ends() == [])
        let both = try guardedCall("{ timeout: { read: 500ms } }, { timeout: 3s }", lost, at: [0])
        #expect(both.ends() == ["3000 timedOut"])
    }

    /// One time-out of each call, in a block whose calls need no tasks: the first that is late ends the block.
    @Test func callsOfABlockHaveTheirTimeoutsEach() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { a: { latency: 300ms }, b: { latency: 800ms }, c: { latency: 900ms } }
            policies: { guarded: [ { timeout: { read: 500ms } } ] }
            flows:
              page:
                - guard: { with: guarded, do: [ { call: a.x }, { parallel: [ call: a.x, call: b.x, call: c.x ] } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(
            trace.story(.callFinished, .timeoutFired, .callAbandoned, .requestFinished) == [
                "300 callFinished a x ok", "600 callFinished a x ok", "800 timeoutFired guarded.timeout read timedOut",
                "800 callAbandoned b x timedOut", "800 callAbandoned c x cancelled",
                "800 requestFinished web page timedOut",
            ])
        #expect(trace.times(.serviceFinished) == [300, 600, 1100, 1200])
    }

    @Test func totalHoldsForAllStepsAndTheirBranches() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { a: { latency: 300ms }, b: { latency: 900ms } }
            policies: { guarded: [ { timeout: 1s } ] }
            flows:
              page:
                - guard:
                    with: guarded
                    do:
                      - call: a.x
                      - parallel: [ call: a.x, [ { wait: 200ms }, { call: b.x } ] ]
                      - call: a.y
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(
            trace.story(.callFinished, .timeoutFired, .callAbandoned, .stepFinished, .requestFinished) == [
                "300 callFinished a x ok", "600 callFinished a x ok",
                "1000 timeoutFired guarded.timeout total timedOut", "1000 callAbandoned b x timedOut",
                "1000 stepFinished web sequence timedOut", "1000 stepFinished web parallel timedOut",
                "1000 requestFinished web page timedOut",
            ])
    }

    @Test func theInnerTimeoutEndsItsOwnWorkAlone() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { a: { latency: 5s }, b: { latency: 1s } }
            policies: { outer: [ { timeout: 4s } ], inner: [ { timeout: 1s } ] }
            flows:
              page:
                - guard:
                    with: outer
                    do: [ { fallback: { do: [ { call: { to: a.x, with: inner } } ], value: 1 } }, { call: b.x } ]
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.ends() == ["2000 ok"])
        #expect(trace.story(.timeoutFired) == ["1000 timeoutFired inner.timeout total timedOut"])
    }

    @Test func aBranchThatIsLateStopsTheOthers() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends: { a: { latency: 5s }, b: { latency: 7s } }
            policies: { guarded: [ { timeout: 1s } ] }
            flows: { page: [ { parallel: [ { call: { to: a.x, with: guarded } }, { call: b.x } ] } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.ends() == ["1000 timedOut"])
        #expect(trace.ends(.callAbandoned) == ["1000 timedOut", "1000 cancelled"])
    }

    @Test func anotherLimitHoldsForPassesThatBeginAfterIt() throws {
        let trace = try guardedCall(
            "{ timeout: 2s }", "latency: 3s", at: [0, 1000],
            interventions: [at(500, .set(path: "policies.guarded.timeout", value: "4s"))])
        #expect(trace.ends() == ["2000 timedOut", "4000 ok"])
        #expect(
            trace.story(.layerConfigured) == [
                "0 layerConfigured guarded.timeout total", "500 layerConfigured guarded.timeout total",
            ])
        #expect(trace.why(trace.all(.layerConfigured)[1]).dropFirst() == [" parameterSet"])
    }
}
