/// Turns frames into the bytes that paint them on a terminal of the xterm family (ECMA-48), each as the change from the
/// one before.
public struct ANSIPainter: Sendable {
    private let theme: Theme
    private let depth: ColourDepth
    private var shown: Frame?

    public init(theme: Theme, depth: ColourDepth) {
        self.theme = theme
        self.depth = depth
    }

    /// What makes a terminal that shows the frame before show this one. The first one clears the screen.
    public mutating func paint(_ frame: Frame) -> String {
        var bytes = ""
        var base = shown
        if base?.size != frame.size {
            bytes += "\u{1B}[0m\u{1B}[2J"
            base = Frame(size: frame.size)
            // Only blanks in the look of plain text are as a cleared screen shows them.
            if theme.resolve(.text, depth: depth) != ResolvedStyle() { base = nil }
        }
        var style: Style?
        for run in frame.diff(from: base ?? Frame(size: Size(width: 0, height: 0))) {
            bytes += "\u{1B}[\(run.y + 1);\(run.columns.lowerBound + 1)H"
            for x in run.columns where frame[x, run.y].width > 0 {
                let cell = frame[x, run.y]
                if cell.style != style {
                    bytes += Self.select(theme.resolve(cell.style, depth: depth))
                    style = cell.style
                }
                bytes.append(cell.character)
            }
        }
        if style != nil { bytes += "\u{1B}[0m" }
        if shown == nil || shown?.cursor != frame.cursor || (frame.cursor != nil && style != nil) {
            bytes += frame.cursor.map { "\u{1B}[\($0.y + 1);\($0.x + 1)H\u{1B}[?25h" } ?? "\u{1B}[?25l"
        }
        shown = frame
        return bytes
    }

    /// Selects a look (SGR), whatever was selected before.
    private static func select(_ look: ResolvedStyle) -> String {
        var codes = ["0"]
        for (attribute, code) in [
            (Attributes.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        where look.attributes.contains(attribute) {
            codes.append(code)
        }
        if let code = code(look.foreground, basic: 30, bright: 90, other: "38") { codes.append(code) }
        if let code = code(look.background, basic: 40, bright: 100, other: "48") { codes.append(code) }
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    private static func code(_ colour: Colour, basic: Int, bright: Int, other: String) -> String? {
        switch colour {
        case .default: nil
        case .indexed(let index) where index < 8: "\(basic + Int(index))"
        case .indexed(let index) where index < 16: "\(bright + Int(index) - 8)"
        case .indexed(let index): "\(other);5;\(index)"
        case .rgb(let red, let green, let blue): "\(other);2;\(red);\(green);\(blue)"
        }
    }
}
