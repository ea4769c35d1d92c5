import ArgumentParser

/// The command line as shells complete it: without a command it takes the options of the default one.
///
/// Scripts are made of what each command declares. The program itself declares none of the menu's options: it would
/// take them from the command that follows.
struct CompletedEnsayo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Ensayo.configuration.commandName, abstract: Ensayo.configuration.abstract,
        version: Ensayo.configuration.version, subcommands: Ensayo.configuration.subcommands)

    @OptionGroup var menu: MenuOptions

    /// Whether a shell asks, for its script or for what to propose.
    static func isMeant(by words: [String]) -> Bool {
        words.first == "---completion" || words.contains { $0.hasPrefix("--generate-completion-script") }
    }
}
