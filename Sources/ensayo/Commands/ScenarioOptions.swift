import ArgumentParser
import Model
import Scenario
import Trace
import Workshop

/// Which scenario to run, and how.
struct ScenarioOptions: ParsableArguments {
    @ArgumentParser.Argument(
        help: "A lesson (its id, or the beginning of it), a scenario file (NAME.yaml), a diagram (NAME.mmd), a code.",
        completion: .lessons("yaml", "yml", "mmd", "replay"))
    var source: String

    @Option(help: "One of the lesson's scenarios. Default: its main one.", completion: .scenarios)
    var scenario: String?

    @OptionGroup var changes: ChangeOptions

    @OptionGroup var packs: PackOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Stop at this moment of the run.", valueName: "duration"))
    var until: String?

    /// Runs it.
    func trace() throws(Failure) -> Trace { try trace(of: try document()) }

    /// Runs it, ready for panels.
    func view() throws(Failure) -> RunView {
        let document = try document()
        return RunView(try trace(of: document), of: document.scenario)
    }

    private func trace(of document: ScenarioDocument) throws(Failure) -> Trace {
        let interventions = try changes.interventions(for: document)
        let end = try Moment.read(until, option: "until")
        do throws(RunError) {
            return try Run(document, seed: changes.seed, interventions: interventions).trace(until: end)
        } catch {
            throw .badInput(source, "\(error)")
        }
    }

    /// The scenario with every `--set` applied.
    func document() throws(Failure) -> ScenarioDocument {
        let document = try written()
        do throws(ScenarioError) { return try changes.applied(to: document) } catch {
            throw Failure(error)
        }
    }

    /// What figures call the scenario (`of SCENARIO`), and those of the same lesson.
    func family() throws(Failure) -> (name: String, all: [LessonScenario]) {
        guard isLesson else { return (Lesson.bareScenario, []) }
        let lesson = try Installation.find().lesson(source)
        return (scenario ?? lesson.main, lesson.scenarios)
    }

    private func written() throws(Failure) -> ScenarioDocument {
        guard isFile || isCode else { return try lessonScenario() }
        if scenario != nil { throw .badInput("--scenario", "it is for lessons, and \(source) holds one scenario") }
        if isCode { return try SandboxFiles.document(code: source) }
        if isDiagram { return try MermaidFile(source).document() }
        let bytes = try TextFile.read(source)
        do throws(ScenarioError) {
            return try ScenarioDocument(bytes: bytes, file: source, files: .beside(source))
        } catch {
            throw Failure(error)
        }
    }

    /// Whether it is a recorded session, which only `export` takes.
    var isSession: Bool { source.hasSuffix(GoldenFiles.sessionEnding) }

    var isLesson: Bool { !isFile && !isSession && !isCode }

    /// Whether it is the one-line code of a system.
    private var isCode: Bool { ScenarioCode.isMeant(source) }

    /// Whether nothing but the source is said: all of a lesson is meant, not one of its scenarios.
    var isPlain: Bool { scenario == nil && until == nil && changes.areEmpty }

    /// Whether it is a file, not a lesson's name.
    var isFile: Bool {
        if Installation.isPath(source), Installation.isFolder(source) { return false }
        return source.contains("/") || source.hasSuffix(".yaml") || source.hasSuffix(".yml") || isDiagram
    }

    /// Whether it is a sequence diagram.
    private var isDiagram: Bool { source.hasSuffix(".mmd") }

    private func lessonScenario() throws(Failure) -> ScenarioDocument {
        try Installation.find().lesson(source).document(of: scenario)
    }
}
