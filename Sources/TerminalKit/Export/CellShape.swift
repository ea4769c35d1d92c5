/// Lines, blocks and braille as shapes that fill their cell, for pictures.
struct CellShape {
    static let width = 9
    static let height = 18

    private enum Kind {
        /// Lines from the middle to the sides.
        case lines(up: Bool, down: Bool, left: Bool, right: Bool)
        case curve(vertical: Int, horizontal: Int)
        case heavyHorizontal, heavyVertical, dashedHorizontal, dottedVertical, heavyTeeLeft, heavyCross
        /// Eighths of the cell, from below or from the left.
        case below(Int)
        case beside(Int)
        /// Dots as braille numbers them.
        case dots(UInt32)
        /// The whole cell, in quarters of the colour.
        case shade(Int)
    }

    private let kind: Kind

    init?(_ character: Character) {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
        switch character {
        case "─": kind = .lines(up: false, down: false, left: true, right: true)
        case "│": kind = .lines(up: true, down: true, left: false, right: false)
        case "├": kind = .lines(up: true, down: true, left: false, right: true)
        case "┤": kind = .lines(up: true, down: true, left: true, right: false)
        case "┬": kind = .lines(up: false, down: true, left: true, right: true)
        case "┴": kind = .lines(up: true, down: false, left: true, right: true)
        case "┼": kind = .lines(up: true, down: true, left: true, right: true)
        case "╭": kind = .curve(vertical: 1, horizontal: 1)
        case "╮": kind = .curve(vertical: 1, horizontal: -1)
        case "╰": kind = .curve(vertical: -1, horizontal: 1)
        case "╯": kind = .curve(vertical: -1, horizontal: -1)
        case "━": kind = .heavyHorizontal
        case "┃": kind = .heavyVertical
        case "┄": kind = .dashedHorizontal
        case "┊": kind = .dottedVertical
        case "┨": kind = .heavyTeeLeft
        case "┿": kind = .heavyCross
        case "▁"..."█" where scalar.value <= 0x2588: kind = .below(Int(scalar.value - 0x2580))
        case "▉"..."▏" where scalar.value <= 0x258F: kind = .beside(Int(0x2590 - scalar.value))
        case "░": kind = .shade(1)
        case "▒": kind = .shade(2)
        case "▓": kind = .shade(3)
        default:
            guard (0x2801...0x28FF).contains(scalar.value) else { return nil }
            kind = .dots(scalar.value - 0x2800)
        }
    }

    /// How much of the colour its areas take, in quarters.
    var quarters: Int {
        if case .shade(let quarters) = kind { quarters } else { 4 }
    }

    /// The path data of its lines, in the cell at that place.
    func strokes(_ x: Int, _ y: Int) -> String {
        let (left, top) = (Double(x * Self.width), Double(y * Self.height))
        let (right, bottom) = (left + Double(Self.width), top + Double(Self.height))
        let (middle, centre) = (left + Double(Self.width) / 2, top + Double(Self.height) / 2)
        switch kind {
        case .lines(let up, let down, let toLeft, let toRight):
            var path = ""
            if up || down { path += "M\(middle) \(up ? top : centre)V\(down ? bottom : centre)" }
            if toLeft || toRight { path += "M\(toLeft ? left : middle) \(centre)H\(toRight ? right : middle)" }
            return path
        case .curve(let vertical, let horizontal):
            let side = horizontal > 0 ? right : left
            return "M\(middle) \(vertical > 0 ? bottom : top)V\(centre + Double(vertical) * 4)"
                + "Q\(middle) \(centre) \(middle + Double(horizontal) * 4) \(centre)H\(side)"
        case .dashedHorizontal:
            return (0..<3).map { "M\(left + Double($0) * 3 + 0.5) \(centre)h2" }.joined()
        case .dottedVertical:
            return (0..<4).map { "M\(middle) \(top + Double($0) * 4.5 + 1)v2.5" }.joined()
        case .heavyTeeLeft: return "M\(left) \(centre)H\(middle)"
        case .heavyCross: return "M\(middle) \(top)V\(bottom)"
        default: return ""
        }
    }

    /// The path data of its areas.
    func fills(_ x: Int, _ y: Int) -> String {
        let (left, top) = (Double(x * Self.width), Double(y * Self.height))
        let (width, height) = (Double(Self.width), Double(Self.height))
        func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
            "M\(left + x) \(top + y)h\(width)v\(height)h-\(width)z"
        }
        switch kind {
        case .heavyHorizontal, .heavyCross: return box(0, height / 2 - 1.5, width, 3)
        case .heavyVertical, .heavyTeeLeft: return box(width / 2 - 1.5, 0, 3, height)
        case .below(let eighths):
            let part = height * Double(eighths) / 8
            return box(0, height - part, width, part)
        case .beside(let eighths): return box(0, 0, width * Double(eighths) / 8, height)
        case .shade: return box(0, 0, width, height)
        case .dots(let bits):
            return (UInt32(0)..<8).filter { bits & 1 << $0 != 0 }.map { dot in
                let row = dot < 6 ? dot % 3 : 3
                let column = dot < 6 ? dot / 3 : dot - 6
                return box(1.25 + Double(column) * 4.5, 1.25 + Double(row) * 4.5, 2, 2)
            }.joined()
        default: return ""
        }
    }
}
