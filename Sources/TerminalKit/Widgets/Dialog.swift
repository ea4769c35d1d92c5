/// A box in the middle of a place, over what is there.
public struct Dialog: Widget, Hashable, Sendable {
    public var title: String
    public var text: StyledText
    public var hints: [KeyHint]
    /// Columns of text in a line, where there is room.
    public var textWidth: Int
    public var offset: Int

    public init(_ title: String, _ text: StyledText, hints: [KeyHint] = [], textWidth: Int = 56, offset: Int = 0) {
        self.title = title
        self.text = text
        self.hints = hints
        self.textWidth = textWidth
        self.offset = offset
    }

    /// Where the box stands.
    public func place(in area: Rect) -> Rect {
        let width = min(textWidth + 4, area.width)
        let lines = text.wrapped(to: max(0, width - 4)).count
        return area.popUp(Size(width: width, height: lines + 2 + hintRows))
    }

    /// A blank row and the hints.
    private var hintRows: Int { hints.isEmpty ? 0 : 2 }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let place = place(in: area)
        let content = Box.content(of: place)
        let parts = content.rows(.flexible, .fixed(hintRows))
        // Without room for both, the hints stay: they say how to leave.
        let rows = content.height > hintRows ? parts : content.rows(.flexible, .fixed(min(1, hintRows)))
        let paragraph = Paragraph(text, offset: offset)
        let indicator = paragraph.scroll(in: Size(width: rows[0].width, height: rows[0].height)).indicator
        frame.draw(Box(title, footnote: indicator, isFocused: true), in: place, glyphs: glyphs)
        frame.draw(paragraph, in: rows[0], glyphs: glyphs)
        frame.draw(KeyHints(hints), in: rows[1].row(rows[1].height - 1), glyphs: glyphs)
    }
}
