import ArgumentParser
import Scenario
import Workshop

/// `ensayo list`: the lessons there are.
struct ListLessons: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the lessons.",
        discussion: """
            One a line: number, id, title and length, apart by tabs.

              ensayo list
              ensayo list --language es
            """)

    @Option(help: "The language: en or es. Default: the locale's.")
    var language: Language?

    func run() throws {
        let language = language ?? .fromEnvironment
        let library = try Installation.find().library
        var problems: [ScenarioError] = []
        for entry in library.entries {
            do throws(ScenarioError) {
                let cover = try library.cover(entry)
                Output.result("\(entry.number)\t\(entry.id)\t\(cover.title(language))\t\(cover.minutes) min")
            } catch {
                problems.append(error)
            }
        }
        if !problems.isEmpty { throw Failure.badInput(problems.map(\.description).joined(separator: "\n")) }
    }
}
