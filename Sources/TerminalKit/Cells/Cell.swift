/// One place of the grid.
public struct Cell: Hashable, Sendable {
    /// One base scalar and at most four marks, one or two columns wide: what ncurses can paint (see ``Frame``).
    public var character: Character
    public var style: Style
    /// 1; 2 for the left half of a wide character; 0 for its right half, which holds a space.
    public var width: UInt8

    public init(_ character: Character = " ", _ style: Style = .text, width: UInt8 = 1) {
        self.character = character
        self.style = style
        self.width = width
    }

    public static let blank = Cell()
}
