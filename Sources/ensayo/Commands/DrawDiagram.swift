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
            Calls take as long as notes say (Note over SQL: 500ms), else 50 ms. docs/diagrams.md has the rest.

              ensayo diagram checkout.mmd                       in the terminal; q leaves
              ensayo diagram checkout.mmd > checkout.txt        as text
              ensayo diagram checkout.mmd --mode time
              ensayo diagram - < checkout.mmd                   from standard input
              ensayo diagram checkout.mmd --with load.yaml --request 12
              ensayo diagram checkout.mmd --set backends.SQL.latency=2s --do 'at 0s: errors SQL 100%'
              ensayo diagram checkout.mmd --scenario            what it is as a scenario
            """)

    @ArgumentParser.Argument(help: "A file with a sequenceDiagram (NAME.mmd), or - for standard input.")
    var file: String

    @Option(help: ArgumentHelp("A scenario file that says more: latencies, faults, clients.", valueName: "side.yaml"))
    var with: String?

    @Option(help: "How long a participant works that calls nobody, when nothing else is said. Default: 50ms.")
    var latency: String?

    @Option(parsing: .unconditional, help: "The seed. Default: the scenario's.")
    var seed: UInt64?

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Change a value; may be repeated.", valueName: "path=value"))
    var settings: [String] = []

    @Option(
        name: .customLong("do"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Do something during the run: 'at 10s: kill SQL'. May be repeated.", valueName: "intervention"))
    var interventions: [String] = []

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

    func validate() throws {
        if scenario, mermaid { throw ValidationError("--scenario and --mermaid print different things: choose one.") }
        if width < 1 { throw ValidationError("--width is 1 at least.") }
        if request < 1 { throw ValidationError("Requests count from 1.") }
    }

    func run() throws {
        let source = try DiagramSource(file)
        let diagram = try source.diagram()
        if mermaid { return Output.result(DiagramWriter(diagram).text, terminator: "") }
        if scenario { return Output.result(try document(source).yaml, terminator: "") }
        let isStill = noRun || diagram.messageCount == 0
        try show(isStill ? MeasuredDiagram(diagram) : try measured(source), name: source.name)
    }

    private func measured(_ source: DiagramSource) throws(Failure) -> MeasuredDiagram {
        let document = try document(source)
        let changes = try InterventionOptions.read(interventions, for: document)
        let trace: Trace
        do throws(RunError) { trace = try Run(document, seed: seed, interventions: changes).trace() } catch {
            throw .badInput("\(source.name): \(error)")
        }
        let index = TraceIndex(trace)
        guard let diagram = document.scenario.diagram,
            let (measured, info) = diagram.measured(by: index, of: document.scenario, request: request)
        else {
            throw .badInput("\(source.name): there is no request \(request); the run has \(index.requestCount).")
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

    private func document(_ source: DiagramSource) throws(Failure) -> ScenarioDocument {
        let time = try Moment.duration(latency, option: "latency")
        let side = try with.map { path throws(Failure) in (bytes: try TextFile.read(path), file: path) }
        do throws(ScenarioError) {
            let document = try ScenarioDocument(
                diagram: source.text, file: source.name, latency: time, side: side,
                files: with.map(KeyFiles.beside) ?? .none)
            return try SettingOptions.apply(settings, to: document)
        } catch {
            throw Failure(error)
        }
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
        let glyphs = Glyphs(terminal.repertoire)
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

/// The text of a diagram that somebody names.
private struct DiagramSource {
    let name: String
    let text: String

    init(_ path: String) throws(Failure) {
        name = path == "-" ? "standard input" : path
        let bytes = try TextFile.read(path == "-" ? "/dev/stdin" : path, limit: DiagramReader.maximumBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(ScenarioError(problems: [Problem(file: name, message: "this is not UTF-8 text")]))
        }
        self.text = text
    }

    func diagram() throws(Failure) -> Diagram {
        do throws(DiagramError) { return try DiagramReader.read(text) } catch {
            throw Failure(ScenarioError(error, text: text, file: name))
        }
    }
}
