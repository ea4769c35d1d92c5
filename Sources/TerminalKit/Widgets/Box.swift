/// A box with rounded corners around a block, a title in its upper edge and notes in its edges.
///
///     ╭ Sequence ────────── request 1 ─╮
///     ╰───────────────────────── 1/2 ─╯
public struct Box: Widget, Hashable, Sendable {
    public var title: String
    /// At the right of the upper edge.
    public var note: String
    /// At the right of the lower edge.
    public var footnote: String
    /// A focused box has a mark beside its title as well as its own colour.
    public var isFocused: Bool

    public init(_ title: String = "", note: String = "", footnote: String = "", isFocused: Bool = false) {
        self.title = title
        self.note = note
        self.footnote = footnote
        self.isFocused = isFocused
    }

    /// The block inside the border, with one blank column at each side.
    public static func content(of area: Rect) -> Rect { area.inset(horizontal: 2, vertical: 1) }

    /// Draws the border and blanks what is inside. Nothing below two rows and columns.
    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        guard area.width >= 2, area.height >= 2 else { return }
        frame.fill(area)
        let edge = Rule(title, note: note, ends: .top, isFocused: isFocused)
        edge.draw(in: area, on: &frame, glyphs: glyphs)
        let border = Style(isFocused ? .focus : .border)
        let sides = Rect(x: area.x, y: area.y + 1, width: 1, height: area.height - 2)
        frame.fill(sides, with: glyphs.vertical, style: border)
        frame.fill(
            Rect(x: area.maxX - 1, y: sides.y, width: 1, height: sides.height), with: glyphs.vertical, style: border)
        let lower = Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1)
        Rule(note: footnote, ends: .bottom, isFocused: isFocused).draw(in: lower, on: &frame, glyphs: glyphs)
    }
}
