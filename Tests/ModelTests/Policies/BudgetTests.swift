import Scenario
import Testing
import Trace

@Suite struct BudgetTests {
    func run(_ budget: String, _ backend: String, at times: [Int], attempts: Int = 2) throws -> Trace {
        try guardedCall(
            "{ retry: { attempts: \(attempts), backoff: none, budget: \(budget) } }", backend, at: times)
    }

    func changes(_ trace: Trace) -> [String] {
        trace.all(.budgetChanged).map { "\(trace.name($0.detail)) \(Double($0.value) / 1e6)" }
    }

    /// SEMANTICS 2.11: max 10, ratio 0.1: the fifth straight failure blocks; one success then re-enables (5.1).
    @Test func grpcA6_theFifthFailureBlocksAndASuccessReenables() throws {
        let trace = try run(
            "{ tokens: 10, ratio: 0.1 }", "latency: 1ms, faults: [ { from: 0s, to: 3500ms, errors: 100% } ]",
            at: [0, 1000, 2000, 3000, 4000])
        #expect(
            changes(trace) == [
                "withdrawal 9.0", "withdrawal 8.0", "withdrawal 7.0", "withdrawal 6.0", "withdrawal 5.0", "refusal 5.0",
                "withdrawal 4.0", "refusal 4.0", "deposit 4.1",
            ])
        #expect(trace.all(.retryGivenUp).map { trace.name($0.detail) } == ["attempts", "attempts", "budget", "budget"])
        #expect(
            trace.why(trace.all(.retryGivenUp)[2]).prefix(3) == [
                "guarded.retry retryGivenUp", "guarded.retry budgetChanged", "guarded.retry attemptFinished",
            ])
        #expect(
            trace.all(.layerConfigured).map { "\(trace.name($0.detail)) \($0.value)" }.contains("budget 10000000"))
    }

    /// Under a total failure a budget of 20 % sends 1.2 calls for each one asked for, instead of 4.
    @Test func finagle_retriesStayAShareOfTheCalls() throws {
        let trace = try run(
            "{ share: 20%, perSecond: 0/s, ttl: 10s }", "latency: 1ms, errors: 100%",
            at: Array(stride(from: 0, to: 60_000, by: 20)), attempts: 4)
        let ratio = Double(trace.all(.callSent).count) / 3000
        #expect(ratio > 1.19 && ratio <= 1.2)
    }

    @Test func envoy_retriesInFlightStayWithinTheirShare() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 3, backoff: constant, base: 1s, jitter: none, budget: { active: 20%, least: 3 } } }",
            "latency: 100ms, errors: 100%", at: [0], count: 10)
        #expect(trace.all(.retryScheduled).filter { $0.time.milliseconds == 100 }.count == 3)
    }

    /// SEMANTICS 2.15: in deep overload with K = 2 the backend rejects about one call for each that it accepts.
    @Test func sre_callsAreTurnedAwayBeforeTheyAreSent() throws {
        let trace = try rehearse(
            """
            duration: 40s
            backends: { db: { latency: 10ms, concurrency: 1, queue: 0 } }
            policies: { guarded: [ { retry: { attempts: 1, budget: { throttle: 2, window: 10s } } } ] }
            flows: { page: [ { call: { to: db.run, with: guarded } } ] }
            clients: { web: { flow: page, arrivals: { poisson: 500/s } } }
            """)
        let late = trace.events.filter { $0.time.seconds > 20 }
        let sent = late.filter { $0.kind == .callSent }.count
        let accepted = late.filter { $0.kind == .serviceFinished }.count
        let asked = late.filter { $0.kind == .requestStarted }.count
        #expect(abs(Double(sent) / Double(accepted) - 2) < 0.1)
        let turnedAway = late.filter { $0.kind == .requestFinished && $0.outcome == .limited }.count
        #expect(asked == sent + turnedAway && turnedAway > sent)
    }
}
