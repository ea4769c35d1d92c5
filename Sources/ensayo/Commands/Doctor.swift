import ArgumentParser
import FoundationEssentials
import NcursesTerminal
import TerminalKit
import Workshop

/// `ensayo doctor`: what Ensayo finds on this machine.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what Ensayo finds here: its files, the terminal, the language.",
        discussion: """
              ensayo doctor
              ENSAYO_HOME=~/lessons ensayo doctor

            Exit status: 0, or 1 when the lessons are not found.
            """)

    func run() throws {
        var problem: Failure?
        do throws(Failure) {
            let installation = try Installation.find()
            let library = installation.library
            print("lessons", "\(installation.lessons) (\(library.entries.count { $0.pack == nil }))")
            for pack in PackOptions.folders { print("pack", pack) }
            for problem in library.problems { print("pack", problem.description) }
        } catch {
            print("lessons", "not found")
            problem = error
        }
        print("progress", StateFolder.path + "/progress.json")
        let environment = ProcessInfo.processInfo.environment
        print("language", Language.fromEnvironment.rawValue)
        for name in ["ENSAYO_HOME", "TERM", "COLORTERM", "LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR"] {
            print(name, environment[name].map { String(reflecting: $0) } ?? "not set")
        }
        if let problem { throw Failure.checkFailed(problem.message) }
    }

    private func print(_ name: String, _ value: String) {
        Output.result(Text.pad(name, to: 12) + value)
    }
}
