import Scenario
import Testing
import Trace

@testable import Workshop

/// Lesson 5 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct CircuitBreakerTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("circuit-breaker") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// Open at the fifth failure, half-open after 30 s; one failure opens it again, one success closes it.
    @Test func fiveFailuresAndThirtySeconds() throws {
        let transitions = try taught.index("outage").trace.events.filter {
            [.breakerOpened, .breakerHalfOpened, .breakerClosed].contains($0.kind)
        }
        let kinds: [EventKind] = [
            .breakerOpened, .breakerHalfOpened, .breakerOpened, .breakerHalfOpened, .breakerClosed,
        ]
        #expect(transitions.map(\.kind) == kinds)
        let times = transitions.map(\.time.nanoseconds)
        #expect(times[1] - times[0] == 30_000_000_000)
        #expect(times[3] - times[2] == 30_000_000_000)
    }

    @Test func theSecondSettingIsSixtySeconds() throws {
        let openTime = "policy.guarded.breaker.openTime with policies.guarded.breaker.open = 60s"
        #expect(try taught.figure(openTime, in: "opens") == MetricValue(60_000, .time))
    }

    @Test func withoutABreakerEveryVisitorWaitsAndWithItNobodyDoes() throws {
        #expect(try abs(taught.value("waiting_p50").amount / 2000 - 1) < 0.01)
        #expect(try taught.value("outage_p50").amount < 1)
        #expect(try taught.value("calls_bare").amount > 50 * taught.value("calls_guarded").amount)
    }

    @Test func withAFallbackEveryPageArrivesAndSaysThatItIsDegraded() throws {
        #expect(try taught.value("kind_ok").amount == 1)
        #expect(try taught.value("kind_degraded").amount > 500)
    }

    /// One error in five: 0.2^5 in a row, and far above a share of 10 %.
    @Test func aCountInARowIsDeafToWhatAShareHears() throws {
        for offset in 0..<3 as Range<UInt64> {
            #expect(try taught.value("row_opened", seedOffset: offset).amount <= 1)
            #expect(try taught.value("ratio_opened", seedOffset: offset).amount >= 2)
        }
    }

    @Test func aServiceThatIsLateOpensTheBreakerOfSlowCalls() throws {
        #expect(try taught.value("slow_opened").amount >= 1)
        #expect(try taught.figure("backend.cosmos.failed", in: "late").amount == 0)
    }

    /// Five failures and a trial each ten seconds outside; three calls for each of them inside.
    @Test func theRetryBelongsOutside() throws {
        let outside = try taught.value("outside_calls").amount
        #expect(outside < 15)
        #expect(try taught.value("inside_calls").amount > 3 * outside)
        #expect(try taught.value("only_calls").amount > 1000)
    }

    @Test(arguments: [
        ("without", "2s", "120ms"), ("fail-fast", "nothing", "same"), ("in-a-row", "hardly", "sometimes"),
        ("retry-and-breaker", "outside", "same"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// Nervous, deaf, asking too often, open for too long, a timeout too long and one too short.
    @Test(arguments: [
        ("5", "5s", "500ms", true), ("1", "5s", "500ms", false), ("20", "5s", "500ms", false),
        ("5", "1s", "500ms", false), ("5", "30s", "500ms", false), ("5", "5s", "2s", false),
        ("5", "5s", "200ms", false),
    ])
    func tuningIsPassedByNeitherDeafNorNervous(
        failures: String, open: String, timeout: String, isPassed: Bool
    ) throws {
        let settings = [
            "policies.guarded.breaker.failures": failures, "policies.guarded.breaker.open": open,
            "policies.guarded.timeout": timeout,
        ]
        #expect(try taught.grade(settings, in: "tuning").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
