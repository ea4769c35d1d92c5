import ArgumentParser
import Scenario
import Workshop

/// `ensayo list`: the lessons there are.
struct ListLessons: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the lessons.",
        discussion: """
            One a line: number, id, title, length and pack, apart by tabs. Lessons that
            come with Ensayo have no pack.

              ensayo list
              ensayo list --language es
              ensayo list --lessons ~/lessons
              ensayo list --themes
            """)

    @Option(help: "The language: en or es. Default: the locale's.")
    var language: Language?

    @Flag(help: "List the themes instead: what --theme and ENSAYO_THEME take.")
    var themes = false

    @OptionGroup var packs: PackOptions

    func run() throws {
        if themes {
            for name in ThemeFile.names(in: try Installation.find().assets) { Output.result(SafeText.line(name)) }
            return
        }
        let language = language ?? .fromEnvironment
        let library = try Installation.find().library
        var problems = library.problems.map { ScenarioError(problems: [$0]) }
        for entry in library.entries {
            do throws(ScenarioError) {
                let cover = try library.cover(entry)
                let title = SafeText.line(cover.title(language))
                let pack = entry.pack.map { "\t\($0)" } ?? ""
                Output.result("\(entry.number)\t\(SafeText.line(entry.id))\t\(title)\t\(cover.minutes) min\(pack)")
            } catch {
                problems.append(error)
            }
        }
        if !problems.isEmpty { throw Failure.badInput(told: problems.map(\.description)) }
    }
}
