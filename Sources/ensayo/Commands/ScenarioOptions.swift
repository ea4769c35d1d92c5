import ArgumentParser
import Model
import Scenario
import Trace
import Workshop

/// Which scenario to run, and how.
struct ScenarioOptions: ParsableArguments {
    @ArgumentParser.Argument(help: "A lesson (its id, or the beginning of it) or a scenario file (NAME.yaml).")
    var source: String

    @Option(help: "One of the lesson's scenarios. Default: its main one.")
    var scenario: String?

    @Option(parsing: .unconditional, help: "The seed. Default: the scenario's.")
    var seed: UInt64?

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Change a value; may be repeated.", valueName: "path=value"))
    var settings: [String] = []

    @Option(parsing: .unconditional, help: ArgumentHelp("Stop at this moment of the run.", valueName: "duration"))
    var until: String?

    @Option(
        name: .customLong("do"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Do something during the run: 'at 10s: kill cosmos'. May be repeated.", valueName: "intervention"))
    var interventions: [String] = []

    /// Runs it.
    func trace() throws(Failure) -> Trace { try trace(of: try document()) }

    /// Runs it, ready for panels.
    func view() throws(Failure) -> RunView {
        let document = try document()
        return RunView(
            try trace(of: document), marks: document.scenario.marks, diagram: RunDiagram(document.scenario))
    }

    private func trace(of document: ScenarioDocument) throws(Failure) -> Trace {
        let changes = try InterventionOptions.read(interventions, for: document)
        let end = try Moment.read(until, option: "until")
        do throws(RunError) {
            return try Run(document, seed: seed, interventions: changes).trace(until: end)
        } catch {
            throw .badInput("\(source): \(error)")
        }
    }

    /// The scenario with every `--set` applied.
    func document() throws(Failure) -> ScenarioDocument {
        let document = try written()
        do throws(ScenarioError) { return try SettingOptions.apply(settings, to: document) } catch {
            throw Failure(error)
        }
    }

    private func written() throws(Failure) -> ScenarioDocument {
        guard isFile else { return try lessonScenario() }
        if scenario != nil { throw .badInput("\(source) holds one scenario: --scenario is for lessons.") }
        let bytes = try TextFile.read(source)
        do throws(ScenarioError) {
            if isDiagram {
                return try ScenarioDocument(diagram: String(decoding: bytes, as: UTF8.self), file: source)
            }
            return try ScenarioDocument(bytes: bytes, file: source, files: .beside(source))
        } catch {
            throw Failure(error)
        }
    }

    /// Whether it is a recorded session, which only `export` takes.
    var isSession: Bool { source.hasSuffix(GoldenFiles.sessionEnding) }

    var isLesson: Bool { !isFile && !isSession }

    /// Whether nothing but the source is said: all of a lesson is meant, not one of its scenarios.
    var isPlain: Bool { scenario == nil && seed == nil && settings.isEmpty && until == nil && interventions.isEmpty }

    /// Whether it is a file, not a lesson's name.
    var isFile: Bool {
        source.contains("/") || source.hasSuffix(".yaml") || source.hasSuffix(".yml") || isDiagram
    }

    /// Whether it is a sequence diagram.
    private var isDiagram: Bool { source.hasSuffix(".mmd") }

    private func lessonScenario() throws(Failure) -> ScenarioDocument {
        let lesson = try Installation.find().lesson(source)
        let name = scenario ?? lesson.main
        if let found = lesson.scenario(name) { return found.document }
        let known = lesson.scenarios.map(\.name)
        let nearest = Suggestion.nearest(to: name, in: known).map { "Did you mean \"\($0)\"?" }
        throw .badInput(
            "\(lesson.id) has no scenario \(SafeText.quoted(name)). "
                + (nearest ?? "It has: \(known.joined(separator: ", "))."))
    }
}

/// `--set`, as often as it is written.
enum SettingOptions {
    /// The scenario with each of them applied.
    static func apply(_ settings: [String], to document: ScenarioDocument) throws(ScenarioError) -> ScenarioDocument {
        var document = document
        for setting in settings { document = try apply(setting, to: document) }
        return document
    }

    private static func apply(
        _ setting: String, to document: ScenarioDocument
    ) throws(ScenarioError) -> ScenarioDocument {
        guard let equals = setting.firstIndex(of: "=") else {
            throw ScenarioError(problems: [
                Problem(
                    file: "--set", message: "expected path=value, got \(SafeText.quoted(setting))",
                    suggestion: "--set backends.sql.latency=80ms")
            ])
        }
        let value = String(setting[setting.index(after: equals)...])
        return try document.setting(String(setting[..<equals]), to: value, origin: "--set")
    }
}

/// `--do`, as often as it is written.
enum InterventionOptions {
    /// What is to be done in a run of a scenario.
    static func read(_ texts: [String], for document: ScenarioDocument) throws(Failure) -> [Intervention] {
        var changes: [Intervention] = []
        do throws(ScenarioError) {
            for text in texts {
                let change = try Intervention(text: text)
                try document.validated(change)
                changes.append(change)
            }
        } catch {
            throw Failure(error)
        }
        return changes
    }
}
