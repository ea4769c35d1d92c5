/// Why there is no screen. The description says what to do instead.
public enum NcursesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input or output is a file, a pipe or nothing.
    case notATerminal
    /// The machine has no terminfo description of what `TERM` names.
    case unknownTerminal(String)
    /// The terminal that `TERM` names has no cursor that can be placed.
    case noCursorAddressing(String)
    /// ncurses opens once in a process.
    case openedBefore
    /// The descriptors could not be used.
    case failed

    public var description: String {
        switch self {
        case .notATerminal:
            """
            this needs a terminal: standard input and output must be one.
            Without one, --linear tells the same in sentences: `ensayo learn LESSON --linear`.
            `ensayo run LESSON` prints a lesson's figures, `ensayo replay FILE...` checks recorded ones.
            """
        case .unknownTerminal(""):
            "TERM is not set: there is no telling which terminal this is. Try TERM=xterm-256color, or --linear."
        case .unknownTerminal(let name):
            // Quoted with its control characters written out: the name comes from outside.
            """
            no description of the terminal \(String(reflecting: name)) (TERM) is installed. Try TERM=xterm-256color, \
            or --linear.
            """
        case .noCursorAddressing(let name):
            """
            the terminal \(String(reflecting: name)) (TERM) cannot place its cursor. Try TERM=xterm-256color, or \
            --linear, which tells the same in sentences.
            """
        case .openedBefore:
            "the terminal was opened before; ncurses opens once in a process."
        case .failed:
            "the terminal could not be opened."
        }
    }
}
