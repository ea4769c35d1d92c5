import Scenario
import Synchronization
import Testing

@testable import Workshop

/// Sweeps: stopping them, their seeds, and what their intervals can hold.
@Suite struct SweepWorkTests {
    private static let shop = """
        seed: 7
        duration: 4s
        backends:
          sql: { latency: { exponential: 50ms }, concurrency: 1, queue: 20 }
        flows:
          page: [ { call: sql.read } ]
        clients:
          web: { flow: page, arrivals: { poisson: 10/s } }
        """

    private func plan(
        _ vary: [String] = [], seeds: Int = 3, figures: [String] = [], first: UInt64? = nil,
        interventions: [String] = [], until: Duration? = nil, others: [LessonScenario] = []
    ) throws -> SweepPlan {
        let document = try ScenarioDocument(yaml: Self.shop, file: "shop.yaml")
        return try SweepPlan(
            document, name: "shop", vary: Variation.all(vary, of: document.scenario), seeds: seeds, firstSeed: first,
            scenario: "shop", others: others, figures: figures,
            interventions: interventions.map { try Intervention(text: $0) },
            until: until.map { .zero.advanced(by: $0) })
    }

    private func values(_ plan: SweepPlan) -> [[Double?]] {
        (0..<plan.runs).map { run in
            if case .measured(let values)? = plan.outcome(of: run) { values } else { [] }
        }
    }

    /// Runs that are given up, and those that wait for one that is, leave nothing behind that traps.
    @Test(arguments: 1...20) func aSweepCanBeStoppedAtAnyRun(run: Int) throws {
        let workers = SweepWorkers(SweepSummary(try plan(seeds: 1000)))
        workers.work(jobs: 6) { number, _, _ in number < run }
        #expect(workers.summary.taken == run + 1)
        let interrupted = SweepWorkers(SweepSummary(try plan(seeds: 1000)))
        interrupted.work(jobs: 6) { number, _, _ in
            if number == run { Task.detached { interrupted.stop() } }
            return true
        }
        #expect(interrupted.summary.taken > run)
    }

    // MARK: Seeds

    /// `with` the value that is there already is the same run: it has the same seed.
    @Test func aFigureWithOtherValuesHasTheSeedOfItsRun() throws {
        let figures = [
            "flow.page.latency.p99", "flow.page.latency.p99 with backends.sql.concurrency = 1",
            "flow.page.latency.p99 with backends.sql.concurrency = 2", "flow.page.latency.p99 of shop",
        ]
        let rows = values(try plan(seeds: 4, figures: figures, first: 40))
        for row in rows { #expect(row[0] == row[1] && row[0] == row[3]) }
        #expect(rows.contains { $0[1] != $0[2] })
        #expect(Set(rows.map { $0[2] }).count == 4)
        let direct = values(try plan(["backends.sql.concurrency=2"], seeds: 4, figures: [figures[0]], first: 40))
        #expect(rows.map { $0[2] } == direct.map { $0[0] })
    }

    @Test func whatIsDoneInTheRunIsDoneInTheOtherToo() throws {
        let figures = ["flow.page.failed", "flow.page.failed with backends.sql.concurrency = 1"]
        let rows = values(
            try plan(seeds: 2, figures: figures, interventions: ["at 1s: kill sql"], until: .seconds(2)))
        for row in rows { #expect(row[0] == row[1] && row[0] ?? 0 > 0) }
    }

    @Test func aScenarioOfTheLessonHasTheSameLuck() throws {
        let other = try ScenarioDocument(
            yaml: Self.shop.replacing("concurrency: 1", with: "concurrency: 2"), file: "other.yaml")
        let mark = SourceText(file: "", text: "").mark(line: 1, column: 1)
        let plan = try plan(
            seeds: 3, figures: ["flow.page.latency.p99 of fast", "flow.page.latency.p99"],
            others: [LessonScenario(name: "fast", document: other, mark: mark)])
        let direct = values(try self.plan(["backends.sql.concurrency=2"], figures: ["flow.page.latency.p99"]))
        #expect(values(plan).map { $0[0] } == direct.map { $0[0] })
    }

    @Test func aConditionMayCompareWithOtherValues() throws {
        let condition =
            "flow.page.latency.p99 with backends.sql.concurrency = 2 < flow.page.latency.p99"
        let plan = try plan(seeds: 3, figures: [condition])
        #expect(plan.measures[0].isCondition)
        let direct = values(try self.plan(["backends.sql.concurrency=1,2"], figures: ["flow.page.latency.p99"]))
        let shares = stride(from: 0, to: 6, by: 2).map { (direct[$0 + 1][0] ?? 0) < (direct[$0][0] ?? 0) ? 1.0 : 0 }
        #expect(values(plan).map { $0[0] } == shares)
        #expect(throws: ScenarioError.self) { try self.plan(figures: ["flow.page.ok with backends.sq.queue = 1"]) }
    }

    // MARK: What is varied

    @Test(arguments: [
        (["a.b=1", "a.c=2", "a.b=3"], "\"a.b\" is varied already"),
        (["a.b=1", "a=2"], "\"a.b\" is varied already, and one is a part of the other"),
        (["a=1", "a.b=2"], "\"a\" is varied already, and one is a part of the other"),
    ])
    func aValueIsVariedOnce(texts: [String], problem: String) throws {
        let scenario = try ScenarioDocument(yaml: Self.shop, file: "shop.yaml").scenario
        let error = #expect(throws: ScenarioError.self) { try Variation.all(texts, of: scenario) }
        #expect(error?.problems.first?.message == problem)
        #expect(try Variation.all(["a.b=1", "a.bc=2"], of: scenario).count == 2)
    }

    // MARK: Intervals

    /// Three runs of which one is far off: Student's interval alone would reach below nought.
    @Test func noLatencyAndNoCountIsBelowNought() throws {
        let figures = ["flow.page.latency.max", "flow.page.requests", "flow.page.ok - flow.page.requests - 1"]
        var summary = SweepSummary(try plan(seeds: 3, figures: figures))
        for values in [[10.0, 1, -5], [20, 2, -6], [4000, 300, -900]] { summary.add(.measured(values)) }
        let intervals = summary.cells[0].map(\.confidence)
        #expect(intervals[0]?.low == 0 && intervals[1]?.low == 0)
        #expect(intervals[0]?.high == ConfidenceInterval(mean: summary.cells[0][0].spread)?.high)
        #expect(intervals[2]?.high ?? 0 > 0 && intervals[2] == ConfidenceInterval(mean: summary.cells[0][2].spread))
    }
}
