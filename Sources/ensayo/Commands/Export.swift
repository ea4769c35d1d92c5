import Analysis
import ArgumentParser
import Trace
import Workshop

/// `ensayo export`: a run in the formats of other tools.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario and print it for other tools.",
        discussion: """
              ensayo export orchestration --mermaid                a sequence diagram of the first request
              ensayo export shop.yaml --mermaid --request 12
              ensayo export shop.yaml --chrome > run.json          for chrome://tracing or Perfetto
              ensayo export shop.yaml --otlp > run.json            OpenTelemetry, as JSON
            """)

    enum Format: String, EnumerableFlag {
        case mermaid, chrome, otlp, csv, json
    }

    @OptionGroup var source: ScenarioOptions

    @Flag(help: "The format.")
    var format: Format

    @Option(help: "The request that --mermaid draws, from 1.")
    var request: UInt32 = 1

    func run() throws {
        let index = TraceIndex(try source.trace())
        switch format {
        case .mermaid:
            guard index.request(RequestID(request)) != nil else {
                throw Failure.badInput("There is no request \(request): the run has \(index.requests.count).")
            }
            Output.result(MermaidSequence(of: RequestID(request), in: index).text, terminator: "")
        case .chrome: Output.result(ChromeTrace(index).json.compact)
        case .otlp: Output.result(OTLPTrace(index).json.compact)
        case .csv: Output.result(RunReport(index).csv, terminator: "")
        case .json: Output.result(RunReport(index).json.pretty)
        }
    }
}
