import Model
import Scenario
import Testing
import Trace

/// Operations that do something in their service's own name.
@Suite struct ServiceTests {
    /// One request at 0 s. `backends` besides `sql`, 100 ms, and `rest`, 30 ms.
    func run(
        _ backends: String, flow: String = "call: a.get", rest: String = "", interventions: [Intervention] = []
    ) throws -> Trace {
        try rehearse(
            """
            duration: 60s
            backends:
              sql: { latency: 100ms }
              rest: { latency: 30ms }
            \(backends)
            flows: { page: [ \(flow) ] }
            clients: { web: { flow: page, at: 0s } }
            \(rest)
            """, interventions: interventions)
    }

    static let plain =
        "  a: { latency: 5ms, operations: { get: { latency: 10ms, do: [ call: sql.x, call: rest.y ] } } }"

    @Test func stepsFollowTheServicesOwnWorkInItsSlot() throws {
        let trace = try run(Self.plain)
        #expect(
            trace.story() == [
                "0 capacityChanged sql", "0 capacityChanged rest", "0 capacityChanged a",
                "0 requestStarted web page", "0 callSent a get", "0 callArrived a get", "0 serviceStarted a get",
                "10 callSent sql x", "10 callArrived sql x", "10 serviceStarted sql x",
                "110 serviceFinished sql x ok", "110 callFinished sql x ok",
                "110 callSent rest y", "110 callArrived rest y", "110 serviceStarted rest y",
                "140 serviceFinished rest y ok", "140 callFinished rest y ok",
                "140 serviceFinished a get ok", "140 callFinished a get ok", "140 requestFinished web page ok",
            ])
        #expect(trace.all(.serviceFinished, "a").map(\.value) == [140_000_000])
    }

    @Test func callsOfAServiceAreInsideTheCallOfIt() throws {
        let trace = try run(Self.plain)
        let outer = try #require(trace.all(.callSent, "a").first)
        let inner = trace.all(.callSent).filter { $0.component != outer.component }
        #expect(inner.map(\.parent) == [outer.span, outer.span])
        #expect(inner.map(\.request) == [outer.request, outer.request])
        #expect(
            trace.why(inner.last) == [
                "rest callSent", "sql callFinished", "sql serviceFinished", "sql serviceStarted", "sql callArrived",
                "sql callSent", "a serviceStarted", "a callArrived", "a callSent", "web requestStarted",
            ])
    }

    @Test func aStepThatFailsFailsTheCallWith500AndIsItsCause() throws {
        let trace = try run("  bad: { latency: 1ms, errors: 100%, answer: 409 }\n" + """
              a: { latency: 10ms, operations: { get: { do: [ call: bad.x, call: sql.y ] } } }
            """)
        #expect(trace.all(.callSent, "sql").isEmpty)
        let end = try #require(trace.all(.serviceFinished, "a").first)
        #expect(end.outcome == .failed)
        #expect(trace.line(try #require(trace[end.cause])) == "11 callFinished bad x conflict")
        #expect(trace.all(.requestFinished).map(\.outcome) == [.failed])
    }

    @Test func anErrorOfItsOwnLeavesTheStepsOut() throws {
        let trace = try run("  a: { latency: 10ms, errors: 100%, operations: { get: { do: [ call: sql.x ] } } }")
        #expect(trace.all(.callSent, "sql").isEmpty)
        #expect(trace.latencies == [10])
        let unknown = try run(
            "  a: { latency: 10ms, operations: { get: { knows: [k], do: [ call: sql.x ] } } }",
            flow: "call: { to: a.get, key: other }")
        #expect(unknown.all(.callSent, "sql").isEmpty)
        #expect(unknown.all(.callFinished, "a").map(\.outcome) == [.notFound])
    }

    @Test func aSlotIsHeldUntilTheStepsEnd() throws {
        let trace = try run(
            "  a: { latency: 10ms, concurrency: 1, queue: 1, operations: { get: { do: [ call: sql.x ] } } }",
            flow: "parallel: [ call: a.get, call: a.get ]")
        #expect(trace.latencies == [220])
        #expect(trace.all(.serviceStarted, "a").map { $0.time.milliseconds } == [0, 110])
        #expect(trace.all(.serviceStarted, "sql").map { $0.time.milliseconds } == [10, 120])
    }

    @Test func aCallerThatGivesUpDoesNotStopTheService() throws {
        let trace = try run(
            Self.plain, flow: "call: { to: a.get, with: short }", rest: "policies: { short: [ timeout: 50ms ] }")
        #expect(trace.latencies == [50])
        #expect(trace.all(.serviceFinished).map { "\(trace.line($0))" } == [
            "110 serviceFinished sql x ok", "140 serviceFinished rest y ok", "140 serviceFinished a get ok",
        ])
    }

    @Test func aDeadlineStopsTheServiceAndThoseBehindIt() throws {
        let trace = try run(
            "  b: { latency: 10ms, operations: { get: { do: [ call: sql.x, call: rest.y ] } } }\n"
                + "  a: { latency: 10ms, operations: { get: { do: [ call: b.get ] } } }",
            flow: "call: { to: a.get, with: dated }", rest: "policies: { dated: [ deadline: 50ms ] }")
        #expect(trace.latencies == [50])
        #expect(trace.all(.callSent, "rest").isEmpty)
        #expect(
            trace.story(.timeoutFired, .serviceFinished, .callAbandoned) == [
                "50 timeoutFired dated.deadline deadline timedOut", "50 timeoutFired a deadline timedOut",
                "50 timeoutFired b deadline timedOut", "50 callAbandoned a get timedOut",
                "50 callAbandoned b get timedOut", "50 serviceFinished a get timedOut",
                "50 callAbandoned sql x timedOut", "50 serviceFinished b get timedOut",
                "120 serviceFinished sql x ok",
            ])
    }

    @Test func aDeadlineThatPassesDuringItsOwnWorkLeavesTheStepsOut() throws {
        let trace = try run(
            "  a: { latency: 80ms, operations: { get: { do: [ call: sql.x ] } } }",
            flow: "call: { to: a.get, with: dated }", rest: "policies: { dated: [ deadline: 50ms ] }")
        #expect(trace.all(.callSent, "sql").isEmpty)
        #expect(trace.story(.serviceFinished) == ["80 serviceFinished a get timedOut"])
    }

    @Test func aKillEndsTheWorkAndNotThatOfOthers() throws {
        let trace = try run(Self.plain, interventions: [at(50, .kill(backend: "a"))])
        #expect(
            trace.story(.faultStarted, .callAbandoned, .serviceFinished, .callFinished, .requestFinished) == [
                "50 faultStarted a kill", "50 callAbandoned sql x cancelled", "50 serviceFinished a get failed",
                "50 callFinished a get failed", "50 requestFinished web page failed",
                "110 serviceFinished sql x ok",
            ])
        let end = try #require(trace.all(.serviceFinished, "a").first)
        #expect(trace[end.cause]?.kind == .faultStarted)
    }

    @Test func downRefusesNewCallsAndLetsWorkUnderWayGoOn() throws {
        let trace = try run(
            Self.plain,
            flow: "parallel: [ call: a.get, [ wait: 40ms, fallback: { do: [ call: a.get ], omit: true } ] ]",
            interventions: [at(20, .inject(.down, backend: "a", duration: .seconds(1)))])
        #expect(trace.all(.callFinished, "a").map(\.outcome) == [.refused, .ok])
        #expect(trace.latencies == [140])
    }

    @Test func aHangHoldsBackTheStepsAndTheAnswer() throws {
        let before = try run(
            Self.plain, interventions: [at(0, .inject(.hang, backend: "a", duration: .milliseconds(300)))])
        #expect(before.all(.callSent, "sql").map { $0.time.milliseconds } == [300])
        #expect(before.latencies == [430])
        let during = try run(
            Self.plain, interventions: [at(20, .inject(.hang, backend: "a", duration: .milliseconds(300)))])
        #expect(during.all(.callSent, "rest").map { $0.time.milliseconds } == [110])
        #expect(during.latencies == [320])
    }

    @Test func slowAndAddedTimeAreTheServicesOwn() throws {
        let trace = try run(
            Self.plain,
            interventions: [
                at(0, .inject(.slow(factor: 3), backend: "a", duration: nil)),
                at(0, .inject(.addedLatency(.fixed(.milliseconds(7))), backend: "a", duration: nil)),
            ])
        #expect(trace.latencies == [167])
    }

    @Test func whatAServiceSavesIsItsOwn() throws {
        let trace = try run(
            """
              c: { latency: 1ms, operations: { n: { returns: { id: C1 } } } }
              a:
                latency: 1ms
                operations:
                  get:
                    returns: [1, 2]
                    do: [ call: { to: c.n, as: order }, call: { to: rest.y, args: { id: $order.id } }, merge: concat ]
            """, flow: "call: { to: sql.x, as: order }, call: a.get, merge: concat")
        #expect(trace.all(.merged).map(\.value) == [2, 3])
        #expect(trace.all(.merged).map { trace.name($0.component) } == ["a", "web"])
    }

    @Test func aServiceKnowsTheKeyThatItsCallIsAbout() throws {
        let trace = try run(
            """
              b: { latency: 1ms, operations: { get: { knows: [k-7], do: [ call: rest.y ] } } }
              a: { latency: 1ms, operations: { get: { do: [ call: { to: b.get, key: "k-$key" } ] } } }
            """, flow: "call: { to: a.get, key: 7 }")
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok])
        #expect(trace.all(.callSent, "rest").count == 1)
    }

    @Test func everyServerOfAPoolDoesWhatItsPoolDoes() throws {
        let trace = try run(
            """
              a: { latency: 1ms, servers: { s1: {}, s2: {} }, operations: { get: { do: [ call: sql.x ] } } }
            """, flow: "call: a.get, call: a.get")
        #expect(trace.latencies == [202])
        let callers = trace.all(.callSent, "sql").compactMap { inner in
            trace.all(.callSent).first { $0.span == inner.parent }.map { trace.name($0.component) }
        }
        #expect(callers == ["s1", "s2"])
    }

    @Test func aPolicyThatTwoServicesUseIsOneForBoth() throws {
        let trace = try run(
            """
              a: { latency: 1ms, operations: { get: { do: [ call: { to: sql.x, with: room } ] } } }
              b: { latency: 1ms, operations: { get: { do: [ call: { to: sql.x, with: room } ] } } }
            """, flow: "parallel: [ call: a.get, fallback: { do: [ call: b.get ], omit: true } ]",
            rest: "policies: { room: [ bulkhead: { concurrent: 1, queue: 0 } ] }")
        #expect(trace.all(.bulkheadRejected).count == 1)
        #expect(trace.all(.callFinished, "b").map(\.outcome) == [.failed])
    }

    @Test func cachesAreFilledByServicesToo() throws {
        let trace = try run(
            """
              a: { latency: 1ms, operations: { get: { do: [ cache: { in: near, key: k, do: [ call: sql.x ] } ] } } }
            """, flow: "call: a.get, call: a.get, cache: { in: near, key: k, do: [ call: sql.x ] }",
            rest: "caches: { near: { ttl: 10s } }")
        #expect(trace.all(.callSent, "sql").count == 1)
        #expect(trace.all(.cacheHit).count == 2)
        #expect(trace.latencies == [102])
    }

    @Test func anOperationWithStepsIsIdempotentUnlessItSaysNot() throws {
        let policies = "policies: { again: [ retry: { attempts: 3, backoff: none } ] }"
        func calls(_ operation: String) throws -> Int {
            try run(
                "  bad: { latency: 1ms, errors: 100% }\n"
                    + "  a: { latency: 1ms, operations: { get: { \(operation) do: [ call: bad.x ] } } }",
                flow: "call: { to: a.get, with: again }", rest: policies
            ).all(.callSent, "bad").count
        }
        #expect(try calls("") == 3)
        #expect(try calls("idempotent: false,") == 1)
    }

    @Test func whatAnOperationDoesCanChange() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              sql: { latency: 100ms }
              rest: { latency: 30ms }
              a: { latency: 5ms, operations: { get: { latency: 10ms, do: [ call: sql.x ] } } }
            flows: { page: [ call: a.get ] }
            clients: { web: { flow: page, at: [0s, 2s, 4s] } }
            interventions:
              - { at: 50ms, set: backends.a.operations.get.do.0.call, to: rest.x }
              - { at: 3s, set: backends.a.operations.get.latency, to: 50ms }
            """)
        #expect(trace.latencies == [110, 40, 80])
    }

    /// Three services, each of which tries the next four times: 4 x 4 x 4 calls reach the last one.
    @Test func retriesOfLayersMultiply() throws {
        let trace = try run(
            """
              bad: { latency: 1ms, errors: 100% }
              b: { latency: 1ms, operations: { get: { do: [ call: { to: bad.x, with: third } ] } } }
              a: { latency: 1ms, operations: { get: { do: [ call: { to: b.get, with: second } ] } } }
            """, flow: "call: { to: a.get, with: first }",
            rest: """
                policies:
                  first:  [ retry: { attempts: 4, backoff: none } ]
                  second: [ retry: { attempts: 4, backoff: none } ]
                  third:  [ retry: { attempts: 4, backoff: none } ]
                """)
        #expect(trace.all(.callSent, "a").count == 4)
        #expect(trace.all(.callSent, "b").count == 16)
        #expect(trace.all(.callSent, "bad").count == 64)
        // Each call takes 1 ms of its service's own.
        #expect(trace.latencies == [84])
    }

    /// The calls to a backend draw the same whatever the caller of its service does before.
    @Test func drawsBelongToTheCallAndNotToItsNeighbours() throws {
        func times(_ flow: String, _ policies: String = "") throws -> [Int64] {
            try rehearse(
                """
                duration: 60s
                seed: 9
                backends:
                  sql: { latency: { exponential: 100ms } }
                  other: { latency: { exponential: 10ms }, errors: 50% }
                  a:
                    latency: 5ms
                    operations: { get: { do: [ call: sql.x, call: sql.x, wait: { exponential: 5ms } ] } }
                flows: { page: [ \(flow) ] }
                clients: { web: { flow: page, arrivals: { rate: 2/s } } }
                \(policies)
                """
            ).all(.serviceFinished, "sql").sorted { ($0.request, $0.parent) < ($1.request, $1.parent) }.map(\.value)
        }
        let alone = try times("call: a.get")
        #expect(alone.count > 100 && Set(alone).count == alone.count)
        #expect(try times("fallback: { do: [ call: other.x ], omit: true }, call: a.get") == alone)
        #expect(
            try times(
                "call: { to: a.get, with: again }",
                "policies: { again: [ timeout: 50s, retry: { attempts: 3 } ] }") == alone)
    }
}
