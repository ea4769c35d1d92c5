/// What comes in where the workshop is told line by line.
public enum LinearEvent: Hashable, Sendable {
    case line(String)
    /// Nothing more will be typed. What tells by itself goes on.
    case end
    /// Somebody ends the program from outside.
    case leave
}
