import Scenario
import Testing

/// Tables of what is said about mistakes: what is written, and indented below it the column in its line, the message,
/// and the suggestion when there is one.
enum ProblemTable {
    /// - Parameter yaml: the scenario in which a mistake stands.
    static func check(_ table: String, yaml: (String) -> String) {
        var cases: [(written: String, said: [String])] = []
        for line in table.split(separator: "\n").map(String.init) {
            if line.hasPrefix("  "), !cases.isEmpty {
                cases[cases.count - 1].said.append(line)
            } else {
                cases.append((line, []))
            }
        }
        #expect(!cases.isEmpty)
        for (written, expected) in cases {
            #expect(said(yaml(written)) == expected, "\(written)")
        }
    }

    private static func said(_ yaml: String) -> [String] {
        do {
            _ = try ScenarioDocument(yaml: yaml, file: "shop.yaml")
            return []
        } catch {
            return error.problems.flatMap { problem in
                ["  \(problem.column): \(problem.message)"] + (problem.suggestion.map { ["    \($0)"] } ?? [])
            }
        }
    }
}

/// Tables about policies.
enum PolicyTable {
    /// - Parameter areLayers: whether the entries are layers of a policy `guarded`, or policies with their names.
    static func check(_ table: String, areLayers: Bool = true) {
        ProblemTable.check(table) { written in
            Shop.changed(adding: "policies:\n  \(areLayers ? "guarded: [ \(written) ]" : written)\n")
        }
    }
}
