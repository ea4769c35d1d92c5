/// Dots finer than cells: two across and four down in each, drawn in braille, or roughly in ASCII.
///
/// Dots count from the top left corner. Those outside are left out.
public struct DotCanvas: Widget, Hashable, Sendable {
    /// In dots.
    public let size: Size
    private let cells: Size
    private var bits: [UInt8]
    private var styles: [Style]

    public init(cells: Size) {
        self.cells = cells
        size = Size(width: cells.width * 2, height: cells.height * 4)
        bits = Array(repeating: 0, count: cells.width * cells.height)
        styles = Array(repeating: .text, count: bits.count)
    }

    /// Unicode's numbering of the dots, row by row: left, right.
    private static let bit: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

    /// Sets a dot; its cell takes the style.
    public mutating func point(_ x: Int, _ y: Int, style: Style = .text) {
        guard x >= 0, y >= 0, x < size.width, y < size.height else { return }
        let cell = y / 4 * cells.width + x / 2
        bits[cell] |= Self.bit[y % 4 * 2 + x % 2]
        styles[cell] = style
    }

    /// A straight line with both ends (Bresenham's). With a pattern, dots at those columns alone for which it is true.
    public mutating func line(
        from start: Point, to end: Point, style: Style = .text, pattern: (Int) -> Bool = { _ in true }
    ) {
        guard let (start, end) = clip(start, end) else { return }
        let width = abs(end.x - start.x)
        let height = -abs(end.y - start.y)
        var place = start
        var error = width + height
        while true {
            if pattern(place.x) { point(place.x, place.y, style: style) }
            if place == end { return }
            let doubled = 2 * error
            if doubled >= height {
                error += height
                place.x += start.x < end.x ? 1 : -1
            }
            if doubled <= width {
                error += width
                place.y += start.y < end.y ? 1 : -1
            }
        }
    }

    /// A column of dots, both ends included.
    public mutating func column(_ x: Int, from top: Int, to bottom: Int, style: Style = .text) {
        let first = max(0, min(top, bottom))
        let last = min(size.height - 1, max(top, bottom))
        guard first <= last else { return }
        for y in first...last { point(x, y, style: style) }
    }

    /// The part of a line near the canvas (Liang and Barsky), so that far ends cost nothing.
    private func clip(_ start: Point, _ end: Point) -> (Point, Point)? {
        let across = Double(end.x) - Double(start.x)
        let down = Double(end.y) - Double(start.y)
        var enter = 0.0
        var leave = 1.0
        for (step, distance) in [
            (-across, Double(start.x) + 1), (across, Double(size.width) - Double(start.x)),
            (-down, Double(start.y) + 1), (down, Double(size.height) - Double(start.y)),
        ] {
            if step == 0 {
                if distance < 0 { return nil }
            } else if step < 0 {
                enter = max(enter, distance / step)
            } else {
                leave = min(leave, distance / step)
            }
        }
        guard enter <= leave else { return nil }
        func place(_ share: Double) -> Point {
            Point(
                x: Int((Double(start.x) + share * across).rounded()),
                y: Int((Double(start.y) + share * down).rounded()))
        }
        return (enter == 0 ? start : place(enter), leave == 1 ? end : place(leave))
    }

    /// Draws the cells that have dots; what is behind the others stays.
    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        for row in 0..<min(cells.height, area.height) {
            for column in 0..<min(cells.width, area.width) {
                let cell = row * cells.width + column
                guard bits[cell] != 0 else { continue }
                let character = Self.character(bits[cell], glyphs)
                frame.write(String(character), x: area.x + column, y: area.y + row, style: styles[cell], clip: area)
            }
        }
    }

    private static func character(_ bits: UInt8, _ glyphs: Glyphs) -> Character {
        switch glyphs.repertoire {
        case .unicode: Unicode.Scalar(0x2800 + UInt32(bits)).map(Character.init) ?? " "
        case .ascii: ascii(bits)
        }
    }

    /// The character that lies most like the dots: high, in the middle, low, rising, falling, upright, or full.
    private static func ascii(_ bits: UInt8) -> Character {
        let rows = (0..<4).filter { bits & (bit[$0 * 2] | bit[$0 * 2 + 1]) != 0 }
        guard let top = rows.first, let bottom = rows.last else { return " " }
        if bits.nonzeroBitCount >= 6 { return "#" }
        let left = (0..<4).filter { bits & bit[$0 * 2] != 0 }
        let right = (0..<4).filter { bits & bit[$0 * 2 + 1] != 0 }
        if left.count == 4 || right.count == 4 { return "|" }
        if bottom - top >= 2 {
            guard let leftTop = left.first, let rightTop = right.first else { return "|" }
            return leftTop == rightTop ? "|" : (leftTop > rightTop ? "/" : "\\")
        }
        return ["'", "-", ".", "_"][(top + bottom + 1) / 2]
    }
}
