/// What is wrong with a scenario or a lesson file, each problem with its place.
public struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// At most this many problems are shown; the rest is counted.
    static let shown = 20

    public var problems: [Problem]
    public init(problems: [Problem]) { self.problems = problems }

    /// The problems as text for people: each with its line and a mark under the place. Safe for a terminal.
    public var description: String {
        var text = problems.prefix(Self.shown).map(\.description).joined(separator: "\n")
        if problems.count > Self.shown { text += "\nand \(problems.count - Self.shown) more" }
        return text
    }
}
