import ArgumentParser
import FoundationEssentials
import Workshop

/// `ensayo manual`: the manual pages, made from the commands themselves. For those who install or package Ensayo.
struct WriteManual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual pages of every command into a folder.",
        discussion: """
              ensayo manual share/man/man1
            """,
        shouldDisplay: false)

    @ArgumentParser.Argument(help: "The folder.", completion: .directory)
    var folder: String

    func run() throws {
        let description: CommandDescription
        do {
            let text = Ensayo._dumpHelp()
            description = try JSONDecoder().decode(CommandDescription.Tool.self, from: Data(text.utf8)).command
        } catch {
            throw Failure.checkFailed("The commands cannot be described: \(error)")
        }
        let version = Ensayo.configuration.version
        let pages =
            [ManualPage(program: description, version: version)]
            + description.commands.map { ManualPage(command: $0, version: version) }
        for page in pages { try TextFile.write(page.text, to: "\(folder)/\(page.fileName)") }
    }
}
