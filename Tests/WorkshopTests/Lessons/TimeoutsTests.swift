import Scenario
import Testing

@testable import Workshop

/// Lesson 3 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct TimeoutsTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("timeouts") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// Everybody waits, nobody fails: the fault that no dashboard of errors shows.
    @Test func withoutATimeoutEveryUserIsCapturedAndNothingFails() throws {
        #expect(try taught.value("captured") == taught.value("users"))
        #expect(try taught.figure("client.web.failed", in: "captured").amount == 0)
        #expect(try taught.figure("client.web.ok after 10s", in: "captured").amount == 0)
    }

    /// The limits that the curriculum recommends.
    @Test(arguments: [
        ("simple-read", 5.0), ("write", 10), ("complex-query", 30), ("batch", 120),
    ])
    func theTableHasTheRecommendedLimits(work: String, seconds: Double) throws {
        let limit = try taught.figure("settings.policies.\(work).timeout of four-kinds", in: "starting-points")
        #expect(limit == MetricValue(seconds * 1000, .time))
    }

    /// A lost call ends by the connect timeout of 5 s; one that arrived by the read timeout of 10 s.
    @Test func eachSilenceHasItsOwnTimeout() throws {
        #expect(try taught.value("lost") == MetricValue(5000, .time))
        #expect(try taught.value("hung") == MetricValue(10_020, .time))
    }

    /// Lognormal with p50 180 ms and p99 900 ms: P(X > 300 ms) = 0.230.
    @Test func aShortTimeoutKillsTheTailOfTheDistribution() throws {
        #expect(abs(try taught.value("killed").amount - 0.230) < 0.03)
    }

    @Test func aTimedOutReportIsComputedToItsEndAndARetryDoublesIt() throws {
        #expect(try taught.value("for_nobody") == MetricValue(2000, .time))
        #expect(try taught.value("copies").amount == 2)
        #expect(try taught.figure("backend.sql.ok", in: "once-more").amount == 0)
    }

    @Test(arguments: [
        ("captured", "0", "200"), ("two-silences", "5s", "10s"), ("too-short", "quarter", "few"),
        ("once-more", "2", "1"), ("dead-work", "longer", "at-once"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// With and without the deadline: the same fault, callers and patience.
    @Test func aDeadlineKeepsDeadWorkOutOfTheQueue() throws {
        #expect(try taught.value("untold").amount == 0)
        #expect(try taught.value("told").amount > 200)
    }

    /// Each limit can be too short and too long.
    @Test(arguments: [
        ("1s", "1500ms", "3s", true), ("10ms", "1500ms", "3s", false), ("250ms", "1500ms", "3s", false),
        ("5s", "1500ms", "3s", false), ("1s", "100ms", "3s", false), ("1s", "300ms", "3s", false),
        ("1s", "1500ms", "500ms", false), ("1s", "1500ms", "1s", false), ("1s", "1500ms", "20s", false),
        ("1s", "10s", "20s", false),
    ])
    func threeLimitsHaveToFitTogether(connect: String, read: String, total: String, isPassed: Bool) throws {
        let settings = [
            "policies.careful.timeout2.connect": connect, "policies.careful.timeout2.read": read,
            "policies.careful.timeout": total,
        ]
        #expect(try taught.grade(settings, in: "three-limits").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
