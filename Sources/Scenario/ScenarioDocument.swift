/// A scenario file as read: its text, where each value stands, and changes made to it.
///
/// All ways to change a parameter (`--set`, a control, an intervention) go through ``setting(_:to:)``, so that every
/// change meets the same checks as the file itself.
public struct ScenarioDocument: Sendable {
    public let scenario: Scenario

    /// Reads a scenario. Throws ``ScenarioError`` with every problem found, each with its place.
    public init(yaml: String, file: String) throws(ScenarioError) { throw ScenarioError(problems: []) }

    /// The document with the value at `path` replaced by `value`, written as YAML.
    public func setting(_ path: String, to value: String) throws(ScenarioError) -> ScenarioDocument { self }

    /// The value at `path` as it would be written in YAML, or `nil` if it is not set.
    public func value(at path: String) -> String? { nil }
}
