import ArgumentParser
import Dispatch
import FoundationEssentials
import Glibc
import Scenario
import Synchronization
import Workshop

/// `ensayo sweep`: a scenario with many values and many seeds.
struct Sweep: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario with many values and seeds, and compare the figures with their confidence.",
        discussion: """
            Every combination of values runs with every seed. docs/sweep.md says how to
            read the result.

              ensayo sweep shop.yaml --seeds 50
              ensayo sweep shop.yaml --vary backends.sql.concurrency=5,10,20
              ensayo sweep shop.yaml --metric flow.page.latency.p99
              ensayo sweep shop.yaml --metric 'flow.page.success >= 99%'
              ensayo sweep retry --vary backends.rest.latency=50ms..200ms/4 --seeds 5
              ensayo sweep shop.yaml --seeds 500 --out runs.jsonl
              ensayo sweep shop.yaml --seeds 500 --out runs.jsonl --resume

            Exit status: 0 done, 1 no run could be measured, 2 bad use or bad input, 130
            stopped by Ctrl-C, 143 by SIGTERM.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @OptionGroup var source: ScenarioOptions

    @Option(
        name: .customLong("vary"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Values to try: V1,V2,... or 1..10 or 100ms..1s/5. May be repeated.", valueName: "path=values"))
    var variations: [String] = []

    @Option(help: "With how many seeds: the scenario's own and those that follow it.")
    var seeds = 20

    @Option(
        name: .customLong("metric"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A figure, or a condition: then the share of runs in which it holds. May be repeated. "
                + "Default: latency and success of every flow.", valueName: "figure"))
    var metrics: [String] = []

    @Option(
        help: ArgumentHelp("Keep every run in this file, one line of JSON each.", valueName: "file"),
        completion: .file())
    var out: String?

    @Flag(help: "Go on with the runs that --out has already.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "Stop trying a combination when half of every interval is at most so much of its mean.", valueName: "share")
    )
    var precision: String?

    @Option(help: "How many runs at once. Default: the machine's processors.")
    var jobs: Int?

    @Option(help: "How to print: table, json or csv.")
    var format = Format.table

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    func run() throws {
        try check()
        let plan = try plan()
        var summary = SweepSummary(plan)
        let file = try out.map { path throws(Failure) in
            try SweepFile(path, isResumed: resume, into: &summary)
        }
        let workers = SweepWorkers(summary)
        let progress = SweepProgress(known: summary.taken)
        let interrupt = Interrupt { workers.stop() }
        defer { interrupt.close() }
        let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        let trouble = Mutex<Failure?>(nil)
        workers.work(jobs: jobs) { run, outcome, summary in
            do throws(Failure) { try file?.add(run, outcome, of: plan) } catch {
                trouble.withLock { $0 = error }
                return false
            }
            progress.show(summary)
            return true
        }
        progress.finish()
        if let failure = trouble.withLock({ $0 }) { throw failure }
        summary = workers.summary
        if let signal = interrupt.signal, summary.taken < plan.runs { throw stopped(summary, by: signal) }
        print(summary)
        if summary.measured.allSatisfy({ $0 == 0 }) { throw Failure.checkFailed("No run could be measured.") }
    }

    private func stopped(_ summary: SweepSummary, by signal: Int32) -> Failure {
        let done = "Stopped after \(summary.taken) of \(Counted(summary.plan.runs, "run"))."
        let hint = out.map { "They are in \($0): --resume goes on with them." } ?? "--out FILE would have kept them."
        // As shells say it of a program that a signal ended.
        return Failure(message: "\(done) \(hint)", code: 128 + signal)
    }

    private func print(_ summary: SweepSummary) {
        switch format {
        case .table:
            let table = SweepTable(summary, glyphs: ascii ? .ascii : .unicode, width: Output.columns)
            Output.result(table.text, terminator: "")
        case .json: Output.result(SweepReport(summary).json.pretty, terminator: "")
        case .csv: Output.result(SweepReport(summary).csv, terminator: "")
        }
    }

    // MARK: What is asked for

    private func check() throws(Failure) {
        if !(1...SweepPlan.mostSeeds).contains(seeds) {
            throw .badInput("--seeds", "expected 1 to \(SweepPlan.mostSeeds), not \(seeds)")
        }
        if let jobs, !(1...256).contains(jobs) { throw .badInput("--jobs", "expected 1 to 256, not \(jobs)") }
        if resume, out == nil {
            throw .badInput("--resume", "there is no file to go on with", "say which: --out runs.jsonl")
        }
    }

    private func plan() throws(Failure) -> SweepPlan {
        let document = try source.document()
        let interventions = try source.changes.interventions(for: document)
        let until = try Moment.read(source.until, option: "until")
        let precision = try share()
        let (scenario, others) = try source.family()
        do throws(ScenarioError) {
            return try SweepPlan(
                document, name: source.source, vary: try Variation.all(variations, of: document.scenario), seeds: seeds,
                firstSeed: source.changes.seed, scenario: scenario, others: others, figures: metrics,
                interventions: interventions, until: until, precision: precision)
        } catch {
            throw Failure(error)
        }
    }

    private func share() throws(Failure) -> Double? {
        guard let precision else { return nil }
        if let value = MetricValue(precision), value.unit == .share, value.amount > 0 { return value.amount }
        throw .badInput("--precision", "expected a share, such as 2%, not \(SafeText.quoted(precision))")
    }
}

/// Ctrl-C and SIGTERM, as long as somebody listens for them.
private struct Interrupt {
    private static let signals = [SIGINT, SIGTERM]

    private let sources: [any DispatchSourceSignal]
    private let first: FirstSignal

    init(_ act: @escaping @Sendable () -> Void) {
        let first = FirstSignal()
        self.first = first
        sources = Self.signals.map { number in
            // The default would end the program at once.
            Glibc.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                first.take(number)
                act()
            }
            source.resume()
            return source
        }
    }

    var signal: Int32? { first.number }

    func close() {
        for source in sources { source.cancel() }
        for number in Self.signals { Glibc.signal(number, SIG_DFL) }
    }
}

/// The signal that came first, told by whichever thread it came on.
private final class FirstSignal: Sendable {
    /// 0: none.
    private let kept = Atomic<Int32>(0)

    func take(_ number: Int32) { _ = kept.compareExchange(expected: 0, desired: number, ordering: .relaxed) }

    var number: Int32? {
        let number = kept.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
