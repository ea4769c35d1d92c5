import Scenario
import Testing

@testable import Workshop

/// Lesson 6 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct BulkheadTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("bulkhead") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// sql 20 + 40, cosmos 50 + 100: only the slots of the slow service fill.
    @Test func onlyTheSlowServiceFillsItsSlots() throws {
        let settings = [("sql_pool", 20.0, 40.0), ("cosmos_pool", 50, 100)]
        for (pool, slots, queue) in settings {
            let path = "settings.policies.\(pool).bulkhead"
            #expect(try taught.figure("\(path).concurrent", in: "compartments").amount == slots)
            #expect(try taught.figure("\(path).queue", in: "compartments").amount == queue)
        }
        #expect(try taught.value("cosmos_inside").amount == 50)
        #expect(try taught.figure("policy.cosmos_pool.bulkhead.maxQueued", in: "compartments").amount == 100)
        #expect(try taught.figure("policy.sql_pool.bulkhead.maxInside", in: "compartments").amount < 20)
        #expect(try taught.figure("policy.sql_pool.bulkhead.rejected", in: "compartments").amount == 0)
        #expect(try taught.value("walls_success").amount == 1)
    }

    @Test func withoutBulkheadsEverybodyWaitsForTheSlowService() throws {
        #expect(try taught.value("shared_p99").amount > 20 * taught.value("walls_p99").amount)
    }

    /// L = λW.
    @Test func littlesLawGivesTheCallsInside() throws {
        #expect(try taught.value("inside").amount == 20 * 10)
    }

    /// 20 slots of 100 ms answer 200 a second, whatever happens to the others.
    @Test(arguments: ["reject", "shed", "wait"])
    func everyWayToBeFullHasTheSameGoodput(way: String) throws {
        #expect(try abs(taught.value("\(way)_rate").amount / 200 - 1) < 0.03)
    }

    @Test func rejectingLosesSheddingIsFresherWaitingIsLate() throws {
        let reject = try taught.value("reject_p99").amount
        #expect(try taught.value("shed_p99").amount < reject)
        #expect(try taught.value("wait_p99").amount > 10 * reject)
        #expect(try taught.value("reject_lost").amount > 900)
        #expect(try taught.value("wait_lost").amount == 0)
    }

    @Test func coDelKeepsAStandingQueueShort() throws {
        #expect(try taught.value("codel_p50").amount < taught.value("standing_p50").amount / 2)
    }

    @Test(arguments: [
        ("littles-law", "200", "20"), ("who-suffers", "all", "nobody"), ("full", "seconds", "tenths"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// Too much for the slow service, too little for it on a good day, too little for orders, too much in all.
    @Test(arguments: [
        ("15", "5", "5", true), ("5", "10", "10", false), ("20", "2", "2", false), ("15", "2", "5", false),
        ("15", "50", "5", false), ("20", "10", "10", false),
    ])
    func wallsAreGradedByTheirSum(sql: String, cosmos: String, rest: String, isPassed: Bool) throws {
        let settings = [
            "policies.sql_pool.bulkhead.concurrent": sql, "policies.cosmos_pool.bulkhead.concurrent": cosmos,
            "policies.rest_pool.bulkhead.concurrent": rest,
        ]
        #expect(try taught.grade(settings, in: "walls").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
