import Model
import Scenario
import Testing
import Trace

/// Messages that nobody waits for, choices, and clocks.
@Suite struct MessageTests {
    func run(_ flow: String, _ audit: String = "latency: 80ms", rest: String = "", seed: UInt64 = 1) throws -> Trace {
        try rehearse(
            """
            duration: 60s
            network: { hop: 3ms }
            backends:
              audit: { \(audit) }
              sql: { latency: 10ms }
            flows: { page: [ \(flow) ] }
            clients: { web: { flow: page, at: 0s } }
            \(rest)
            """, seed: seed)
    }

    @Test func theSenderGoesOnAtOnce() throws {
        let trace = try run("send: audit.note, call: sql.x")
        #expect(trace.latencies == [16])
        #expect(
            trace.events.filter { trace.name($0.component) == "audit" }.map { trace.line($0) } == [
                "0 capacityChanged audit", "0 callSent audit note", "0 callDetached audit note ok",
                "3 callArrived audit note", "3 serviceStarted audit note", "83 serviceFinished audit note ok",
            ])
        #expect(trace.all(.callSent, "audit").map(\.value) == [3_000_000])
    }

    @Test func whatGoesWrongWithAMessageHurtsNobody() throws {
        for audit in [
            "latency: 80ms, errors: 100%", "latency: 80ms, errors: 100%, answer: 503",
            "latency: 80ms, faults: [ { from: 0s, down: true } ]",
            "latency: 80ms, faults: [ { from: 0s, hang: true } ]",
            "latency: 80ms, servers: { s1: { member: false } }",
        ] {
            let trace = try run("send: audit.note, call: sql.x", audit)
            #expect(trace.latencies == [16], "\(audit)")
            #expect(trace.all(.requestFinished).map(\.outcome) == [.ok], "\(audit)")
        }
    }

    @Test func aLostMessageNeverArrives() throws {
        let trace = try run("send: { to: audit.note, lost: true }, call: sql.x")
        #expect(trace.story(.callDetached) == ["0 callDetached audit note reset"])
        #expect(trace.all(.callSent, "audit").map(\.value) == [-1])
        #expect(trace.all(.callArrived, "audit").isEmpty)
        #expect(trace.latencies == [16])
    }

    @Test func aShareOfMessagesIsLost() throws {
        func lost(_ share: String) throws -> [SpanID] {
            try rehearse(
                """
                duration: 1000s
                backends: { audit: { latency: 1ms } }
                flows: { page: [ send: { to: audit.note, lost: \(share) } ] }
                clients: { web: { flow: page, arrivals: { rate: 1/s } } }
                """
            ).all(.callDetached).filter { $0.outcome == .reset }.map(\.span)
        }
        let some = try lost("30%")
        #expect((250...350).contains(some.count))
        // A larger share only loses more of them.
        #expect(Set(some).isSubset(of: Set(try lost("60%"))))
        #expect(try lost("0%").isEmpty)
        #expect(try lost("false").isEmpty)
    }

    @Test func timeOutsAndDeadlinesAreNotAboutMessages() throws {
        let trace = try run(
            "guard: { with: dated, do: [ send: audit.note ] }",
            rest: "policies: { dated: [ deadline: 20ms, timeout: { connect: 1ms } ] }")
        #expect(trace.all(.timeoutFired).isEmpty)
        #expect(trace.story(.serviceFinished) == ["83 serviceFinished audit note ok"])
    }

    @Test func aMessageMayHaveBegunSoARetryLeavesItAlone() throws {
        func sent(_ operation: String) throws -> Int {
            try run(
                "guard: { with: again, do: [ send: audit.note, call: sql.fail ] }",
                "latency: 1ms, operations: { note: \(operation) }",
                rest: """
                    policies: { again: [ retry: { attempts: 3, backoff: none } ] }
                    interventions: [ { at: 0s, errors: 100%, on: sql } ]
                    """
            ).all(.callSent, "audit").count
        }
        #expect(try sent("{}") == 3)
        #expect(try sent("{ idempotent: false }") == 1)
    }

    @Test func forABalancerAMessageIsOverOnceItIsSent() throws {
        let trace = try run(
            "send: audit.note, send: audit.note, send: audit.note",
            "latency: 80ms, balancer: leastConnections, servers: { s1: {}, s2: {} }")
        #expect(trace.all(.balancerPicked).map(\.value) == [1, 1, 1])
    }

    @Test func aMessageRunsTheStepsOfItsOperation() throws {
        let trace = try run("send: audit.note", "latency: 1ms, operations: { note: { do: [ call: sql.x ] } }")
        #expect(trace.latencies == [0])
        #expect(trace.story(.callFinished) == ["20 callFinished sql x ok"])
        #expect(trace.story(.serviceFinished).last == "20 serviceFinished audit note ok")
    }

    // MARK: Choices

    func choices(_ steps: String, requests: Int = 2000, more: String = "") throws -> Trace {
        try rehearse(
            """
            duration: 10000s
            flows:
              page:
            \(steps)
            clients: { web: { flow: page, arrivals: { rate: 1/s } } }
            backends: { sql: { latency: 1ms\(more) } }
            """)
    }

    @Test func choicesFallBySharesAndTheRestTakesNone() throws {
        let trace = try choices("    - choose: [ \(Self.inline) ]")
        let chosen = trace.all(.branchChosen)
        let share = { (value: Int64) in Double(chosen.count { $0.value == value }) / Double(chosen.count) }
        #expect(chosen.count > 9000)
        // Four standard errors of 10,000 draws.
        #expect(abs(share(0) - 0.80) < 0.016)
        #expect(abs(share(1) - 0.15) < 0.0143)
        #expect(abs(share(-1) - 0.05) < 0.0088)
        for event in chosen {
            #expect(trace.name(event.detail) == [0: "hit", 1: "miss"][event.value] ?? "")
            #expect(trace.name(event.component) == "web")
        }
        #expect(Set(trace.latencies) == [0, 1, 10])
    }

    static let inline = "{ label: hit, share: 80%, do: [ wait: 1ms ] }, { label: miss, share: 15%, do: [ wait: 10ms ] }"

    @Test func choicesByTheSameNameFallAlikeInOneRequestWhereverTheyStand() throws {
        let by = { (name: String) in "choose: { by: \(name), of: [ \(Self.inline) ] }" }
        let trace = try choices(
            """
                - \(by("cache"))
                - repeat: { times: 2, do: [ \(by("cache")) ] }
                - call: sql.x
                - \(by("other"))
            """, more: ", operations: { x: { do: [ \(by("cache")) ] } }")
        var byRequest: [RequestID: [Int64]] = [:]
        for event in trace.all(.branchChosen) { byRequest[event.request, default: []].append(event.value) }
        let complete = byRequest.values.filter { $0.count == 5 }
        #expect(complete.count > 9000)
        #expect(complete.allSatisfy { Set($0[0...3]).count == 1 })
        #expect(complete.contains { $0[4] != $0[0] })
        #expect(trace.all(.branchChosen).contains { trace.name($0.component) == "sql" })
    }

    @Test func choicesWithoutANameFallAnew() throws {
        let trace = try choices("    - repeat: { times: 2, do: [ choose: [ \(Self.inline) ] ] }")
        var byRequest: [RequestID: [Int64]] = [:]
        for event in trace.all(.branchChosen) { byRequest[event.request, default: []].append(event.value) }
        #expect(byRequest.values.contains { Set($0).count == 2 })
    }

    @Test func sharesThatMakeUpTheWholeLeaveNothingOver() throws {
        let thirds = ["33.3%", "33.3%", "33.4%"].map { "{ share: \($0), do: [ wait: 1ms ] }" }.joined(separator: ", ")
        let trace = try choices("    - choose: [ \(thirds) ]")
        #expect(trace.all(.branchChosen).allSatisfy { $0.value >= 0 && $0.detail == .none })
    }

    // MARK: Clocks

    @Test func aClockIsOnlyWrittenDown() throws {
        func trace(_ clock: String, _ interventions: String = "") throws -> Trace {
            try rehearse(
                """
                duration: 10s
                backends: { sql: { latency: { exponential: 10ms }, clock: \(clock) } }
                flows: { page: [ call: sql.x ] }
                clients: { web: { flow: page, arrivals: { poisson: 20/s } } }
                \(interventions)
                """)
        }
        let right = try trace("0s")
        let skewed = try trace("-40ms", "interventions: [ { at: 5s, set: backends.sql.clock, to: 20ms } ]")
        #expect(right.all(.clockSet).isEmpty)
        #expect(skewed.all(.clockSet).map(\.value) == [-40_000_000, 20_000_000])
        #expect(skewed.all(.clockSet).map { $0.time.seconds } == [0, 5])
        let stages = { (trace: Trace) in trace.story(.callSent, .callArrived, .serviceFinished, .requestFinished) }
        #expect(stages(skewed) == stages(right))
    }

    @Test func everyServerHasAClockOfItsOwn() throws {
        let trace = try run(
            "call: audit.x",
            "latency: 1ms, clock: 5ms, servers: { s1: {}, s2: { clock: -1h }, s3: { clock: 0s } }")
        #expect(trace.all(.clockSet).map { trace.name($0.component) } == ["s1", "s2"])
        #expect(trace.all(.clockSet).map(\.value) == [5_000_000, -3_600_000_000_000])
    }
}
