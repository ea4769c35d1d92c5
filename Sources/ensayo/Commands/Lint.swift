import ArgumentParser
import Scenario
import Workshop

/// `ensayo lint`: everything that can be checked in a lesson.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check lessons and scenario files: their form, their text, and that their figures still hold.",
        discussion: """
              ensayo lint                       every lesson
              ensayo lint orchestration
              ensayo lint shop.yaml

            Each problem is printed as file:line:column. Exit status: 0 none, 1 some.
            """)

    @ArgumentParser.Argument(help: "Lessons, their folders, or scenario files. Default: every lesson.")
    var sources: [String] = []

    func run() throws {
        var problems: [Problem] = []
        let names = try sources.isEmpty ? Installation.find().library.entries.map(\.folder) : sources
        if names.isEmpty { throw Failure.badInput("There are no lessons to check.") }
        for name in names { problems += try check(name) }
        for problem in problems { Output.result(problem.description) }
        let checked = names.count == 1 ? "1 checked" : "\(names.count) checked"
        guard problems.isEmpty else {
            throw Failure.checkFailed(
                "\(checked), \(problems.count == 1 ? "1 problem" : "\(problems.count) problems").")
        }
        Output.error("\(checked), no problems.")
    }

    private func check(_ name: String) throws(Failure) -> [Problem] {
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            let bytes = try TextFile.read(name)
            do throws(ScenarioError) {
                _ = try ScenarioDocument(bytes: bytes, file: name, files: .beside(name))
            } catch {
                return error.problems
            }
            return []
        }
        if name.contains("/") { return LessonLint.check(folder: name) }
        let entry: LessonLibrary.Entry
        let library = try Installation.find().library
        do throws(ScenarioError) { entry = try library.entry(name) } catch { throw Failure(error) }
        return LessonLint.check(folder: entry.folder)
    }
}
