import Analysis
import ArgumentParser
import Model
import Scenario
import Trace
import Workshop

/// `ensayo run`: a lesson's scenario, or a file's, without a terminal.
struct RunScenario: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a lesson's scenario, or one of your own, and print its figures.",
        discussion: """
            The same scenario, seed and settings always give the same figures and the same
            digest.

              ensayo run orchestration
              ensayo run orchestration --scenario fan-out --set backends.sql.concurrency=5
              ensayo run shop.yaml --seed 7 --until 30s --format json
              ensayo run shop.yaml --do 'at 10s: kill cosmos'
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @OptionGroup var source: ScenarioOptions

    @Option(help: "How to print: table, json (see docs/run.schema.json) or csv.")
    var format = Format.table

    @Flag(help: "Print the trace's digest alone.")
    var digest = false

    func run() throws {
        let index = TraceIndex(try source.trace())
        let report = RunReport(index)
        if digest { return Output.result(report.digest) }
        switch format {
        case .table: Output.result(report.table, terminator: "")
        case .json: Output.result(report.json.pretty)
        case .csv: Output.result(report.csv, terminator: "")
        }
    }
}
