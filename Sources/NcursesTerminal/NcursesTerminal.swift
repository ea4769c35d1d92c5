import CNcurses
import TerminalKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The terminal that the program runs in, through ncurses.
///
/// One a process, used by the thread that made it. From then on until ``close()`` the terminal is given back whatever
/// happens: at exit, on a signal, in a crash (with what the program said about it on the normal screen), while the
/// program is stopped. What is written to stderr in the meantime comes out when the terminal is given back.
///
/// Make it before other threads: those made later leave signals to this one.
public final class NcursesTerminal: Terminal {
    public let repertoire: GlyphRepertoire
    /// The signal behind ``InputEvent/quit``, if one came.
    public private(set) var endingSignal: Int32?
    public var depth: ColourDepth { palette.depth }
    public var size: Size { Size(width: Int(screen_width()), height: Int(screen_height())) }

    private let theme: Theme
    private let palette: Palette
    private let insertsCorner: Bool
    private var pairs: ColourPairs
    private var looks: [Style: Look] = [:]
    /// What the terminal shows; `nil`: who knows.
    private var shown: Frame?
    private var known: Size
    private var isClosed = false

    /// Opens the terminal on standard input and output.
    ///
    /// - Parameters:
    ///   - depth: Show no more colours than this, whatever the terminal can. `nil`: no colour where the environment has
    ///     `NO_COLOR`, else as many as there are.
    ///   - repertoire: `nil`: Unicode where the locale is UTF-8.
    ///   - hasMouse: whether presses and the wheel are reported, where the terminal can. Then its own selection of text
    ///     needs the shift key.
    public convenience init(
        theme: Theme, depth: ColourDepth? = nil, repertoire: GlyphRepertoire? = nil, hasMouse: Bool = false
    ) throws(NcursesError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        try self.init(
            theme: theme, depth: depth, repertoire: repertoire, input: STDIN_FILENO, output: STDOUT_FILENO)
        if hasMouse { _ = mouse_start() }
    }

    /// Opens on descriptors that need not be terminals; then the size is that of `LINES` and `COLUMNS`.
    package init(
        theme: Theme, depth: ColourDepth?, repertoire: GlyphRepertoire?, input: Int32, output: Int32
    ) throws(NcursesError) {
        let isUTF8 = text_use_locale()
        switch screen_open(input, output) {
        case ScreenOpened: break
        case ScreenUnknownTerminal: throw .unknownTerminal(Self.environment("TERM"))
        case ScreenNoCursorAddressing: throw .noCursorAddressing(Self.environment("TERM"))
        case ScreenOpenedBefore: throw .openedBefore
        default: throw .failed
        }
        let palette = Palette(most: depth ?? (Self.environment("NO_COLOR").isEmpty ? .truecolour : .monochrome))
        self.theme = theme
        self.palette = palette
        insertsCorner = screen_inserts_corner()
        // What the locale cannot write is not painted, whatever was asked for.
        self.repertoire = isUTF8 ? repertoire ?? .unicode : .ascii
        pairs = ColourPairs(limit: palette.depth == .monochrome ? 1 : colour_pairs(), setUp: palette.setUp)
        known = Size(width: Int(screen_width()), height: Int(screen_height()))
    }

    deinit { screen_close() }

    public func close() {
        isClosed = true
        screen_close()
    }

    private static func environment(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }
}

// MARK: - Output

extension NcursesTerminal {
    /// A style as ncurses takes it.
    private struct Look {
        var attributes: UInt32
        var pair: Int32
    }

    /// Makes the screen equal to the frame; where their sizes differ, to the part that both have.
    ///
    /// Only cells that changed since the last frame go to ncurses, and only what changed for the terminal goes out.
    public func show(_ frame: Frame) {
        guard !isClosed, frame != shown else { return }
        let frame = repertoire == .ascii ? frame.inASCII() : frame
        let size = self.size
        if shown?.size != frame.size { screen_clear() }
        for run in frame.diff(from: shown ?? Frame(size: Size(width: 0, height: 0))) where run.y < size.height {
            for x in run.columns.clamped(to: 0..<size.width) { put(frame[x, run.y], x: x, y: run.y, in: size) }
        }
        let cursor = frame.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
        screen_flush(Int32(cursor?.x ?? -1), Int32(cursor?.y ?? -1))
        shown = frame
    }

    private func put(_ cell: Cell, x: Int, y: Int, in size: Size) {
        // The right half of a wide character comes with the left one.
        guard cell.width > 0 else { return }
        let end = x + Int(cell.width)
        let breaksAtCorner = end == size.width - 1 && y == size.height - 1 && insertsCorner
        guard cell.width == 1 || (end <= size.width && !breaksAtCorner) else {
            for column in x..<min(end, size.width) { put(Cell(" ", cell.style), x: column, y: y, in: size) }
            return
        }
        let look = look(of: cell.style)
        var painted = ScreenCell()
        painted.attributes = look.attributes
        painted.pair = look.pair
        withUnsafeMutableBytes(of: &painted.scalars) { bytes in
            let scalars = bytes.bindMemory(to: UInt32.self)
            for (index, scalar) in cell.character.unicodeScalars.prefix(scalars.count).enumerated() {
                scalars[index] = scalar.value
            }
        }
        screen_put(Int32(x), Int32(y), painted)
    }

    private func look(of style: Style) -> Look {
        if let look = looks[style] { return look }
        let resolved = theme.resolve(style, depth: depth)
        let colours = ColourPairs.Pair(
            foreground: palette.shown(resolved.foreground), background: palette.shown(resolved.background))
        let look = Look(attributes: Self.bits(resolved.attributes), pair: pairs.number(colours))
        looks[style] = look
        return look
    }

    private static let bitOf: [(attribute: Attributes, bit: UInt32)] = [
        (.bold, UInt32(CellBold)), (.dim, UInt32(CellDim)), (.italic, UInt32(CellItalic)),
        (.underline, UInt32(CellUnderline)), (.reverse, UInt32(CellReverse)),
    ]

    private static func bits(_ attributes: Attributes) -> UInt32 {
        bitOf.reduce(0) { attributes.contains($1.attribute) ? $0 | $1.bit : $0 }
    }
}

// MARK: - Input

extension NcursesTerminal {
    public func nextEvent(within timeout: Duration?) -> InputEvent? {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while !isClosed {
            let signal = signal_took_quit()
            if signal != 0 {
                endingSignal = signal
                return .quit
            }
            if signal_took_resume() { return .resumed }
            if let event = read() { return event }
            var left = (seconds: Int64(-1), attoseconds: Int64(0))
            if let deadline {
                left = max(.zero, deadline - .now).components
            }
            switch input_wait(left.seconds, left.attoseconds / 1_000_000_000) {
            case WaitTimedOut: return nil
            case WaitGone: return .quit
            default: continue
            }
        }
        return .quit
    }

    /// What is there already. A burst of resizes comes out as one, keys that nobody knows not at all.
    private func read() -> InputEvent? {
        while true {
            let input = input_read()
            switch input.kind {
            case InputNone:
                guard size != known else { return nil }
                known = size
                shown = nil
                return .resize(known)
            case InputResize: continue
            default:
                if let key = Key(input) { return .key(key) }
                if let mouse = Mouse(input) { return .mouse(mouse) }
            }
        }
    }
}
