import CNcurses
import TerminalKit

/// The colours of the terminal at hand: how many, and which number stands for which.
///
/// Colours are as deep as the terminfo entry says, not as `COLORTERM` does: ncurses sends what terminfo describes, and
/// the entries that most terminals name (`xterm-256color`) describe no direct colour. One that does (`xterm-direct`)
/// shows every colour exactly. Redefining the palette instead would outlive the program in terminals that cannot
/// undo it.
struct Palette {
    let depth: ColourDepth
    private let count: Int32
    private let isDirect: Bool
    private let hasDefault: Bool

    /// Starts colour, no deeper than `most`.
    init(most: ColourDepth) {
        count = most != .monochrome && colour_start() ? colour_count() : 0
        isDirect = count > 0 && colour_is_direct()
        hasDefault = count > 0 && colour_has_default()
        let shown: ColourDepth =
            switch count {
            case _ where isDirect: .truecolour
            case 256...: .indexed256
            case 8...: .basic16
            default: .monochrome
            }
        depth = ColourDepth.allCases.last { $0 == shown || $0 == most } ?? .monochrome  // The poorer one.
    }

    func foreground(_ colour: Colour) -> Int32 { number(colour) ?? (hasDefault ? -1 : 7) }
    func background(_ colour: Colour) -> Int32 { number(colour) ?? (hasDefault ? -1 : 0) }

    /// `nil`: the terminal's own.
    private func number(_ colour: Colour) -> Int32? {
        switch colour {
        case .default: nil
        case .indexed(let index) where isDirect && index >= 8: colour.components.map(Self.direct)
        case .indexed(8) where count < 16: nil  // Bright black would be black on black.
        case .indexed(let index) where count < 16: Int32(index & 7)
        case .indexed(let index): Int32(index)
        case .rgb(let red, let green, let blue): isDirect ? Self.direct((red, green, blue)) : nil
        }
    }

    /// Entries keep the lowest numbers, up to 256 of them, for the palette; a trace of green steps over them.
    private static func direct(_ colour: (red: UInt8, green: UInt8, blue: UInt8)) -> Int32 {
        let number = Int32(colour.red) << 16 | Int32(colour.green) << 8 | Int32(colour.blue)
        return number < 256 ? number | 256 : number
    }
}
