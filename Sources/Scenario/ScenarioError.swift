/// What is wrong with a scenario, each problem with its place.
public struct ScenarioError: Error, Hashable, Sendable {
    public var problems: [Problem]
    public init(problems: [Problem]) { self.problems = problems }
}

/// One problem: where, what, and what to write instead.
public struct Problem: Hashable, Sendable {
    public var file: String
    /// From 1; 0: no place in the file.
    public var line: Int
    public var column: Int
    /// The line itself, without control characters.
    public var source: String
    public var message: String
    public var suggestion: String?

    public init(file: String, line: Int, column: Int, source: String, message: String, suggestion: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.source = source
        self.message = message
        self.suggestion = suggestion
    }
}
