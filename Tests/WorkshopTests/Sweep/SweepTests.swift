import Scenario
import Synchronization
import TerminalKit
import Testing

@testable import Workshop

/// Sweeps: what they run, what they find, and that nothing of it depends on threads or interruptions.
@Suite struct SweepTests {
    private static let shop = """
        seed: 7
        duration: 4s
        backends:
          sql: { latency: { exponential: 50ms }, concurrency: 1, queue: 20 }
        flows:
          page: [ { call: sql.read } ]
        clients:
          web: { flow: page, arrivals: { poisson: 10/s } }
        controls:
          - { set: backends.sql.concurrency, label: { en: Slots, es: Plazas }, values: [ 1, 2 ] }
        """

    private func document(_ yaml: String = shop) throws -> ScenarioDocument {
        try ScenarioDocument(yaml: yaml, file: "shop.yaml")
    }

    private func plan(
        _ vary: [String] = [], seeds: Int = 3, figures: [String] = [], yaml: String = shop, precision: Double? = nil
    ) throws -> SweepPlan {
        let document = try document(yaml)
        return try SweepPlan(
            document, name: "shop", vary: vary.map { try Variation($0, of: document.scenario) }, seeds: seeds,
            figures: figures, precision: precision)
    }

    private func summary(_ plan: SweepPlan, jobs: Int = 1) -> SweepSummary {
        let workers = SweepWorkers(SweepSummary(plan))
        workers.work(jobs: jobs)
        return workers.summary
    }

    // MARK: What is varied

    @Test(arguments: [
        ("a=5,10,20", ["5", "10", "20"]), ("a=1..4", ["1", "2", "3", "4"]), ("a=3..1", ["3", "2", "1"]),
        ("a=100ms..1s/4", ["100ms", "400ms", "700ms", "1s"]), ("a=10%..30%/3", ["10%", "20%", "30%"]),
        ("a=0..1/5", ["0", "0.25", "0.5", "0.75", "1"]), ("a=10/s..30/s/3", ["10/s", "20/s", "30/s"]),
        ("a={ poisson: 5/s }, { poisson: 9/s }", ["{ poisson: 5/s }", "{ poisson: 9/s }"]),
        ("a=[ 1, 2 ],[ 3 ]", ["[ 1, 2 ]", "[ 3 ]"]), ("backends.sql.concurrency", ["1", "2"]),
        ("a=1,3..5", ["1", "3", "4", "5"]),
    ])
    func valuesAreRead(text: String, values: [String]) throws {
        #expect(try Variation(text, of: try document().scenario).values == values)
    }

    @Test(arguments: [
        ("a", "1:1 expected PATH=VALUE,VALUE,..."), ("a=1,,2", "1:5 a value is missing"), ("a=", "1:3 a value"),
        ("a=100ms..1s", "1:3 this range cannot be counted through"),
        ("a=1..1000000", "1:3 this range has more than 1000 values"), ("a=1..2/1", "1:3 a range has 2 to 1000 values"),
        ("a=1..2/1001", "1:3 a range has 2 to 1000 values, not 1001"), ("seed=1,2", "1:1 seeds are not varied"),
        ("seed", "1:1 seeds are not varied"), ("a=5,1..6", "1:5 the value \"5\" is there twice"),
        ("a=1s,1000ms", "1:6 the value \"1000ms\" is there twice"), ("a=0..1ns/4", "1:3 this range"),
        ("a=1ms..5/3", "1:3 this range"), ("a=..", "1:3 this range"),
        ("a=9223372036854775807..-9223372036854775807", "1:3 this range"),
    ])
    func wrongValuesAreShown(text: String, problem: String) throws {
        let scenario = try document().scenario
        let error = #expect(throws: ScenarioError.self) { try Variation(text, of: scenario) }
        let first = try #require(error?.problems.first)
        #expect("\(first.line):\(first.column) \(first.message)".hasPrefix(problem))
    }

    @Test func everyCombinationRunsWithEverySeedASeedAtATime() throws {
        let plan = try plan(["backends.sql.concurrency=1,2", "backends.sql.latency=10ms,20ms,30ms"], seeds: 2)
        #expect(plan.combinations == 6 && plan.runs == 12)
        #expect((0..<6).map(plan.values(of:)) == [
            ["1", "10ms"], ["1", "20ms"], ["1", "30ms"], ["2", "10ms"], ["2", "20ms"], ["2", "30ms"],
        ])
        #expect(plan.seed(of: 5) == 7 && plan.seed(of: 6) == 8 && plan.combination(of: 7) == 1)
    }

    @Test func whatCannotBeSetOrMeasuredIsToldWithItsPlace() {
        #expect(throws: ScenarioError.self) { try plan(["backends.sql.concurency=1"]) }
        #expect(throws: ScenarioError.self) { try plan(figures: ["flow.pge.latency.p99"]) }
        #expect(throws: ScenarioError.self) { try plan(figures: ["flow.page.latency.p99 <= 5"]) }
    }

    // MARK: What is found

    /// The figures are those of the runs one by one.
    @Test func theMeanIsThatOfTheRuns() throws {
        let plan = try plan(["backends.sql.concurrency=1,2"], seeds: 4, figures: ["flow.page.latency.p99"])
        let summary = summary(plan)
        for combination in 0..<2 {
            var spread = Spread()
            for run in 0..<plan.runs where plan.combination(of: run) == combination {
                guard case .measured(let values)? = plan.outcome(of: run) else { continue }
                spread.add(try #require(values[0]))
            }
            #expect(summary.cells[combination][0].spread == spread)
            #expect(spread.count == 4 && spread.least < spread.most)
        }
    }

    /// Erlang's formula for M/M/c lies in the interval about as often as the interval claims.
    @Test func erlangsFormulaIsCoveredAsOftenAsClaimed() throws {
        let yaml = """
            duration: 45s
            backends:
              sql: { latency: { exponential: 100ms }, concurrency: 2 }
            flows:
              page: [ { call: sql.read } ]
            clients:
              web: { flow: page, arrivals: { poisson: 10/s } }
            """
        // Two slots, each busy half of the time: one in three waits, 33.3 ms on average over all.
        let formula = 100 + 1000.0 / 3 / 10
        var covered = 0
        for sweep in 0..<20 {
            let plan = try SweepPlan(
                try document(yaml), name: "queue", vary: [], seeds: 12, firstSeed: UInt64(1000 * sweep + 1),
                figures: ["flow.page.latency.mean after 5s"])
            let interval = try #require(summary(plan).cells[0][0].confidence)
            if interval.low <= formula, formula <= interval.high { covered += 1 }
        }
        #expect((16...20).contains(covered), "\(covered) of 20")
    }

    @Test func aConditionIsTheShareOfRunsInWhichItHolds() throws {
        let plan = try plan(
            ["backends.sql.concurrency=1,20"], seeds: 10,
            figures: ["backend.sql.maxQueued = 0", "flow.page.success"])
        let summary = summary(plan)
        #expect(summary.cells[0][0].spread.mean < 1)
        #expect(summary.cells[1][0].spread.mean == 1)
        #expect(summary.cells[1][0].confidence == ConfidenceInterval(share: 10, of: 10))
        // All ten runs gave 100 %: nobody can say that no run ever will give less.
        #expect(summary.cells[1][1].confidence == ConfidenceInterval(share: 10, of: 10))
    }

    /// A difference of shares may be less than nothing, and so may its interval.
    @Test func onlyTheShareOfARunIsHeldWithinNoughtAndOne() throws {
        let plan = try plan(seeds: 6, figures: ["flow.page.success", "flow.page.success - backend.sql.success - 50%"])
        let cells = summary(plan).cells[0]
        #expect(cells[0].confidence == ConfidenceInterval(meanShare: cells[0].spread))
        #expect(cells[1].spread.mean < 0)
        #expect(cells[1].confidence == ConfidenceInterval(mean: cells[1].spread))
    }

    @Test func runsThatFailAreCountedAndTold() throws {
        let plan = try plan(["limits.maxEvents=100,100000"], seeds: 3, figures: ["flow.page.requests"])
        let summary = summary(plan)
        #expect(summary.failed == [3, 0] && summary.measured == [0, 3])
        let table = SweepTable(summary).text
        #expect(table.contains("3 failed"))
        #expect(table.contains("3 runs failed, not counted. The first: "))
    }

    @Test func aFigureThatARunDoesNotHaveIsNotCountedAsNought() throws {
        let plan = try plan(seeds: 3, figures: ["flow.page.latency.p99 until 1ns"])
        let cell = summary(plan).cells[0][0]
        #expect(cell.missing == 3 && cell.spread.count == 0 && cell.confidence == nil)
    }

    // MARK: The same whatever happens

    @Test(arguments: [2, 3, 8]) func threadsChangeNothing(jobs: Int) throws {
        let plan = try plan(["backends.sql.concurrency=1..3"], seeds: 6, precision: 0.2)
        let alone = SweepReport(summary(plan)).json.pretty
        #expect(SweepReport(summary(plan, jobs: jobs)).json.pretty == alone)
    }

    @Test func runsAreTakenInTheirOrder() throws {
        let plan = try plan(["backends.sql.concurrency=1..3"], seeds: 5)
        let taken = Mutex<[Int]>([])
        SweepWorkers(SweepSummary(plan)).work(jobs: 4) { run, _, _ in
            taken.withLock { $0.append(run) }
            return true
        }
        #expect(taken.withLock { $0 } == Array(0..<15))
    }

    /// What was written down before an interruption counts as if there had been none.
    @Test func aSweepThatWasStoppedGoesOnToTheSameResult() throws {
        let plan = try plan(["backends.sql.concurrency=1,2"], seeds: 6)
        let whole = SweepReport(summary(plan)).json.pretty
        let lines = Mutex<[String]>([])
        SweepWorkers(SweepSummary(plan)).work(jobs: 3) { run, outcome, _ in
            lines.withLock { $0.append(SweepLog.line(run, outcome, of: plan)) }
            return run < 4
        }
        var resumed = SweepSummary(plan)
        for (run, line) in lines.withLock({ $0 }).enumerated() {
            resumed.add(try #require(SweepLog.outcome(line, of: run, plan: plan)))
        }
        #expect(resumed.taken == 5)
        let workers = SweepWorkers(resumed)
        workers.work(jobs: 2)
        #expect(SweepReport(workers.summary).json.pretty == whole)
    }

    @Test func aFileOfAnotherSweepIsRefused() throws {
        let plan = try plan(["backends.sql.concurrency=1,2"])
        #expect(SweepLog.problem(inHead: SweepLog.head(plan), of: plan) == nil)
        // More seeds: the same runs and some more.
        let longer = try self.plan(["backends.sql.concurrency=1,2"], seeds: 9)
        #expect(SweepLog.problem(inHead: SweepLog.head(plan), of: longer) == nil)
        let other = try self.plan(["backends.sql.concurrency=1,3"])
        #expect(SweepLog.problem(inHead: SweepLog.head(plan), of: other)?.contains("another sweep") == true)
        for line in ["", "{}", "run,seed", "{\"format\":\"ensayo-sweep\"}"] {
            #expect(SweepLog.problem(inHead: line, of: plan) == "this is not the file of a sweep")
        }
        let damaged = ["", "{\"run\":1,\"seed\":\"7\",\"values\":[1,2,3]}", "{\"run\":0,\"values\":[1]}", "{\"run\":0,"]
        for line in damaged {
            #expect(SweepLog.outcome(line, of: 0, plan: plan) == nil)
        }
    }

    /// Whatever is changed in a line: a value, the seed, one letter; or it comes from another sweep.
    @Test func aLineThatWasChangedIsRefused() throws {
        let plan = try plan(["backends.sql.concurrency=1,2"], figures: ["flow.page.ok"])
        let line = SweepLog.line(3, .measured([412.5]), of: plan)
        #expect(SweepLog.outcome(line, of: 3, plan: plan) == .measured([412.5]))
        for (piece, other) in [("412.5", "225.1"), ("412.5", "null"), ("\"8\"", "\"1\""), ("412.5", "412.50")] {
            let changed = line.replacing(piece, with: other)
            if changed == line { continue }
            #expect(SweepLog.outcome(changed, of: 3, plan: plan) == nil, "\(changed)")
        }
        for index in line.indices {
            var changed = line
            changed.replaceSubrange(index...index, with: line[index] == "7" ? "8" : "7")
            #expect(SweepLog.outcome(changed, of: 3, plan: plan) == nil, "\(changed)")
        }
        #expect(SweepLog.outcome("{\"run\":3,\"seed\":\"7\",\"values\":[412.5]}", of: 3, plan: plan) == nil)
        let other = try self.plan(["backends.sql.concurrency=1,3"], figures: ["flow.page.ok"])
        #expect(SweepLog.outcome(line, of: 3, plan: other) == nil)
    }

    @Test func aChangedLineIsToldAsThat() throws {
        let plan = try plan(figures: ["flow.page.ok"])
        var summary = SweepSummary(plan)
        summary.add(.measured([1]))
        let line = SweepLog.line(1, .measured([412.5]), of: plan).replacing("412.5", with: "999")
        let problem = SweepLog.problem(inLine: 3, line, of: "runs.jsonl", summary)
        #expect(problem.message == "the line of run 1 is not as it was written: its checksum does not fit")
        #expect(problem.file == "runs.jsonl" && problem.line == 3)
        #expect(SweepLog.problem(inLine: 3, "", of: "", summary).message == "this is not the line of run 1")
    }

    @Test func aFileWithoutChecksumsIsRefused() throws {
        let plan = try plan()
        let old = SweepLog.head(plan).replacing("\"version\":2", with: "\"version\":1")
        #expect(SweepLog.problem(inHead: old, of: plan)?.contains("its lines have no checksums") == true)
    }

    @Test func aPreciseCombinationIsNotRunOnAndOn() throws {
        let plan = try plan(["backends.sql.latency=20ms,{ exponential: 80ms }"], seeds: 40, figures: [
            "backend.sql.latency.min"
        ], precision: 0.02)
        let summary = summary(plan, jobs: 2)
        #expect(summary.measured[0] == 10, "a fixed latency is known after the fewest runs")
        #expect(summary.measured[1] == 40)
    }

    // MARK: How it is shown

    @Test func theTableDrawsTheIntervals() throws {
        let plan = try plan(["backends.sql.concurrency=1,2"], seeds: 5, figures: ["flow.page.latency.p99"])
        let summary = summary(plan)
        let table = SweepTable(summary).text
        #expect(table.contains("shop: 2 combinations, 5 seeds, 10 runs measured"))
        #expect(table.contains("95 % interval") && table.contains("●"))
        #expect(table.contains("concurrency is backends.sql.concurrency"))
        #expect(table.contains("  concurrency=2  "))
        let ascii = SweepTable(summary, glyphs: .ascii).text
        #expect(ascii.unicodeScalars.allSatisfy { $0.isASCII }, "\(ascii)")
    }

    /// However many values a combination has and however long they are, and no number is lost for that.
    @Test(arguments: [60, 80, 120], [
        ["backends.sql.concurrency=1,2"],
        ["backends.sql.concurrency=1,2", "backends.sql.latency={ lognormal: { p50: 20ms, p99: 200ms } },50ms"],
        ["backends.sql.concurrency=1,2", "backends.sql.queue=5,20", "clients.web.arrivals={ poisson: 9/s }"],
    ])
    func theTableFitsItsWidth(width: Int, vary: [String]) throws {
        let figures = [
            "flow.page.latency.p99", "flow.page.success", "backend.sql.calls",
            "flow.page.latency.p99 <= 250ms",
            "max(flow.page.latency.p99, backend.sql.latency.p99 + backend.sql.latency.p50) - flow.page.latency.p50",
        ]
        let summary = summary(try plan(vary, seeds: 4, figures: figures))
        let lines = SweepTable(summary, width: width).text.split(separator: "\n").map(String.init)
        for line in lines { #expect(Text.width(line) <= width, "\(line)") }
        let rows = lines.filter { $0.contains(" – ") }
        #expect(rows.count == figures.count * summary.plan.combinations)
        // Where there is no room for both, the numbers stay.
        #expect(rows.allSatisfy { $0.contains("●") } || width < 80, "\(lines.joined(separator: "\n"))")
    }

    /// Two paths that end alike are told apart.
    @Test func aShortNameMeansOneValue() throws {
        let plan = try plan(["backends.sql.concurrency=1,2", "limits.maxEvents=5000"], seeds: 1)
        #expect(SweepNames(plan)[1] == "concurrency=2 maxEvents=5000")
        let yaml = Self.shop.replacing("flows:", with: "  rest: { latency: 5ms, concurrency: 3 }\nflows:")
        let alike = try self.plan(["backends.sql.concurrency=1", "backends.rest.concurrency=2"], seeds: 1, yaml: yaml)
        #expect(SweepNames(alike)[0] == "sql.concurrency=1 rest.concurrency=2")
    }

    @Test func csvHasARowForEachFigureOfEachCombination() throws {
        let plan = try plan(["backends.sql.concurrency=1,2"], seeds: 3)
        let rows = SweepReport(summary(plan)).csv.split(separator: "\r\n")
        #expect(rows[0] == "backends.sql.concurrency,figure,unit,mean,low,high,min,max,runs,missing,failed")
        #expect(rows.count == 7)
        #expect(rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 11 })
    }
}
