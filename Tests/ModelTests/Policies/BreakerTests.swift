import Scenario
import Testing
import Trace

@Suite struct BreakerTests {
    static let states: [EventKind] = [.breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerDisabled]

    func run(
        _ breaker: String, _ backend: String = "latency: 100ms, errors: 100%", at times: [Int],
        interventions: [Intervention] = []
    ) throws -> Trace {
        try guardedCall("{ breaker: \(breaker) }", backend, at: times, interventions: interventions)
    }

    func changes(_ trace: Trace) -> [String] {
        trace.events.filter { Self.states.contains($0.kind) }.map { trace.line($0) }
    }

    static let seconds = (0..<100).map { $0 * 1000 }

    @Test func opensAtFiveFailuresForThirtySecondsThenTries() throws {
        let trace = try run("{ failures: 5, open: 30s }", at: Self.seconds)
        #expect(
            changes(trace) == [
                "4100 breakerOpened guarded.breaker consecutive", "35000 breakerHalfOpened guarded.breaker elapsed",
                "35100 breakerOpened guarded.breaker trial", "66000 breakerHalfOpened guarded.breaker elapsed",
                "66100 breakerOpened guarded.breaker trial", "97000 breakerHalfOpened guarded.breaker elapsed",
                "97100 breakerOpened guarded.breaker trial",
            ])
        #expect(trace.times(.callSent) == [0, 1000, 2000, 3000, 4000, 35000, 66000, 97000])
        #expect(trace.all(.breakerRecorded).prefix(5).map(\.value) == [1, 2, 3, 4, 5])
        #expect(trace.all(.breakerOpened)[0].value == 30_000_000_000)
        #expect(trace.all(.requestFinished).filter { $0.outcome == .shortCircuited }.count == 92)
        let first = trace.all(.breakerRejected)[0]
        #expect(first.time.milliseconds == 5000 && first.value == 29_100_000_000)
        #expect(
            trace.why(first).prefix(4) == [
                "guarded.breaker breakerRejected", "guarded.breaker breakerOpened", "guarded.breaker breakerRecorded",
                "db callFinished",
            ])
    }

    /// SEMANTICS 0 and 1.20: Envoy has no trials. It lets everything through again at the first sweep after its time,
    /// which grows by once the base with each opening.
    @Test func envoyComesBackAtASweepAndStaysAwayLonger() throws {
        let trace = try run("{ failures: 5, open: 12s, like: envoy, sweep: 10s }", at: Self.seconds)
        #expect(
            changes(trace).prefix(5) == [
                "4100 breakerOpened guarded.breaker consecutive", "20000 breakerClosed guarded.breaker elapsed",
                "24100 breakerOpened guarded.breaker consecutive", "50000 breakerClosed guarded.breaker elapsed",
                "54100 breakerOpened guarded.breaker consecutive",
            ])
    }

    @Test func aTrialThatSucceedsClosesIt() throws {
        let trace = try run(
            "{ failures: 5, open: 30s }", "latency: 100ms, faults: [ { from: 0s, to: 20s, errors: 100% } ]",
            at: Self.seconds)
        #expect(
            changes(trace) == [
                "4100 breakerOpened guarded.breaker consecutive", "35000 breakerHalfOpened guarded.breaker elapsed",
                "35100 breakerClosed guarded.breaker trial",
            ])
        #expect(trace.all(.breakerRecorded).last?.value == 0)
        #expect(
            trace.why(trace.all(.breakerHalfOpened)[0]).prefix(2) == [
                "guarded.breaker breakerHalfOpened", "guarded.breaker breakerOpened",
            ])
    }

    /// SEMANTICS 0: Polly 7 tries at exactly the end of the break; resilience4j only after it.
    @Test func atTheVeryEndOfTheBreakTheProfileDecides() throws {
        let times = [0, 100 + 30_000, 100 + 30_001]
        let polly = try run("{ failures: 1, open: 30s, like: pollyV7 }", at: times)
        #expect(polly.times(.callSent) == [0, 30_100])
        let gobreaker = try run("{ failures: 1, open: 30s, like: gobreaker }", at: times)
        #expect(gobreaker.times(.callSent) == [0, 30_101])
    }

    @Test func successInBetweenStartsTheCountAnew() throws {
        let trace = try run(
            "{ failures: 3, open: 30s }",
            "latency: 100ms, faults: [ { from: 0s, to: 2s, errors: 100% }, { from: 3s, to: 60s, errors: 100% } ]",
            at: Self.seconds)
        #expect(trace.all(.breakerRecorded).prefix(6).map(\.value) == [1, 2, 0, 1, 2, 3])
        #expect(trace.times(.breakerOpened)[0] == 5100)
    }

    @Test func aCallersOwnMistakesDoNotCount() throws {
        let trace = try run(
            "{ failures: 2, open: 30s }", "latency: 100ms, errors: 100%, answer: 404", at: Self.seconds)
        #expect(trace.all(.callSent).count == 100 && trace.all(.breakerOpened).isEmpty)
    }

    @Test func timeoutsFurtherOutDoNotCountAndThoseFurtherInDo() throws {
        let outside = try guardedCall(
            "{ timeout: 1s }, { breaker: { failures: 2, open: 30s } }", "latency: 3s", at: [0, 5000, 10_000])
        #expect(outside.all(.breakerOpened).isEmpty && outside.all(.callSent).count == 3)
        let inside = try guardedCall(
            "{ breaker: { failures: 2, open: 30s } }, { timeout: 1s }", "latency: 3s", at: [0, 5000, 10_000])
        #expect(inside.times(.breakerOpened) == [6000] && inside.all(.callSent).count == 2)
    }

    @Test func ratioOpensOnceTheWindowHoldsEnough() throws {
        let trace = try run("{ ratio: 50%, window: 10, minimum: 4, open: 30s }", at: Self.seconds)
        #expect(trace.all(.breakerRecorded).prefix(4).map(\.value) == [-1, -1, -1, 1_000_000])
        #expect(changes(trace)[0] == "3100 breakerOpened guarded.breaker ratio")
    }

    @Test func slowCallsOpenItToo() throws {
        let trace = try run(
            "{ ratio: 50%, window: 10, minimum: 4, slow: { after: 1s, ratio: 50% }, open: 30s }", "latency: 2s",
            at: Self.seconds)
        #expect(trace.all(.breakerRecorded).prefix(2).map { trace.name($0.detail) } == ["slow", "slow"])
        #expect(changes(trace)[0] == "5000 breakerOpened guarded.breaker slow")
    }

    // MARK: Retry and breaker

    @Test func breakerInsideARetryMakesLaterAttemptsFailFast() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 4, backoff: none } }, { breaker: { failures: 2, open: 30s } }",
            "latency: 100ms, errors: 100%", at: [0])
        #expect(trace.all(.callSent).count == 2)
        // An open breaker is a policy's no, which is not retried unless the list has it.
        #expect(trace.ends(.attemptFinished) == ["100 failed", "200 failed", "200 shortCircuited"])
        #expect(trace.all(.retryGivenUp).map { trace.name($0.detail) } == ["permanent"])
        let told = try guardedCall(
            """
            { retry: { attempts: 4, backoff: constant, base: 20s, jitter: none, on: [5xx, policy] } }, \
            { breaker: { failures: 2, open: 30s } }
            """, "latency: 100ms, errors: 100%", at: [0])
        #expect(
            told.ends(.attemptFinished) == ["100 failed", "20200 failed", "40200 shortCircuited", "60300 failed"])
    }

    @Test func breakerOutsideARetryCountsTheirSumAsOne() throws {
        let trace = try guardedCall(
            "{ breaker: { failures: 2, open: 30s } }, { retry: { attempts: 3, backoff: none } }",
            "latency: 100ms, errors: 100%", at: [0, 1000, 2000])
        #expect(trace.all(.callSent).count == 6 && trace.times(.breakerOpened) == [1300])
    }

    // MARK: Changes

    @Test func anotherThresholdKeepsWhatWasCounted() throws {
        let trace = try run(
            "{ failures: 10, open: 30s }", at: Self.seconds,
            interventions: [at(3500, .set(path: "policies.guarded.breaker.failures", value: "5"))])
        #expect(trace.times(.breakerOpened)[0] == 4100)
        let changes = trace.all(.layerConfigured).filter { $0.time.nanoseconds > 0 }
        #expect(changes.map { "\(trace.name($0.detail)) \($0.value)" } == ["failures 5"])
    }

    @Test func theModeForcesIt() throws {
        let trace = try run(
            "{ failures: 5, open: 30s, state: forcedOpen }", "latency: 100ms", at: [0, 2000, 4000, 6000],
            interventions: [
                at(1000, .set(path: "policies.guarded.breaker.state", value: "disabled")),
                at(3000, .set(path: "policies.guarded.breaker.state", value: "forcedOpen")),
                at(5000, .set(path: "policies.guarded.breaker.state", value: "auto")),
            ])
        #expect(
            changes(trace) == [
                "0 breakerOpened guarded.breaker forced", "1000 breakerDisabled guarded.breaker forced",
                "3000 breakerOpened guarded.breaker forced", "5000 breakerClosed guarded.breaker forced",
            ])
        #expect(trace.times(.callSent) == [2000, 6000])
        #expect(trace.all(.breakerOpened).map(\.value) == [-1, -1])
        #expect(
            trace.why(trace.all(.breakerRejected).last).prefix(3) == [
                "guarded.breaker breakerRejected", "guarded.breaker breakerOpened", " parameterSet",
            ])
    }

    /// Hystrix looks at its window at fixed times only, also when no call comes.
    @Test func hystrixOpensAtATick() throws {
        let trace = try run(
            "{ ratio: 50%, window: 10s, minimum: 3, open: 5s, like: hystrix }", at: [0, 10, 20, 30])
        #expect(trace.times(.breakerOpened) == [500])
    }

    /// SEMANTICS 1.17: pybreaker's calls run under its lock, and the one that trips it is told that it is open.
    @Test func pybreakerCallsRunOneAfterAnother() throws {
        let trace = try guardedCall(
            "{ timeout: 350ms }, { breaker: { failures: 2, open: 30s, like: pybreaker } }",
            "latency: 100ms, errors: 100%", at: [0], count: 4)
        #expect(trace.times(.callSent) == [0, 100])
        #expect(trace.ends() == ["100 failed", "200 shortCircuited", "200 shortCircuited", "200 shortCircuited"])
        let slow = try guardedCall(
            "{ timeout: 250ms }, { breaker: { failures: 2, open: 30s, like: pybreaker } }", "latency: 100ms", at: [0],
            count: 5)
        // The third is in the middle of its call when its time is up, and those behind it still wait.
        #expect(slow.times(.callSent) == [0, 100, 200])
        #expect(slow.ends() == ["100 ok", "200 ok", "250 timedOut", "250 timedOut", "250 timedOut"])
    }
}
