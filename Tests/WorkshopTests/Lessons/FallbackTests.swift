import Scenario
import Testing

@testable import Workshop

/// Lesson 7 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct FallbackTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("fallback") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// 0.9 × 0.9 × 0.9.
    @Test func availabilitiesMultiply() throws {
        for offset in 0..<5 as Range<UInt64> {
            #expect(try abs(taught.value("dice", seedOffset: offset).amount - 0.729) < 0.04)
        }
    }

    /// Behaviour falls back to a default: what failed pages before degrades as many now.
    @Test func aNicePartDegradesThePagesThatItFailed() throws {
        #expect(try taught.value("kind_success").amount == 1)
        #expect(try taught.value("kind_degraded") == taught.value("strict_failed"))
    }

    @Test func aCriticalPartFailsThePage() throws {
        let figure = "flow.page_kind.failed with backends.sql.errors = 100%"
        #expect(try taught.figure(figure, in: "degraded").amount > 500)
    }

    @Test func aPartThatIsLeftOutFailsNothing() throws {
        let run = "with backends.rest.errors = 100%"
        #expect(try taught.figure("flow.page_kind.failed \(run)", in: "degraded").amount == 0)
        let degraded = try taught.figure("flow.page_kind.degraded \(run)", in: "degraded")
        #expect(try degraded == taught.figure("flow.page_kind.ok \(run)", in: "degraded"))
    }

    @Test func silenceIsNoFailureUntilATimeoutMakesItOne() throws {
        #expect(try taught.value("silence_max").amount > 9000)
        #expect(try taught.value("in_time_max") == MetricValue(400, .time))
    }

    /// Down for 22 hours, a list every quarter of an hour: 12 hours of old lists, then ten of none.
    @Test func anOldListServesForTwelveHours() throws {
        #expect(try taught.value("stale_used").amount == 48)
        #expect(try taught.value("stale_failed").amount == 40)
    }

    @Test func anotherSourceAnswersEverybodyAndASmallOneTooLate() throws {
        #expect(try taught.value("replica_success").amount == 1)
        #expect(try taught.value("small_p99").amount > 4 * taught.value("replica_p99").amount)
    }

    @Test(arguments: [
        ("three-dice", "seventy", "ninety"), ("silence", "long", "soon"), ("too-old", "some", "none"),
        ("small-replica", "seconds", "errors"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    @Test(arguments: [
        ("page_kind_in_time", "400ms", true), ("page_kind_in_time", "100ms", false),
        ("page_kind_in_time", "200ms", false), ("page_kind_in_time", "1s", false), ("page_kind", "400ms", false),
        ("page_strict", "400ms", false),
    ])
    func theBadEveningWantsALimitThatFits(page: String, limit: String, isPassed: Bool) throws {
        let settings = ["clients.web.flow": page, "policies.soon.timeout": limit]
        #expect(try taught.grade(settings, in: "bad-evening").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
