import TerminalKit

/// The part of a frame in which rows and columns of a diagram show, moved so that a window of it is seen.
struct DiagramCanvas {
    private(set) var frame: Frame
    /// Where drawing is allowed.
    private(set) var area: Rect
    /// The place in the frame of the diagram's first column and row.
    private(set) var x: Int
    private(set) var y: Int
    let glyphs: DiagramGlyphs

    /// The rows and columns that are seen.
    var rows: Range<Int> { (area.y - y)..<(area.maxY - y) }
    var columns: Range<Int> { (area.x - x)..<(area.maxX - x) }

    init(_ frame: consuming Frame, area: Rect, x: Int, y: Int, glyphs: DiagramGlyphs) {
        self.area = area.intersection(frame.bounds)
        self.frame = frame
        self.x = x
        self.y = y
        self.glyphs = glyphs
    }

    /// Goes on in another part of the frame.
    mutating func move(to area: Rect, x: Int, y: Int) {
        (self.area, self.x, self.y) = (area.intersection(frame.bounds), x, y)
    }

    /// The frame; nothing is left to draw on.
    mutating func take() -> Frame {
        var taken = Frame(size: Size(width: 0, height: 0))
        swap(&taken, &frame)
        area = Rect(taken.size).intersection(frame.bounds)
        return taken
    }

    private func isSeen(_ column: Int, _ row: Int) -> Bool {
        area.contains(Point(x: x + column, y: y + row))
    }

    mutating func put(_ glyph: Character, _ column: Int, _ row: Int, _ style: Style) {
        guard isSeen(column, row) else { return }
        frame.write(String(glyph), x: x + column, y: y + row, style: style, clip: area)
    }

    @discardableResult
    mutating func write(_ text: StyledText, _ column: Int, _ row: Int) -> Int {
        frame.write(text, x: x + column, y: y + row, clip: area) - x
    }

    mutating func clear(_ columns: Range<Int>, _ row: Int) {
        frame.fill(Rect(x: x + columns.lowerBound, y: y + row, width: columns.count, height: 1).intersection(area))
    }

    /// A line to the side that passes over lifelines and behind bars.
    mutating func across(_ columns: ClosedRange<Int>, _ row: Int, _ glyph: Character, _ style: Style) {
        let seen = columns.clamped(to: self.columns)
        guard rows.contains(row) else { return }
        for column in seen {
            let under = frame[x + column, y + row]
            let met = glyphs.crossed(under.character, by: glyph)
            put(met, column, row, met == glyph || !glyphs.isBar(met) ? style : under.style)
        }
    }

    /// A line downwards that passes over lines to the side.
    mutating func down(_ column: Int, _ rows: Range<Int>, _ style: Style) {
        for row in rows.clamped(to: self.rows) where isSeen(column, row) {
            put(glyphs.crossedDownwards(frame[x + column, y + row].character), column, row, style)
        }
    }

    func style(_ column: Int, _ row: Int) -> Style {
        isSeen(column, row) ? frame[x + column, y + row].style : .text
    }

    func character(_ column: Int, _ row: Int) -> Character {
        isSeen(column, row) ? frame[x + column, y + row].character : " "
    }
}

extension ClosedRange where Bound == Int {
    /// The part of it inside another.
    fileprivate func clamped(to other: Range<Int>) -> Range<Int> {
        let low = Swift.max(lowerBound, other.lowerBound)
        return low..<Swift.max(low, Swift.min(upperBound + 1, other.upperBound))
    }
}
