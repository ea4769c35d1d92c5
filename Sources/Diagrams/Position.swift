/// Where something was written. All positions are equal: a diagram means the same wherever its lines stand.
public struct Position: Hashable, Sendable {
    /// From 1; 0: not from a text.
    public var line: Int
    /// In Unicode scalars, from 1, as editors count them.
    public var column: Int

    public static let unknown = Position(line: 0, column: 0)

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func == (_: Position, _: Position) -> Bool { true }
    public func hash(into _: inout Hasher) {}
}
