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
    ///
    /// A wide character of which only one half would show leaves a blank.
    @discardableResult
    public mutating func write(_ text: String, x: Int, y: Int, style: Style = .text, clip: Rect? = nil) -> Int {
        let area = clip.map { $0.intersection(bounds) } ?? bounds
        guard y >= area.y, y < area.maxY, area.width > 0 else { return x + Text.width(text) }
        let row = y * size.width
        var column = x
        for (character, width) in CellText(text) {
            let start = column
            column += width
            if start >= area.x, column <= area.maxX {
                release(from: start, to: column, row: row)
                cells[row + start] = Cell(character, style, width: UInt8(width))
                if width == 2 { cells[row + start + 1] = Cell(" ", style, width: 0) }
            } else if column > area.x, start < area.maxX {
                let visible = start < area.x ? area.x : start
                release(from: visible, to: visible + 1, row: row)
                cells[row + visible] = Cell(" ", style)
            }
        }
        return column
    }

    /// Fills a block with one character, one column wide (another becomes `�`).
    public mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .text) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        let accepted = CellText.accept(character)
        let cell = Cell(accepted.width == 1 ? accepted.character : Repertoire.replacement, style)
        for y in area.y..<area.maxY {
            let row = y * size.width
            release(from: area.x, to: area.maxX, row: row)
            for x in area.x..<area.maxX { cells[row + x] = cell }
        }
    }

    /// Gives a block another style and leaves its text. A wide character is restyled whole.
    public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            let row = y * size.width
            let first = cells[row + area.x].width == 0 ? area.x - 1 : area.x
            let end = cells[row + area.maxX - 1].width == 2 ? area.maxX + 1 : area.maxX
            for x in first..<end { cells[row + x].style = change(cells[row + x].style) }
        }
    }

    /// Blanks the other halves of wide characters that reach into columns about to be overwritten.
    @inline(__always)
    private mutating func release(from start: Int, to end: Int, row: Int) {
        if cells[row + start].width == 0 { cells[row + start - 1] = Cell(" ", cells[row + start - 1].style) }
        if cells[row + end - 1].width == 2 { cells[row + end] = Cell(" ", cells[row + end].style) }
    }
}
