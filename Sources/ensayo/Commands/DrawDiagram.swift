import Analysis
import ArgumentParser
import Diagrams
import Model
import NcursesTerminal
import Scenario
import TerminalKit
import Trace
import Workshop

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `ensayo diagram`: runs a Mermaid sequence diagram and draws it with the times that it took.
struct DrawDiagram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagram",
        abstract: "Run a Mermaid sequence diagram, and draw it with the times that it took.",
        discussion: """
            Calls take as long as notes say (Note over SQL: 500ms), else 50 ms.
            docs/diagrams.md has the rest.

              ensayo diagram checkout.mmd                       in the terminal; q leaves
              ensayo diagram checkout.mmd > checkout.txt        as text
              ensayo diagram checkout.mmd --mode time
              ensayo diagram - < checkout.mmd                   from standard input
              ensayo diagram checkout.mmd --with load.yaml --request 12
              ensayo diagram checkout.mmd --do 'at 0s: errors SQL 100%'
              ensayo diagram checkout.mmd --scenario            what it is as a scenario
            """)

    @ArgumentParser.Argument(
        help: "A file with a sequenceDiagram (NAME.mmd), or - for standard input.",
        completion: .file(extensions: ["mmd"]))
    var file: String

    @Option(
        help: ArgumentHelp("A scenario file that says more: latencies, faults, clients.", valueName: "side.yaml"),
        completion: .file(extensions: ["yaml", "yml"]))
    var with: String?

    @Option(help: "How long a participant works that calls nobody, when nothing else is said. Default: 50ms.")
    var latency: String?

    @OptionGroup var changes: ChangeOptions

    @Option(help: "The request that is drawn, from 1.")
    var request = 1

    @Option(help: "The rows: compact (one a message) or time (rows are time).")
    var mode = DiagramMode.compact

    @Option(help: "Columns to fit in, when it is drawn as text.")
    var width = 80

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    @Option(help: "The language: en or es. Default: the locale's.")
    var language: Language?

    @Flag(help: "Draw it as it is, without running it.")
    var noRun = false

    @Flag(help: "Draw it as text, also in a terminal.")
    var text = false

    @Flag(help: "Print the scenario that it is, as YAML.")
    var scenario = false

    @Flag(help: "Print the diagram as Mermaid text in its canonical form.")
    var mermaid = false

    private func check() throws(Failure) {
        if scenario, mermaid { throw .badInput("--scenario", "it prints another thing than --mermaid", "choose one") }
        if noRun || mermaid, with != nil || latency != nil || !changes.areEmpty {
            throw .badInput(
                "--\(mermaid ? "mermaid" : "no-run")", "it takes the diagram as it is",
                "--with, --latency, --seed, --set and --do mean nothing with it")
        }
        if width < 1 { throw .badInput("--width", "expected 1 at least, not \(width)") }
        if request < 1 { throw .badInput("--request", "expected 1 at least, not \(request)") }
    }

    func run() throws {
        try check()
        let source = try MermaidFile(file)
        let diagram = try source.diagram()
        if mermaid { return Output.result(DiagramWriter(diagram).text, terminator: "") }
        if scenario { return Output.result(try document(source).yaml, terminator: "") }
        let isStill = noRun || diagram.messageCount == 0
        if isStill, !noRun { Output.error("\(source.name) has no messages: nothing has run.") }
        try show(isStill ? MeasuredDiagram(diagram) : try measured(source), name: source.name)
    }

    private func measured(_ source: MermaidFile) throws(Failure) -> MeasuredDiagram {
        let document = try document(source)
        let interventions = try changes.interventions(for: document)
        let trace: Trace
        do throws(RunError) {
            trace = try Run(document, seed: changes.seed, interventions: interventions).trace()
        } catch {
            throw .badInput(source.name, "\(error)")
        }
        let index = TraceIndex(trace)
        guard let diagram = document.scenario.diagram,
            let (measured, info) = diagram.measured(by: index, of: document.scenario, request: request)
        else {
            throw .badInput("--request", "there is no request \(request): the run has \(index.requestCount)")
        }
        let client = trace.name(info.client)
        let end = info.latency.map { "\(info.outcome.isSuccess ? "ok" : "failed") after \(Self.milliseconds($0))" }
        Output.error(
            "Request \(request) of \(index.requestCount), by \(client): \(end ?? "not answered"). "
                + "Digest \(RunReport(index).digest).")
        return measured
    }

    private static func milliseconds(_ nanoseconds: Int64) -> String {
        NumberText(.english, .unicode).duration(nanoseconds)
    }

    private func document(_ source: MermaidFile) throws(Failure) -> ScenarioDocument {
        let document = try source.document(latency: try Moment.duration(latency, option: "latency"), side: with)
        do throws(ScenarioError) { return try changes.applied(to: document) } catch { throw Failure(error) }
    }

    // MARK: Drawing

    private func show(_ measured: MeasuredDiagram, name: String) throws(Failure) {
        let language = language ?? .fromEnvironment
        let isForPeople = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        guard isForPeople, !text else {
            let style = DiagramStyle(mode: mode, glyphs: ascii ? .ascii : .unicode, language: language, width: width)
            return Output.result(DiagramText(measured, style: style).text, terminator: "")
        }
        let terminal = try terminal()
        defer { terminal.close() }
        let glyphs = terminal.repertoire.glyphs
        DiagramViewer(measured, name: name, mode: mode, language: language, glyphs: glyphs).run(on: terminal)
    }

    private func terminal() throws(Failure) -> NcursesTerminal {
        let theme = try ThemeFile.read("ensayo", assets: try Installation.find().assets)
        do throws(NcursesError) {
            return try NcursesTerminal(theme: theme, depth: nil, repertoire: ascii ? .ascii : nil)
        } catch {
            throw .badInput(error.description)
        }
    }
}

extension DiagramMode: ExpressibleByArgument {}
