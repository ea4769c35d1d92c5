import Model
import Scenario
import Testing
import Trace

/// Passes through policies, whichever layers these have.
@Suite struct GuardTests {
    static let shop = """
        duration: 60s
        backends:
          sql: { latency: 100ms, operations: { orders: { returns: { list: order, count: 4 } } } }
          cosmos: { latency: 200ms, operations: { behaviour: { returns: { list: segment, count: 2 } } } }
        policies:
          guarded:
            - timeout: 2s
            - retry: { attempts: 3, backoff: none }
            - breaker: { failures: 5, open: 30s }
        clients: { web: { flow: page, at: 0s } }
        """

    func run(_ steps: String) throws -> Trace { try rehearse("\(Self.shop)\nflows: { page: [ \(steps) ] }\n") }

    func depths(_ trace: Trace) -> [String] {
        func depth(_ event: Event) -> Int {
            let parent = trace.events.first { $0.kind.opensSpan && $0.span == event.parent }
            return parent.map { depth($0) + 1 } ?? 0
        }
        return trace.events.filter { $0.kind.opensSpan }.map {
            "\(depth($0)) \($0.kind) \(trace.name($0.component))"
        }
    }

    @Test func componentsAreThePolicyAndThenItsLayersFromTheOutside() throws {
        let components = try run("{ call: sql.orders }").components.map { ($0.kind, $0.name) }
        let trace = try run("{ call: sql.orders }")
        #expect(
            components.filter { $0.0.rawValue >= Component.Kind.policy.rawValue }.map { trace.name($0.1) } == [
                "guarded", "guarded.timeout", "guarded.retry", "guarded.breaker",
            ])
        #expect(trace.all(.layerConfigured).allSatisfy { $0.time == .zero && $0.cause == .none })
    }

    @Test func whatIsInsideHasItsSpansBelow() throws {
        let trace = try run(
            "{ guard: { with: guarded, do: [ { parallel: [ { call: sql.orders }, { call: cosmos.behaviour } ] } ] } }")
        #expect(
            depths(trace) == [
                "0 requestStarted web", "1 guardStarted guarded", "2 attemptStarted guarded.retry", "3 stepStarted web",
                "4 callSent sql", "4 callSent cosmos",
            ])
        #expect(trace.all(.breakerRecorded).allSatisfy { $0.request.rawValue == 1 && $0.span != .none })
    }

    @Test func guardedCallsInParallelAnswerInTheOrderInWhichTheyAreWritten() throws {
        let trace = try run(
            """
            { parallel: [ { call: { to: cosmos.behaviour, with: guarded, as: b } },
                          { call: { to: sql.orders, with: guarded, as: o } } ] },
            { merge: concat }, { merge: { how: zip, of: [ $b, $o ] } }
            """)
        #expect(trace.ends() == ["200 ok"] && trace.all(.merged).map(\.value) == [6, 2])
    }

    @Test func guardedCallsInAFanOutKeepToItsLimit() throws {
        let trace = try run(
            "{ forEach: { in: [a, b, c, d, e], as: x, limit: 2, do: [ { call: { to: sql.orders, with: guarded } } ] } }"
        )
        #expect(trace.ends() == ["300 ok"] && trace.all(.guardFinished).count == 5)
    }

    @Test func theRequestTellsWhichPolicyDecided() throws {
        func outcome(_ layers: String, _ backend: String) throws -> Outcome? {
            try guardedCall(layers, backend, at: [0, 500]).all(.requestFinished).last?.outcome
        }
        #expect(try outcome("{ timeout: 1s }", "latency: 9s") == .timedOut)
        #expect(try outcome("{ breaker: { failures: 1, open: 9s } }", "latency: 1ms, errors: 100%") == .shortCircuited)
        #expect(try outcome("{ rateLimit: { tokenBucket: { rate: 1/s, burst: 1 } } }", "latency: 1ms") == .limited)
        // What a backend says is an error, whichever it was.
        #expect(try outcome("{ retry: { attempts: 1 } }", "latency: 1ms, errors: 100%, answer: 503") == .failed)
    }

    @Test func layersCannotComeOrGoDuringARun() throws {
        #expect(throws: RunError.self) {
            try guardedCall(
                "{ timeout: 2s }", "latency: 1s", at: [0],
                interventions: [at(500, .set(path: "policies.guarded", value: "[ { timeout: 1s }, { hedge: 1s } ]"))])
        }
        #expect(throws: RunError.self) {
            try guardedCall(
                "{ timeout: 2s }", "latency: 1s", at: [0],
                interventions: [at(500, .set(path: "policies.guarded", value: "[ { hedge: 1s } ]"))])
        }
    }

    /// Steps after a failure that a policy has mended see what was saved, and merges no answers of failed attempts.
    @Test func attemptsThatFailedLeaveNoAnswersBehind() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends:
              sql: { latency: 100ms, operations: { orders: { returns: { list: order, count: 4 } } } }
              cosmos: { latency: 200ms, faults: [ { from: 0s, to: 250ms, errors: 100% } ] }
            policies: { guarded: [ { retry: { attempts: 3, backoff: none } } ] }
            flows:
              page:
                - guard: { with: guarded, do: [ { call: sql.orders }, { call: cosmos.behaviour } ] }
                - merge: concat
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.all(.attemptStarted).count == 2 && trace.all(.merged).map(\.value) == [5])
    }
}
