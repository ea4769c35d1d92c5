import ArgumentParser
import Glibc
import Scenario

/// The command line. Exit status: 0 done, 1 a check failed, 2 bad use or bad input.
@main
struct Ensayo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ensayo",
        abstract: "Rehearse how distributed systems fail and recover.",
        discussion: """
            Without a command it opens the menu of lessons.

              ensayo                               the menu
              ensayo --linear                      the same in sentences, line by line
              ensayo learn orchestration           one lesson
              ensayo present orchestration         the same, for a class
              ensayo run orchestration             its figures, without a terminal
              ensayo run shop.yaml --seed 7 --format json
              ensayo diagram checkout.mmd          a Mermaid sequence diagram, run
              ensayo sandbox                       a system of your own
              ensayo replay                        every recorded session of every lesson
              ensayo sweep shop.yaml --seeds 50    many seeds, with confidence intervals

            The menu's options, such as --linear, --ascii, --language, --theme and
            --lessons: ensayo help menu
            """,
        version: "0.1.0",
        subcommands: [
            Menu.self, Learn.self, Present.self, Follow.self, Notes.self, RunScenario.self, ReplaySessions.self,
            ListLessons.self, Lint.self, Export.self, New.self, DrawDiagram.self, Sandbox.self, Shrink.self,
            Sweep.self, Doctor.self,
            WriteManual.self,
        ],
        defaultSubcommand: Menu.self)

    static func main() {
        // A reader that went away (`| head`) is no error; writes say so.
        signal(SIGPIPE, SIG_IGN)
        do {
            let words = CommandLine.arguments.dropFirst()
            if CompletedEnsayo.isMeant(by: Array(words)) { return CompletedEnsayo.main() }
            try checkCommand(words.first == "help" ? words.dropFirst().first : words.first)
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            Output.error(failure.message)
            exit(withCode: failure.code)
        } catch {
            let code = exitCode(for: error)
            // Bad use is 2 here, not the 64 of sysexits.h.
            if code == .validationFailure {
                Output.error(BadUse(error).message)
                exit(withCode: 2)
            }
            exit(withError: error)
        }
    }

    /// The default command would take a misspelt one for an argument of its own.
    private static func checkCommand(_ name: String?) throws(Failure) {
        guard let name, !name.hasPrefix("-") else { return }
        let commands = configuration.subcommands
        if name == "help" || commands.contains(where: { $0._commandName == name }) { return }
        let known = commands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
        throw .unknown("ensayo", "command", name, known: known)
    }

    private static func exit(withCode code: Int32) -> Never { exit(withError: ExitCode(code)) }
}
