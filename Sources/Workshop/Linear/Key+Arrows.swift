import TerminalKit

extension Key {
    /// What goes from one place of a list to another.
    static func arrows(from start: Int, to end: Int) -> [Key] {
        Array(repeating: end < start ? .up : .down, count: abs(end - start))
    }
}
