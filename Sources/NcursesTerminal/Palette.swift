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
        let shown = Self.depth(colours: count, isDirect: isDirect)
        depth = ColourDepth.allCases.last { $0 == shown || $0 == most } ?? .monochrome  // The poorer one.
    }

    static func depth(colours: Int32, isDirect: Bool) -> ColourDepth {
        switch colours {
        case _ where isDirect: .truecolour
        case 256...: .indexed256
        case 8...: .basic16
        default: .monochrome
        }
    }

    /// The colour that stands for one here. Two that look alike become the same.
    func shown(_ colour: Colour) -> Colour {
        switch colour {
        case .default: .default
        case .indexed(8) where count < 16: .default  // Bright black would be black on black.
        case .indexed(let index) where count < 16: .indexed(index & 7)
        case .indexed(let index) where isDirect && index >= 8: colour.components.map(Colour.rgb) ?? .default
        case .indexed: colour
        case .rgb: isDirect ? colour : .default
        }
    }

    /// ncurses' number of a colour that is shown; -1: the terminal's own.
    func number(_ colour: Colour, default fallback: Int32) -> Int32 {
        switch colour {
        case .default: return hasDefault ? -1 : fallback
        case .indexed(let index): return Int32(index)
        case .rgb(let red, let green, let blue):
            let number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
            // Entries keep the lowest numbers, up to 256 of them, for the palette; a trace of green steps over them.
            return number < 256 ? number | 256 : number
        }
    }

    /// Gives a pair its colours; `false` when the terminal refuses.
    func setUp(_ pair: Int32, _ colours: ColourPairs.Pair) -> Bool {
        // Without a default the terminal's own are taken to be white on black.
        colour_set_pair(pair, number(colours.foreground, default: 7), number(colours.background, default: 0))
    }
}
