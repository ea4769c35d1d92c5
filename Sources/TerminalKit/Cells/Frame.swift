/// A screen as a value: the one thing that views make and terminals show.
///
/// Every cell can be painted as it stands: writing clips at the edges, keeps both halves of a wide character together,
/// and replaces what no terminal shows alike (control characters, sequences of emoji) by `�`.
public struct Frame: Hashable, Sendable {
    public let size: Size
    /// Row by row; `size.width * size.height` of them.
    public private(set) var cells: [Cell]
    /// Where the terminal's cursor stands; `nil`: hidden.
    public var cursor: Point?

    public init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.width * size.height)
    }

    public var bounds: Rect { Rect(size) }

    public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    /// Writes text from a point to the right, clipped to `clip` and the frame. Returns the column after it.
    @discardableResult
    public mutating func write(_ text: String, x: Int, y: Int, style: Style = .text, clip: Rect? = nil) -> Int { x }

    /// Fills a block with one character, one column wide.
    public mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .text) {}

    /// Gives a block another style and leaves its text.
    public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {}
}
