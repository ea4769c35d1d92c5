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
    func trace() throws(Failure) -> Trace {
        let document = try document()
        let changes = try changes(of: document)
        let end = try end()
        do throws(RunError) {
            return try Run(document, seed: seed, interventions: changes).trace(until: end)
        } catch {
            throw .badInput("\(source): \(error)")
        }
    }

    /// Where `--until` stops the run.
    private func end() throws(Failure) -> VirtualTime? {
        guard let until else { return nil }
        if let moment = Duration(written: until), moment >= .zero { return .zero.advanced(by: moment) }
        let mark = SourceText(file: "--until", text: until).mark(line: 1, column: 1, length: until.unicodeScalars.count)
        throw Failure(ScenarioError(problems: [mark.problem("expected a time of the run, such as 1.5s")]))
    }

    /// The scenario with every `--set` applied.
    func document() throws(Failure) -> ScenarioDocument {
        var document = try written()
        do throws(ScenarioError) {
            for setting in settings { document = try apply(setting, to: document) }
        } catch {
            throw Failure(error)
        }
        return document
    }

    private func apply(_ setting: String, to document: ScenarioDocument) throws(ScenarioError) -> ScenarioDocument {
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

    private func written() throws(Failure) -> ScenarioDocument {
        guard isFile else { return try lessonScenario() }
        if scenario != nil { throw .badInput("\(source) holds one scenario: --scenario is for lessons.") }
        let bytes = try TextFile.read(source)
        do throws(ScenarioError) {
            return try ScenarioDocument(bytes: bytes, file: source, files: .beside(source))
        } catch {
            throw Failure(error)
        }
    }

    private var isFile: Bool {
        source.contains("/") || source.hasSuffix(".yaml") || source.hasSuffix(".yml")
    }

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

    private func changes(of document: ScenarioDocument) throws(Failure) -> [Intervention] {
        var changes: [Intervention] = []
        do throws(ScenarioError) {
            for text in interventions {
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
