/// A manual page in the language of `man`: roff with the macros man(7).
struct ManualPage {
    private let name: String
    private var lines: [String]

    /// `ensayo(1)`: what holds for every command.
    init(program: CommandDescription, version: String) {
        self.init("ensayo", program, version)
        section("SYNOPSIS")
        lines += [".B ensayo", "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]"]
        describe(program)
        section("COMMANDS")
        for command in program.commands {
            let page = "\\fBensayo\\-\(Self.safe(command.commandName))\\fR(1)"
            lines += [".TP", page, Self.safe(command.abstract ?? "")]
        }
        section("EXIT STATUS")
        entry("0", "Done.")
        entry("1", "A check failed.")
        entry("2", "Bad use or bad input.")
        entry("130", "Stopped with Ctrl-C.")
        entry("143", "A sweep was stopped by SIGTERM.")
        section("ENVIRONMENT")
        entry("ENSAYO_HOME", "The folder that holds Lessons and Assets.")
        entry("ENSAYO_LESSONS", "Folders with more lessons, apart by colons.")
        entry("ENSAYO_THEME", "The theme: a name that 'ensayo list --themes' shows, or a file.")
        entry("LC_ALL, LC_CTYPE, LANG", "Which characters can be written, and the language until one is chosen.")
        entry("NO_COLOR", "If it is set, no colours are shown.")
        section("FILES")
        entry("$XDG_STATE_HOME/ensayo/progress.json", "What you have done. Default: ~/.local/state/ensayo.")
        entry("$XDG_STATE_HOME/ensayo/sandbox", "What you left in the sandbox.")
        section("SEE ALSO")
        let names = program.commands.map { "\\fBensayo\\-\(Self.safe($0.commandName))\\fR(1)" }
        lines.append(names.joined(separator: ",\n"))
    }

    /// `ensayo-COMMAND(1)`.
    init(command: CommandDescription, version: String) {
        self.init("ensayo-\(command.commandName)", command, version)
        section("SYNOPSIS")
        lines.append("\\fBensayo \(Self.safe(command.commandName))\\fR \(Self.synopsis(command))")
        describe(command)
        if !command.shown.isEmpty { section("OPTIONS") }
        for argument in command.shown { describe(argument) }
        section("SEE ALSO")
        lines.append("\\fBensayo\\fR(1)")
    }

    private init(_ name: String, _ command: CommandDescription, _ version: String) {
        self.name = name
        lines = [".TH \(name.uppercased()) 1 \"\" \"Ensayo \(Self.safe(version))\" \"Ensayo\""]
        section("NAME")
        lines.append("\(Self.safe(name)) \\- \(Self.safe(command.abstract ?? ""))")
    }

    var fileName: String { name + ".1" }
    var text: String { lines.joined(separator: "\n") + "\n" }

    private mutating func section(_ title: String) { lines.append(".SH \(title)") }

    private mutating func entry(_ term: String, _ text: String) {
        lines += [".TP", "\\fB\(Self.safe(term))\\fR", Self.safe(text)]
    }

    /// Paragraphs are filled; what is indented (examples) stays as it is.
    private mutating func describe(_ command: CommandDescription) {
        guard let discussion = command.discussion, !discussion.isEmpty else { return }
        section("DESCRIPTION")
        var isExample = false
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            let shows = line.hasPrefix("  ")
            if shows != isExample { lines.append(shows ? ".PP\n.nf\n.RS 2" : ".RE\n.fi") }
            isExample = shows
            if line.isEmpty {
                lines.append(".PP")
            } else {
                lines.append(Self.safe(shows ? String(line.dropFirst(2)) : String(line)))
            }
        }
        if isExample { lines.append(".RE\n.fi") }
    }

    private mutating func describe(_ argument: CommandDescription.Argument) {
        let value = argument.takesValue ? "\\fI\(Self.safe(argument.valueName ?? "value"))\\fR" : ""
        let names = (argument.names ?? []).map { "\\fB\(Self.safe($0.text))\\fR" }.joined(separator: ", ")
        lines += [".TP", argument.isPositional ? value : "\(names) \(value)"]
        var text = [argument.abstract ?? "", argument.discussion ?? ""].filter { !$0.isEmpty }
        if let given = argument.defaultValue, !given.isEmpty { text.append("Default: \(given).") }
        lines.append(text.isEmpty ? "\\&" : Self.safe(text.joined(separator: " ")))
    }

    private static func synopsis(_ command: CommandDescription) -> String {
        let positional = command.shown.filter(\.isPositional).map { argument in
            let name = "\\fI\(safe(argument.valueName ?? "value"))\\fR" + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        return (positional + ["[\\fIOPTIONS\\fR]"]).joined(separator: " ")
    }

    /// The text itself: nothing in it is taken for a request of roff.
    private static func safe(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let plain = line.map { $0 == "\\" ? "\\e" : $0 == "-" ? "\\-" : String($0) }.joined()
            return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
        }
        return lines.joined(separator: "\n")
    }
}
