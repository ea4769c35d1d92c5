/// How many colours a terminal shows.
public enum ColourDepth: String, CaseIterable, Hashable, Sendable {
    case truecolour, indexed256, basic16, monochrome
}

/// Which characters it shows.
public enum GlyphRepertoire: String, CaseIterable, Hashable, Sendable {
    case unicode, ascii
}

/// What a program shows frames on and reads keys from: ncurses, or a grid in memory.
public protocol Terminal: AnyObject {
    var size: Size { get }
    var depth: ColourDepth { get }
    var repertoire: GlyphRepertoire { get }
    /// Makes the screen equal to the frame.
    func show(_ frame: Frame)
    /// Waits for input, at most so long (`nil`: for ever; zero: not at all). `nil` when nothing came.
    func nextEvent(within timeout: Duration?) -> InputEvent?
    /// Puts a text in the clipboard of whoever sits at the terminal, where it can.
    func copy(_ text: String)
    /// Gives the terminal back as it was. Safe to call twice.
    func close()
}

extension Terminal {
    /// Without a clipboard.
    public func copy(_ text: String) {}
}
