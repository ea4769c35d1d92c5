import Analysis
import Testing
import Trace

@Suite struct PolicyStateTests {
    /// The layers of a policy `guarded`, outermost first.
    static func builder(_ layers: KeyValuePairs<String, Component.Kind>) -> TraceBuilder {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("page", .flow)
        builder.declare("sql", .backend)
        builder.declare("guarded", .policy)
        for (name, kind) in layers { builder.declare("guarded.\(name)", kind) }
        return builder
    }

    private func name(_ text: String, _ trace: Trace) throws -> NameID { try #require(trace.names.find(text)) }

    // MARK: Breakers

    private func breaker() -> Trace {
        var builder = Self.builder(["breaker": .breaker])
        builder.decide(0, .layerConfigured, "guarded.breaker", "failures", value: 2)
        builder.decide(0, .layerConfigured, "guarded.breaker", "open", value: 30_000_000)
        for (time, outcome) in [(10.0, Outcome.ok), (20, .failed), (30, .failed)] {
            let root = builder.open(time, .requestStarted, "web", "page")
            let pass = builder.open(time, .guardStarted, "guarded", "", in: root)
            builder.call(time, time, "sql", "get", in: pass, outcome: outcome)
            let row: Int64 = outcome == .ok ? 0 : time == 20 ? 1 : 2
            builder.decide(time, .breakerRecorded, "guarded.breaker", in: pass, outcome: outcome, value: row)
            if row == 2 {
                builder.decide(time, .breakerOpened, "guarded.breaker", "consecutive", value: 30_000_000)
            }
            builder.close(time, pass, outcome)
            builder.close(time, root, outcome)
        }
        let root = builder.open(40, .requestStarted, "web", "page")
        let pass = builder.open(40, .guardStarted, "guarded", "", in: root)
        builder.decide(40, .breakerRejected, "guarded.breaker", in: pass, outcome: .shortCircuited, value: 20_000_000)
        builder.close(40, pass, .shortCircuited)
        builder.close(40, root, .shortCircuited)
        builder.decide(70, .breakerHalfOpened, "guarded.breaker", "time", value: 1)
        builder.decide(80, .breakerRecorded, "guarded.breaker", "slow", outcome: .ok, value: -1)
        builder.decide(80, .breakerClosed, "guarded.breaker", "trial")
        return builder.trace
    }

    @Test func aBreakerTellsItsStateAndWhy() throws {
        let trace = breaker()
        let index = TraceIndex(trace)
        let layer = try name("guarded.breaker", trace)
        func state(_ time: Double) -> BreakerState? {
            BreakerState(index, layer, at: trace.cursor(at: .milliseconds(time)))
        }
        let closed = try #require(state(20))
        #expect(closed.position == .closed && closed.since == .zero && closed.last == nil && closed.timeLeft == nil)
        #expect(closed.window.map(\.outcome) == [.ok, .failed] && closed.value == 1)
        #expect(closed.threshold == .failures(2) && closed.settings["open"] == 30_000_000)
        let open = try #require(state(45))
        #expect(open.position == .open && open.since == .milliseconds(30) && open.timeLeft == 15_000_000)
        #expect(open.last?.arrow == .closedToOpen && trace.name(open.last?.reason ?? .none) == "consecutive")
        #expect(open.window.count == 3 && open.value == 2 && open.passed == 3 && open.rejected == 1)
        #expect(state(65)?.timeLeft == 0)
        let trial = try #require(state(75))
        #expect(trial.position == .halfOpen && trial.window.isEmpty && trial.timeLeft == nil)
        let again = try #require(state(80))
        #expect(again.position == .closed && again.since == .milliseconds(80) && again.window.isEmpty)
        #expect(again.passages.map(\.count) == [1, 1, 1, 0, 0])
    }

    @Test func theOpenTimeOfABreakerIsMeasuredInAnyWindow() throws {
        let trace = breaker()
        let index = TraceIndex(trace)
        func openTime(_ from: Double?, _ to: Double) -> Int64? {
            RunMetrics.over(
                index, from: from.map { .milliseconds($0) }, through: trace.cursor(at: .milliseconds(to))
            ).policy("guarded")?.layer("breaker")?[.openTime]
        }
        #expect(openTime(nil, 80) == 40_000_000 && openTime(50, 60) == 10_000_000 && openTime(nil, 30) == 0)
    }

    // MARK: Bulkheads

    @Test func aBulkheadKnowsWhoIsInsideAndWhoWaits() throws {
        var builder = Self.builder(["bulkhead": .bulkhead])
        builder.decide(0, .layerConfigured, "guarded.bulkhead", "concurrent", value: 1)
        builder.decide(0, .layerConfigured, "guarded.bulkhead", "queue", value: 1)
        var passes: [SpanID] = []
        for time in [1.0, 2, 3] {
            let root = builder.open(time, .requestStarted, "web", "page")
            passes.append(builder.open(time, .guardStarted, "guarded", "", in: root))
            let kind: EventKind = time == 1 ? .bulkheadEntered : time == 2 ? .bulkheadQueued : .bulkheadRejected
            builder.decide(time, kind, "guarded.bulkhead", in: passes[passes.count - 1], value: 1)
        }
        builder.decide(10, .bulkheadLeft, "guarded.bulkhead", in: passes[0])
        builder.decide(10, .bulkheadEntered, "guarded.bulkhead", in: passes[1], value: 1)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let layer = try name("guarded.bulkhead", trace)
        func state(_ time: Double) -> BulkheadState? {
            BulkheadState(index, layer, at: trace.cursor(at: .milliseconds(time)))
        }
        let full = try #require(state(5))
        #expect(full.inside.map(\.request) == [RequestID(1)] && full.queue.map(\.request) == [RequestID(2)])
        #expect(full.queue.first?.since == .milliseconds(2) && full.limit == 1 && full.queueLimit == 1)
        #expect([full.passed, full.queued, full.rejected, full.shed] == [1, 1, 1, 0])
        let later = try #require(state(10))
        #expect(later.inside.map(\.request) == [RequestID(2)] && later.queue.isEmpty && later.passed == 2)
    }

    // MARK: Limiters and budgets

    @Test func permitsComeBackAtTheRateUpToTheBurst() throws {
        var builder = Self.builder(["rateLimit": .limiter])
        builder.decide(0, .layerConfigured, "guarded.rateLimit", "burst", value: 2_000_000)
        builder.decide(0, .layerConfigured, "guarded.rateLimit", "rate", value: 10_000_000)
        builder.decide(100, .limiterAdmitted, "guarded.rateLimit", value: 0)
        builder.decide(120, .limiterDelayed, "guarded.rateLimit", value: 80_000_000)
        builder.end(1000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let layer = try name("guarded.rateLimit", trace)
        func permits(_ time: Double) -> Double? {
            LimiterState(index, layer, at: trace.cursor(at: .milliseconds(time)))?.permits.map {
                ($0 * 1e6).rounded() / 1e6
            }
        }
        #expect(permits(0) == 2 && permits(100) == 0 && permits(110) == 0.1)
        #expect(permits(120) == -0.8 && permits(200) == 0 && permits(300) == 1 && permits(900) == 2)
    }

    @Test func permitsThatArePromisedAreGoneUntilTheLastPromiseIsKept() throws {
        var builder = Self.builder(["rateLimit": .limiter])
        builder.decide(0, .layerConfigured, "guarded.rateLimit", "burst", value: 1_000_000)
        builder.decide(0, .layerConfigured, "guarded.rateLimit", "rate", value: 10_000_000)
        builder.decide(0, .limiterAdmitted, "guarded.rateLimit", value: 0)
        builder.decide(0, .limiterDelayed, "guarded.rateLimit", value: 100_000_000)
        builder.decide(0, .limiterDelayed, "guarded.rateLimit", value: 200_000_000)
        builder.decide(100, .limiterAdmitted, "guarded.rateLimit", value: 0)
        builder.decide(250, .layerConfigured, "guarded.rateLimit", "rate", value: 1_000_000)
        builder.end(1000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let layer = try name("guarded.rateLimit", trace)
        func permits(_ time: Double) -> Double? {
            LimiterState(index, layer, at: trace.cursor(at: .milliseconds(time)))?.permits.map {
                ($0 * 1e6).rounded() / 1e6
            }
        }
        #expect(permits(0) == -2 && permits(100) == -1 && permits(150) == -0.5)
        // Who gave up waiting has taken the permit all the same.
        #expect(permits(200) == 0 && permits(250) == 0.5 && permits(350) == 0.6 && permits(1000) == 1)
    }

    @Test func aLimiterThatCountsInWindowsHasAllPermitsAWindowLater() throws {
        var builder = Self.builder(["rateLimit": .limiter])
        builder.decide(0, .layerConfigured, "guarded.rateLimit", "limit", value: 3)
        builder.decide(0, .layerConfigured, "guarded.rateLimit", "window", value: 100_000_000)
        builder.decide(20, .limiterAdmitted, "guarded.rateLimit", value: 2_000_000)
        builder.decide(30, .limiterRejected, "guarded.rateLimit", value: 0)
        builder.end(1000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let layer = try name("guarded.rateLimit", trace)
        func permits(_ time: Double) -> Double? {
            LimiterState(index, layer, at: trace.cursor(at: .milliseconds(time)))?.permits
        }
        #expect(permits(10) == 3 && permits(20) == 2 && permits(90) == 0 && permits(130) == 3)
    }

    @Test func aSettingBelowZeroIsGoneButForAQueue() throws {
        var builder = Self.builder(["breaker": .breaker, "bulkhead": .bulkhead])
        builder.decide(0, .layerConfigured, "guarded.breaker", "failures", value: 5)
        builder.decide(0, .layerConfigured, "guarded.bulkhead", "queue", value: -1)
        builder.decide(10, .layerConfigured, "guarded.breaker", "failures", value: -1)
        builder.decide(10, .layerConfigured, "guarded.breaker", "ratio", value: 500_000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let policy = try name("guarded", trace)
        func settings(_ time: Double) -> [[LayerSettings.Entry]] {
            PolicyState(index, policy, at: trace.cursor(at: .milliseconds(time)))?.layers.map(\.settings.entries) ?? []
        }
        #expect(settings(0).first?.map(\.name) == ["failures"] && settings(0).last?.map(\.value) == [-1])
        #expect(settings(10).first?.map(\.name) == ["ratio"])
        #expect(
            try BreakerState(index, name("guarded.breaker", trace), at: trace.lastCursor)?.threshold == .ratio(500_000))
    }

    @Test func aRetryBudgetStartsFull() throws {
        var builder = Self.builder(["retry": .retry])
        builder.decide(0, .layerConfigured, "guarded.retry", "budget", value: 10_000_000)
        builder.decide(5, .budgetChanged, "guarded.retry", "withdrawal", value: 9_000_000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let layer = try name("guarded.retry", trace)
        #expect(BudgetState(index, layer, at: trace.cursor(at: .milliseconds(1)))?.balance == 10)
        let later = try #require(BudgetState(index, layer, at: trace.lastCursor))
        #expect(later.balance == 9 && later.capacity == 10 && later.changes.count == 1)
    }

    // MARK: Retries

    @Test func aBudgetCanTurnWorkAwayBeforeItsFirstAttempt() throws {
        var builder = Self.builder(["retry": .retry])
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        builder.decide(0, .budgetChanged, "guarded.retry", "refusal", in: pass, outcome: .limited)
        builder.close(0, pass, .limited)
        let trace = builder.trace
        let timeline = try #require(RetryTimeline(TraceIndex(trace), name("guarded.retry", trace)))
        let row = try #require(timeline.rows(0..<1, at: trace.lastCursor).first)
        #expect(try row.attempts.isEmpty && row.ending == .givenUp(name("refusal", trace)) && row.outcome == .limited)
    }

    @Test func aRowOfTheTimelineHasAttemptsAndWaits() throws {
        var builder = Self.builder(["timeout": .timeout, "retry": .retry])
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        let first = builder.open(0, .attemptStarted, "guarded.retry", "", in: pass, value: 1)
        builder.call(0, 10, "sql", "get", in: first, outcome: .failed)
        builder.close(10, first, .failed)
        builder.decide(10, .backoffFloor, "guarded.retry", in: pass, value: 16_000_000)
        builder.decide(10, .backoffCeiling, "guarded.retry", in: pass, value: 24_000_000)
        builder.decide(10, .retryScheduled, "guarded.retry", "backoff", in: pass, value: 20_000_000)
        let second = builder.open(30, .attemptStarted, "guarded.retry", "", in: pass, value: 2)
        builder.call(30, 40, "sql", "get", in: second)
        builder.close(40, second)
        builder.close(40, pass)
        builder.close(40, root)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let timeline = try #require(RetryTimeline(index, name("guarded.retry", trace)))
        let row = try #require(timeline.rows(0..<9, at: trace.lastCursor).first)
        #expect(row.attempts.map(\.outcome) == [.failed, .ok] && row.attempts.map(\.number) == [1, 2])
        #expect(row.waits.map(\.length) == [20_000_000] && row.waits.map(\.floor) == [16_000_000])
        #expect(row.waits.first?.end == .milliseconds(30) && row.ending == .succeeded && row.outcome == .ok)
        let early = try #require(timeline.rows(0..<9, .retried, at: trace.cursor(at: .milliseconds(35))).first)
        #expect(early.attempts.last?.end == nil && early.ending == .open && early.end == nil)
        #expect(timeline.places(from: .milliseconds(41), to: .milliseconds(50), at: trace.lastCursor).isEmpty)
        #expect(timeline.place(of: RequestID(1)) == 0)
        #expect(timeline.places(from: .milliseconds(40), to: .milliseconds(50), at: trace.lastCursor) == 0..<1)
        let metrics = try #require(RunMetrics.over(index).policy("guarded"))
        #expect(metrics.layer("retry")?.counts.map(\.value) == [1, 2, 1, 0, 1])
        #expect(metrics.layer("timeout")?.counts.map(\.value) == [1, 0])
    }
}
