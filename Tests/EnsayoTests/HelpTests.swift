import Testing

@testable import ensayo

/// What `ensayo help COMMAND` prints.
@Suite struct HelpTests {
    /// A narrow terminal would break longer lines anew, and examples in the middle.
    @Test func everyLineFitsANarrowTerminal() {
        for command in [ensayo.Ensayo.self] + ensayo.Ensayo.configuration.subcommands {
            for line in command.configuration.discussion.split(separator: "\n") {
                #expect(line.count < 80, "\(command): \(line)")
            }
        }
    }
}
