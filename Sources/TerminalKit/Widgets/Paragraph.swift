/// Wrapped text, scrolled by lines.
public struct Paragraph: Widget, Hashable, Sendable {
    public var text: StyledText
    /// Lines above the first one shown.
    public var offset: Int
    /// Blanks before the lines that go on from the one above.
    public var hanging: Int
    public var alignment: Text.Alignment

    public init(_ text: StyledText, offset: Int = 0, hanging: Int = 0, alignment: Text.Alignment = .left) {
        self.text = text
        self.offset = offset
        self.hanging = hanging
        self.alignment = alignment
    }

    /// What shows in a place of that size.
    public func scroll(in size: Size) -> Scroll {
        let lines = text.wrapped(to: size.width, hanging: hanging)
        return Scroll(total: lines.count, visible: size.height, offset: offset)
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let lines = text.wrapped(to: area.width, hanging: hanging)
        let scroll = Scroll(total: lines.count, visible: area.height, offset: offset)
        for (row, line) in lines[scroll.range].enumerated() {
            let indent = Text.offset(room: area.width - line.width, alignment)
            frame.write(line, x: area.x + indent, y: area.y + row, clip: area)
        }
    }
}
