/// What came from the terminal.
public enum InputEvent: Hashable, Sendable {
    case key(Key)
    case mouse(Mouse)
    case resize(Size)
    /// Ctrl-Z and back: the program slept. Pacing starts anew.
    case resumed
    /// The terminal is gone, or somebody asks the program to end (SIGTERM, SIGHUP, SIGINT).
    case quit
}

/// A key, by what it means, not by its bytes. Recorded sessions use its text form: `a`, `space`, `left`, `ctrl-c`.
public enum Key: Hashable, Sendable {
    case character(Character)
    case control(Character)
    case enter, tab, backTab, escape, backspace, delete
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
}
