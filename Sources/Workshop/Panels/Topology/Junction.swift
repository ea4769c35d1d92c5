import TerminalKit

/// Where lines meet.
struct Junction: Hashable {
    var up: Bool
    var down: Bool
    var left: Bool
    var right: Bool

    func glyph(_ glyphs: Glyphs) -> Character {
        switch (up, down, left, right) {
        case (true, true, true, true): glyphs.cross
        case (true, true, false, true): glyphs.teeRight
        case (true, true, true, false): glyphs.teeLeft
        case (false, true, true, true): glyphs.teeDown
        case (true, false, true, true): glyphs.teeUp
        case (false, true, false, true): glyphs.topLeft
        case (true, false, false, true): glyphs.bottomLeft
        case (false, true, true, false): glyphs.topRight
        case (true, false, true, false): glyphs.bottomRight
        case (_, _, false, false): glyphs.vertical
        default: glyphs.horizontal
        }
    }
}

extension Frame {
    /// The column that lines share: some come from the left, some leave to the right.
    mutating func drawTrunk(at x: Int, left: Set<Int>, right: Set<Int>, _ clip: Rect, _ glyphs: Glyphs) {
        guard let top = left.union(right).min(), let bottom = left.union(right).max() else { return }
        for y in top...bottom {
            let junction = Junction(up: y > top, down: y < bottom, left: left.contains(y), right: right.contains(y))
            write(String(junction.glyph(glyphs)), x: x, y: y, style: Style(.border), clip: clip)
        }
    }
}
