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
        let size = terminal.size
        return """
            depth=\(terminal.depth) repertoire=\(terminal.repertoire) size=\(size.width)x\(size.height) \
            colours=\(colours) attributes=\(can.words) colourless=\(cannotInColour.words) \
            corner=\(screen_inserts_corner() ? "inserted" : "written")

            """
    }

    static func screen(_ size: Size) -> PaintedScreen {
        // Both columns of a wide character read the same; the second one shows nothing of its own.
        var isRightHalf = false
        return PaintedScreen(size: size, cursor: nil) { (x: Int, y: Int) -> PaintedCell in
            let cell = screen_get(Int32(x), Int32(y))
            let isWide = cell.scalars.0 != 0 && text_width(cell.scalars.0) == 2
            let left = x > 0 ? screen_get(Int32(x - 1), Int32(y)) : ScreenCell()
            isRightHalf = isWide && !isRightHalf && left.scalars == cell.scalars
            return painted(cell, isRightHalf: isRightHalf)
        }
    }

    private static func painted(_ cell: ScreenCell, isRightHalf: Bool) -> PaintedCell {
        var (foreground, background) = (Int32(-1), Int32(-1))
        if cell.pair != 0 { _ = colour_get_pair(cell.pair, &foreground, &background) }
        let text = withUnsafeBytes(of: cell.scalars) { string($0.bindMemory(to: UInt32.self)) }
        return PaintedCell(
            text: isRightHalf ? "" : text, foreground: word(foreground), background: word(background),
            attributes: Attributes(rawValue: UInt8(cell.attributes)))
    }

    private static func string(_ scalars: UnsafeBufferPointer<UInt32>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars.prefix { $0 != 0 }.compactMap(Unicode.Scalar.init))
        return text
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
