import Analysis
import ArgumentParser
import Trace
import Workshop

/// `ensayo export`: a run, a lesson or a session in the formats of other tools.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a run, a lesson or a recorded session for other tools, pages and players.",
        discussion: """
            Equal inputs give equal bytes. docs/export.md describes each format.

            A run, from a lesson's scenario or a scenario file:

              ensayo export orchestration --as mermaid    the first request
              ensayo export shop.yaml --as mermaid --request 12
              ensayo export shop.yaml --as chrome-trace -o run.json   for Perfetto
              ensayo export shop.yaml --as otlp-json -o run.json      OpenTelemetry
              ensayo export shop.yaml --as csv --table spans --from 10s --to 12s
              ensayo export shop.yaml --as json --only sql            events

            A screen, or many:

              ensayo export retry --as svg --step herd --size 120x40 -o herd.svg
              ensayo export shop.yaml --as text --panels topology,metrics --at 12s
              ensayo export retry --as asciicast -o retry.cast    its own session
              ensayo export visit.replay --as asciicast -o visit.cast
              ensayo export shop.yaml --as asciicast --speed 5 --from 10s --to 20s

            A whole lesson to read, or what became of a run:

              ensayo export retry --as html --language es -o retry.html
              ensayo export shop.yaml --as markdown -o shop.md
            """)

    @OptionGroup var source: ScenarioOptions

    @Option(name: .customLong("as"), help: ArgumentHelp("The format.", valueName: "format"))
    var format: ExportFormat

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to this file, not to standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @OptionGroup(title: "Which part of a run") var part: PartOptions
    @OptionGroup(title: "Screens and pages") var picture: PictureOptions

    func run() throws {
        try ExportUse(self).check()
        let text = try text()
        if let output { try TextFile.write(text, to: output) } else { Output.result(text, terminator: "") }
    }

    private func text() throws(Failure) -> String {
        switch format {
        case .mermaid, .chromeTrace, .otlpJSON, .csv, .json:
            try TraceExport(index: TraceIndex(try source.trace()), part: part).text(as: format)
        case .svg, .text, .asciicast:
            try source.isSession
                ? SessionExport(path: source.source, picture: picture).text(as: format)
                : PictureExport(source: source, part: part, picture: picture).text(as: format)
        case .html, .markdown:
            try HandoutExport(source: source, part: part, picture: picture).text(as: format)
        }
    }
}
