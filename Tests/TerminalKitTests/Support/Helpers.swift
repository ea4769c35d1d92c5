import TerminalKit

/// A small seeded generator (SplitMix64), so that a failing case can be had again.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// What a widget draws in a frame of that size, rows between bars.
func drawn(_ widget: some Widget, _ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode) -> String {
    var frame = Frame(size: Size(width: width, height: height))
    frame.draw(widget, in: frame.bounds, glyphs: glyphs)
    return frame.rows.map { "|\($0)|" }.joined(separator: "\n")
}

/// What is wrong with a frame's cells; `nil` when every one can be painted as it stands.
func flaw(in frame: Frame) -> String? {
    for y in 0..<frame.size.height {
        for x in 0..<frame.size.width {
            let cell = frame[x, y]
            let follows = x > 0 && frame[x - 1, y].width == 2
            switch cell.width {
            case 0 where !follows: return "(\(x), \(y)): a right half without its left half"
            case 0 where cell.character != " ": return "(\(x), \(y)): a right half that holds \(cell.character)"
            case 0 where cell.style != frame[x - 1, y].style: return "(\(x), \(y)): two halves in two styles"
            case 1, 2:
                if follows { return "(\(x), \(y)): a left half without its right half" }
                if cell.width == 2, x == frame.size.width - 1 { return "(\(x), \(y)): half a character at the edge" }
                if Text.width(String(cell.character)) != Int(cell.width) { return "(\(x), \(y)): wrong width" }
            case 0: break
            default: return "(\(x), \(y)): width \(cell.width)"
            }
        }
    }
    return nil
}

/// Text of the kinds that go wrong.
func randomText(_ random: inout Seeded, upTo length: Int) -> String {
    let pieces = [
        "a", "b", " ", "ñ", "e\u{301}", "等", "한", "│", "━", "⣿", "❤️", "👩‍💻", "🇪🇸", "\u{1B}[31m", "\n",
        "\u{0}", "\u{202E}",
        "✓",
        "🙂", "\u{A0}", "q\u{307}\u{323}", "\u{200D}", "ｱ", "…",
    ]
    return (0..<Int.random(in: 0...length, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
    }.joined()
}
