import Workshop

/// What a workshop on a terminal does outside of itself, up to its end.
protocol TerminalDesk: LoopDelegate {
    /// Returns what the person should know, once the terminal is given back.
    func finish(_ app: App) -> [String]
    /// Results for whoever reads the program's output.
    var printed: [String] { get }
}

extension TerminalDesk {
    var printed: [String] { [] }
}
