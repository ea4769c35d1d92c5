import CNcurses
import NcursesTerminal
import TerminalKit
import TerminalProof

/// What ncurses says about its screen.
enum Readback {
    /// One line: what the terminal can.
    static func describe(_ terminal: NcursesTerminal) -> String {
        let colours = terminal.depth == .monochrome ? 0 : colour_count()
        let can = Attributes(rawValue: UInt8(screen_attributes()))
        let cannotInColour = Attributes(rawValue: UInt8(screen_colourless_attributes()))
        return """
            depth=\(terminal.depth) repertoire=\(terminal.repertoire) size=\(terminal.size.width)x\(terminal.size.height) \
            colours=\(colours) attributes=\(can.words) colourless=\(cannotInColour.words)

            """
    }

    static func screen(_ size: Size) -> PaintedScreen {
        PaintedScreen(size: size, cursor: nil) { x, y in
            let here = text(x, y)
            let isRightHalf = x > 0 && here == text(x - 1, y) && isWide(x - 1, y)
            let cell = screen_get(Int32(x), Int32(y))
            var (foreground, background) = (Int32(-1), Int32(-1))
            if cell.pair != 0 { _ = colour_get_pair(cell.pair, &foreground, &background) }
            return PaintedCell(
                text: isRightHalf ? "" : here, foreground: word(foreground), background: word(background),
                attributes: Attributes(rawValue: UInt8(cell.attributes)))
        }
    }

    private static func text(_ x: Int, _ y: Int) -> String {
        var cell = screen_get(Int32(x), Int32(y))
        return withUnsafeBytes(of: &cell.scalars) { bytes in
            var text = ""
            for scalar in bytes.bindMemory(to: UInt32.self).prefix(while: { $0 != 0 }).compactMap(Unicode.Scalar.init) {
                text.unicodeScalars.append(scalar)
            }
            return text
        }
    }

    /// Whether a wide character begins here: both columns of one hold the same, so runs of equal ones alternate.
    private static func isWide(_ x: Int, _ y: Int) -> Bool {
        let here = text(x, y)
        guard let base = here.unicodeScalars.first, text_width(base.value) == 2 else { return false }
        var start = x
        while start > 0, text(start - 1, y) == here { start -= 1 }
        return (x - start).isMultiple(of: 2)
    }

    private static func word(_ colour: Int32) -> String? {
        switch colour {
        case ..<0: return nil
        case ..<256: return "\(colour)"
        default:
            let digits = String(colour, radix: 16)
            return "#" + String(repeating: "0", count: 6 - digits.count) + digits
        }
    }
}
