import CNcurses
import TerminalKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the terminal at hand can do, by its description and the system, without opening it.
public struct TerminalTraits: Sendable {
    /// What `TERM` says.
    public let name: String
    /// Whether a description of it is installed. Without one the rest is nothing.
    public let isKnown: Bool
    public let placesCursor: Bool
    /// As many as ncurses sees.
    public let colours: Int
    /// What a theme gets, unless less is asked for.
    public let depth: ColourDepth
    public let hasMouse: Bool
    /// Keys that the description does not have.
    public let missingKeys: [Key]
    /// `nil`: no standard stream is a terminal that knows its size.
    public let size: Size?
    /// The locale that characters are written in, and whether it is UTF-8.
    public let locale: String
    public let isUTF8: Bool

    /// Looks. Chooses the locale for the process on the way, as opening a terminal does.
    public static func look() -> TerminalTraits { TerminalTraits() }

    private init() {
        let isUTF8 = text_use_locale()
        let traits = terminal_traits()
        name = getenv("TERM").map { String(cString: $0) } ?? ""
        isKnown = traits.is_known
        placesCursor = traits.places_cursor
        colours = Int(traits.colours)
        depth = Palette.depth(colours: traits.colours, isDirect: traits.is_direct)
        hasMouse = traits.has_mouse
        let keys: [Key] = [.up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .backTab, .delete]
        missingKeys = keys.enumerated().filter { traits.missing_keys & 1 << UInt32($0.offset) != 0 }.map(\.element)
        size = [STDOUT_FILENO, STDIN_FILENO, STDERR_FILENO].lazy.compactMap(Self.size).first
        locale = String(cString: text_locale())
        self.isUTF8 = isUTF8
    }

    private static func size(of descriptor: Int32) -> Size? {
        var width: Int32 = 0
        var height: Int32 = 0
        guard isatty(descriptor) == 1, terminal_size(descriptor, &width, &height) else { return nil }
        return Size(width: Int(width), height: Int(height))
    }

    /// The library and its version: `ncurses 6.5.20250216`.
    public static var library: String { String(cString: terminal_library()) }
}
