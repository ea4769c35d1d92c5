import Scenario
import Testing

@testable import Workshop

/// Lesson 1 as it is taught: its figures, its answers and its texts.
@Suite struct OrchestrationTests {
    static let folder =
        String(#filePath.dropLast("Tests/WorkshopTests/Lessons/OrchestrationTests.swift".count)) + "Lessons"

    private let lesson: Lesson
    private let runs: LessonRuns

    init() throws {
        lesson = try LessonLibrary(folder: Self.folder).load("orchestration")
        runs = LessonRuns(lesson)
    }

    private func step(_ id: String) throws -> LessonStep { try #require(lesson.step(id)) }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// The figures of the curriculum, from the lesson's own runs.
    @Test func theRunsGiveTheFiguresOfTheCurriculum() throws {
        let expected = [
            ("sequential", 1500.0), ("parallel", 500), ("cached", 50), ("first", 600), ("page_sequential", 650),
            ("page_parallel", 500), ("page_by_data", 350), ("fan_out", 500), ("fan_out_20", 500), ("fan_out_40", 800),
            ("fan_out_60", 1100), ("fan_out_80", 1400),
        ]
        for (name, milliseconds) in expected {
            let value = try #require(lesson.values.first { $0.name == name })
            #expect(try runs.value(of: value.expression) == MetricValue(milliseconds, .time), "\(name)")
        }
    }

    @Test(arguments: [
        ("all-at-once", "500ms"), ("one-week", "cosmos"), ("twice-as-many", "500ms"), ("empty-cache", "600ms"),
        ("new-order", "2"),
    ])
    func predictionsAreAnsweredByTheRun(id: String, right: String) throws {
        guard case .predict(let prediction) = try step(id).kind else {
            Issue.record("no prediction")
            return
        }
        let verdict = try runs.verdict(on: .choice(id: right), to: prediction)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !runs.verdict(on: .choice(id: "1500ms"), to: prediction).isRight)
    }

    @Test(arguments: [(500.0, true), (524, true), (476, true), (526, false), (650, false)])
    func aNumberIsRightWithinItsTolerance(milliseconds: Double, isRight: Bool) throws {
        guard case .predict(let prediction) = try step("order-page").kind else {
            Issue.record("no prediction")
            return
        }
        let verdict = try runs.verdict(on: .number(MetricValue(milliseconds, .time)), to: prediction)
        #expect(verdict.isRight == isRight)
        #expect(verdict.answer == MetricValue(500, .time))
    }

    /// Only the arrangement that follows the data passes; the one that looks right does not.
    @Test(arguments: [
        ("order_page_sequential", false), ("order_page_parallel", false), ("order_page_stock_last", false),
        ("order_page_by_data", true),
    ])
    func theOrderPageIsPassedByOneArrangement(flow: String, isPassed: Bool) throws {
        let step = try step("order-page-faster")
        guard case .challenge(let challenge) = step.kind else {
            Issue.record("no challenge")
            return
        }
        let settings = [Setting(path: "clients.web.flow", value: flow)]
        #expect(try runs.grade(settings, in: challenge, of: step).isPassed == isPassed)
    }

    /// Capacity that costs too much and a page that shows too little are no solutions.
    @Test(arguments: [
        (25, 50, true), (30, 60, true), (20, 60, false), (25, 60, false), (40, 60, false), (20, 40, false),
    ])
    func roomIsPassedByCountingRounds(slots: Int, customers: Int, isPassed: Bool) throws {
        let step = try step("room")
        guard case .challenge(let challenge) = step.kind else {
            Issue.record("no challenge")
            return
        }
        let settings = [
            Setting(path: "backends.cosmos.concurrency", value: "\(slots)"),
            Setting(path: "backends.sql.operations.get_top_customers.returns.count", value: "\(customers)"),
        ]
        let verdict = try runs.grade(settings, in: challenge, of: step)
        #expect(verdict.isPassed == isPassed)
        #expect(verdict.goals.allSatisfy { $0.values.count == challenge.seeds })
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(Set(lesson.steps.map(\.kindName)) == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(lesson.minutes))
    }

    /// What a challenge makes of changes made while playing: the last one of each value, from the start.
    @Test func changesBecomeSettings() {
        let changes = [
            Intervention(at: .zero, action: .set(path: "a", value: "1")),
            Intervention(at: .seconds(1), action: .kill(backend: "sql")),
            Intervention(at: .seconds(2), action: .set(path: "b", value: "2")),
            Intervention(at: .seconds(3), action: .set(path: "a", value: "3")),
        ]
        #expect([Setting](of: changes) == [Setting(path: "b", value: "2"), Setting(path: "a", value: "3")])
    }
}
