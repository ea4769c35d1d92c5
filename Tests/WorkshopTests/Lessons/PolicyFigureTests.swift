import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Figures of policies, of arrivals and of degraded answers: how they are read, and what they are.
@Suite struct PolicyFigureTests {
    private let scope: MetricScope
    private let runs: LessonRuns

    init() throws { (scope, runs) = try Self.lesson(SmallLesson.yaml) }

    private static func lesson(_ yaml: String) throws -> (scope: MetricScope, runs: LessonRuns) {
        let guarded = yaml.replacing(
            "page: [ { call: sql.read } ]",
            with: """
                page: [ { call: { to: sql.read, with: guarded } } ]
                  policies:
                    guarded:
                      - fallback: { value: 0 }
                      - timeout: 2s
                      - retry: { attempts: 2, backoff: constant, base: 10ms }
                      - breaker: { failures: 1, open: 30s }
                      - timeout: 1s
                """)
        let lesson = try LessonReader.read(SmallLesson.source(yaml: guarded))
        var scope = lesson.scope(of: nil)
        scope.tryingChanges = true
        return (scope, LessonRuns(lesson))
    }

    /// Three pages, one after another, from a service that always fails.
    private static func failing() throws -> (scope: MetricScope, runs: LessonRuns) {
        try lesson(
            SmallLesson.yaml.replacing("latency: 100ms, concurrency: 1", with: "latency: 1ms, errors: 100%")
                .replacing("flow: page, at: 0s", with: "flow: page, at: [ 0s, 20ms, 40ms ]"))
    }

    /// One request at 250 ms: a call that fails, a retry that an open breaker turns away, a fixed answer.
    private func shown() -> ShownRun {
        var sketch = TraceSketch(flows: ["page"], backends: ["sql"])
        sketch.declare("guarded", .policy)
        let kinds: KeyValuePairs<String, Component.Kind> = [
            "fallback": .fallback, "timeout": .timeout, "retry": .retry, "breaker": .breaker, "timeout2": .timeout,
        ]
        for (name, kind) in kinds { sketch.declare("guarded.\(name)", kind) }
        func open(_ kind: EventKind, _ at: Double, _ component: String, in holder: TraceSketch.Holder, _ number: Int64)
            -> TraceSketch.Holder
        {
            var inner = holder
            inner.span = sketch.newSpan()
            sketch.event(
                kind, at: at, component, in: holder, span: inner.span, parent: holder.span, value: number)
            return inner
        }
        func note(
            _ kind: EventKind, _ at: Double, _ layer: String, in holder: TraceSketch.Holder, _ outcome: Outcome = .none
        ) {
            sketch.event(kind, at: at, layer, outcome: outcome, in: holder, span: holder.span)
        }
        let request = sketch.request(at: 250, flow: "page")
        let pass = open(.guardStarted, 250, "guarded", in: request, 0)
        let first = open(.attemptStarted, 250, "guarded.retry", in: pass, 1)
        sketch.call("sql", "read", at: 250, in: first, service: 50, outcome: .failed)
        note(.breakerRecorded, 300, "guarded.breaker", in: first, .failed)
        note(.breakerOpened, 300, "guarded.breaker", in: first)
        note(.attemptFinished, 300, "guarded.retry", in: first, .failed)
        note(.retryScheduled, 300, "guarded.retry", in: pass)
        let second = open(.attemptStarted, 310, "guarded.retry", in: pass, 2)
        note(.breakerRejected, 310, "guarded.breaker", in: second, .shortCircuited)
        note(.attemptFinished, 310, "guarded.retry", in: second, .shortCircuited)
        note(.retryGivenUp, 310, "guarded.retry", in: pass)
        note(.fallbackUsed, 310, "guarded.fallback", in: pass, .shortCircuited)
        note(.guardFinished, 310, "guarded", in: pass, .ok)
        sketch.end(request, at: 310)
        return ShownRun(scenario: "one", index: TraceIndex(sketch.finished(end: 1000)))
    }

    @Test(arguments: [
        ("policy.guarded.retry.attempts", MetricValue(2, .number)),
        ("policy.guarded.retry.retries", MetricValue(1, .number)),
        ("policy.guarded.retry.givenUp", MetricValue(1, .number)),
        ("policy.guarded.retry.recovered", MetricValue(0, .number)),
        ("policy.guarded.breaker.passed", MetricValue(1, .number)),
        ("policy.guarded.breaker.rejected", MetricValue(1, .number)),
        ("policy.guarded.breaker.openTime", MetricValue(700, .time)),
        ("policy.guarded.breaker.openTime until 500ms", MetricValue(200, .time)),
        ("policy.guarded.timeout.passed", MetricValue(1, .number)),
        ("policy.guarded.timeout2.passed", MetricValue(1, .number)),
        ("policy.guarded.fallback.used", MetricValue(1, .number)), ("flow.page.degraded", MetricValue(1, .number)),
        ("backend.sql.arrivals.peak", MetricValue(1, .number)), ("backend.sql.lastArrival", MetricValue(250, .time)),
    ])
    func figures(text: String, expected: MetricValue) throws {
        let found = try runs.value(of: MetricParser.expression(text, in: scope).expression, shown: shown())
        #expect(found.unit == expected.unit && abs(found.amount - expected.amount) < 1e-9, "\(found)")
    }

    @Test(arguments: [
        ("policy.garded.retry.retries", 7, "scenario \"one\" has no policy \"garded\"", "guarded"),
        ("policy.guarded.timout.fired", 15, "policy \"guarded\" has no layer \"timout\"", "timeout"),
        ("policy.guarded.retry.retrys", 21, "unknown measure \"retrys\" of the layer retry", "retries"),
        ("policy.guarded.timeout2.opened", 24, "unknown measure \"opened\" of the layer timeout2", ""),
        ("policy.guarded", 14, "policy \"guarded\" has no layer \"\"", ""),
        ("policy.guarded.retry", 20, "unknown measure \"\" of the layer retry", ""),
        ("polcy.guarded.retry.retries", 0, "unknown figure \"polcy.guarded.retry.retries\"", "policy"),
        ("client.web.degraded", 11, "unknown measure \"degraded\" of a client", ""),
        ("backend.sql.arrivals.pek", 12, "unknown measure \"arrivals.pek\" of a backend", "arrivals.peak"),
        ("2s + policy.guarded.breaker.opened", 5, "a number cannot be added to a time", ""),
    ])
    func mistakesAreLocated(text: String, offset: Int, message: String, suggestion: String) throws {
        let error = try #require(throws: MetricSyntaxError.self) { try MetricParser.expression(text, in: scope) }
        #expect(error.message == message && error.offset == offset)
        #expect(suggestion.isEmpty || error.suggestion?.contains(suggestion) == true, "\(error.suggestion ?? "none")")
    }

    @Test(arguments: [
        (
            "policy.guarded.breaker.openTime <= 1s", "guarded.breaker, time open <= 1000\u{a0}ms",
            "guarded.breaker, tiempo abierto <= 1000\u{a0}ms"
        ),
        ("flow.page.degraded < 5", "page, degraded < 5", "page, degradadas < 5"),
        (
            "flow.page.degraded + flow.page.failed < 5", "page, degraded + page, failed < 5",
            "page, degradadas + page, fallidas < 5"
        ),
        (
            "backend.sql.arrivals.peak <= 20", "sql, most arrivals in 100 ms <= 20",
            "sql, máximo de llegadas en 100 ms <= 20"
        ),
    ])
    func goalsSpeakOfThem(text: String, english: String, spanish: String) throws {
        let condition = try MetricParser.condition(text, in: scope)
        func phrase(_ language: Language) -> String {
            GoalPhrase(condition: condition, controls: [], language: language, isUnicode: false).text
        }
        #expect(phrase(.english) == english && phrase(.spanish) == spanish)
    }

    /// What the figures of one run have to do with each other, whatever they are.
    @Test(arguments: [
        "policy.guarded.retry.passes = flow.page.requests", "policy.guarded.retry.attempts = 4",
        "policy.guarded.retry.attempts = policy.guarded.retry.passes + policy.guarded.retry.retries",
        "policy.guarded.retry.attempts = policy.guarded.breaker.passed + policy.guarded.breaker.rejected",
        "policy.guarded.breaker.rejected = 3", "policy.guarded.breaker.opened = 1",
        "backend.sql.calls = policy.guarded.breaker.passed", "backend.sql.arrivals.peak = backend.sql.calls",
        "policy.guarded.timeout.passed + policy.guarded.timeout.fired = policy.guarded.retry.passes",
        "policy.guarded.timeout2.passed = policy.guarded.breaker.passed", "backend.sql.lastArrival = 0ms",
        "flow.page.degraded = policy.guarded.fallback.used", "flow.page.degraded = flow.page.ok",
        "flow.page.failed = 0",
    ])
    func figuresOfARealRunAgree(text: String) throws {
        let (scope, runs) = try Self.failing()
        let condition = try MetricParser.condition(text, in: scope)
        let left = try runs.value(of: condition.left).amount
        #expect(try runs.holds(condition), "left is \(left)")
    }

    @Test func answersThatAnOpenBreakerTurnedAwayAreNamedAfterTheirCall() throws {
        let index = try Self.failing().runs.index("one", [], seedOffset: 0)
        let parts = AnswerParts(of: RequestID(3), in: index).parts
        #expect(parts.map { "\(index.trace.name($0.component)).\(index.trace.name($0.detail))" } == ["sql.read"])
        #expect(parts.map(\.fate) == [.standIn])
    }
}
