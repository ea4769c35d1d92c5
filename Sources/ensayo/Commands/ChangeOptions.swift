import ArgumentParser
import Scenario

/// What every command that runs something can change of it.
struct ChangeOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "The seed. Default: the scenario's.")
    var seed: UInt64?

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Change a value; may be repeated.", valueName: "path=value"))
    var settings: [String] = []

    @Option(
        name: .customLong("do"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Do something during the run: 'at 10s: kill cosmos'. May be repeated.", valueName: "intervention"))
    var actions: [String] = []

    var areEmpty: Bool { seed == nil && settings.isEmpty && actions.isEmpty }

    /// The scenario with every `--set` applied.
    func applied(to document: ScenarioDocument) throws(ScenarioError) -> ScenarioDocument {
        var document = document
        for setting in settings { document = try Self.apply(setting, to: document) }
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

    /// What every `--do` does in a run of the scenario.
    func interventions(for document: ScenarioDocument) throws(Failure) -> [Intervention] {
        var interventions: [Intervention] = []
        do throws(ScenarioError) {
            for action in actions {
                let intervention = try Intervention(text: action, origin: "--do")
                try document.validated(intervention, origin: "--do")
                interventions.append(intervention)
            }
        } catch {
            throw Failure(error)
        }
        return interventions
    }
}
