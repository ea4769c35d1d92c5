/// What comes in where the workshop is told line by line.
public enum LinearEvent: Hashable, Sendable {
    case line(String)
    /// Nothing more will come.
    case end
}
