import Foundation
import Testing

/// Rules of this code base that a compiler does not know.
@Suite struct TidyTests {
    let sources = Repository.files(below: "Sources", endings: ["swift"])
    let tests = Repository.files(below: "Tests", endings: ["swift"])

    @Test func sourcesAreFound() {
        #expect(sources.count > 50)
        #expect(tests.count > 20)
    }

    @Test func linesFitIn120Columns() {
        #expect(Repository.places(in: sources + tests) { $0.count > 120 } == [])
    }

    @Test func filesStayShort() {
        #expect(sources.filter { $0.lines.count > 400 }.map(\.path) == [])
    }

    /// A run depends on its inputs alone: no wall clock, no global randomness, no threads of its own.
    @Test(arguments: [
        "Task.sleep", "Date(", "Dispatch", "SystemRandomNumberGenerator", ".shuffled(", ".randomElement(",
        "import Foundation", "Task {", "Task.detached", "ProcessInfo", "getenv",
    ])
    func simulationIsDeterministic(banned: String) {
        let targets = ["Trace", "Resilience", "Simulation", "Scenario", "Model"]
        let kernel = sources.filter { file in targets.contains { file.path.hasPrefix("Sources/\($0)/") } }
        #expect(Repository.places(in: kernel) { contains(code(of: $0), word: banned) } == [])
    }

    /// Nothing that a person does may end the program.
    @Test(arguments: ["try!", "fatalError(", "as!", "unowned(unsafe)"])
    func sourcesDoNotTrap(banned: String) {
        #expect(Repository.places(in: sources) { code(of: $0).contains(banned) } == [])
    }

    @Test(arguments: ["TODO", "FIXME", "XXX"])
    func nothingIsLeftOpen(banned: String) {
        #expect(Repository.places(in: sources) { $0.contains(banned) } == [])
    }

    @Test(arguments: ["Task.sleep", "Thread.sleep", "usleep(", "nanosleep("])
    func testsDoNotWaitOnTheWallClock(banned: String) {
        let others = tests.filter { !$0.path.hasPrefix("Tests/TidyTests/") }
        #expect(Repository.places(in: others) { code(of: $0).contains(banned) } == [])
    }

    /// One place calls ncurses, and the views know no terminal.
    @Test func onlyTheTerminalTargetsCallNcurses() {
        let others = sources.filter { !$0.path.hasPrefix("Sources/NcursesTerminal/") }
        #expect(Repository.places(in: others) { $0.contains("import CNcurses") } == [])
    }

    @Test func publicDeclarationsOfLibrariesAreDocumented() {
        let libraries = ["Trace", "Resilience", "Simulation"]
        let files = sources.filter { file in libraries.contains { file.path.hasPrefix("Sources/\($0)/") } }
        var missing: [String] = []
        for file in files {
            for (index, line) in file.lines.enumerated() where declaresPublicType(line) {
                let above = file.lines[..<index].reversed().first { !isAttribute($0) } ?? ""
                if !above.trimmingCharacters(in: .whitespaces).hasPrefix("///") {
                    missing.append("\(file.path):\(index + 1)")
                }
            }
        }
        #expect(missing == [])
    }

    /// Whether the line holds the text, and not as the end of a longer name.
    private func contains(_ line: String, word: String) -> Bool {
        line.ranges(of: word).contains { range in
            let before = line[..<range.lowerBound].last
            return !(word.first?.isLetter ?? false) || !(before?.isLetter ?? false)
        }
    }

    /// The line without its comment.
    private func code(of line: String) -> String {
        line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
    }

    private func declaresPublicType(_ line: String) -> Bool {
        let kinds = ["struct", "class", "final class", "enum", "indirect enum", "protocol", "actor"]
        return kinds.contains { line.hasPrefix("public \($0) ") }
    }

    private func isAttribute(_ line: String) -> Bool { line.trimmingCharacters(in: .whitespaces).hasPrefix("@") }
}
