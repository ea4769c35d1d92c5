/// Lines of which one can be selected: a menu, the answers to a question.
public struct ChoiceList: Widget, Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public var text: StyledText
        /// At the right edge.
        public var note: StyledText

        public init(_ text: StyledText, note: StyledText = StyledText()) {
            self.text = text
            self.note = note
        }
    }

    public var items: [Item]
    public var selected: Int?
    public var offset: Int

    public init(_ items: [Item], selected: Int? = nil, offset: Int = 0) {
        self.items = items
        self.selected = selected
        self.offset = offset
    }

    /// What shows in a place of that height; the selected item always does.
    public func scroll(height: Int) -> Scroll {
        guard let selected else { return Scroll(total: items.count, visible: height, offset: offset) }
        return Scroll(total: items.count, visible: height, offset: offset, showing: selected)
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        for (row, index) in scroll(height: area.height).range.enumerated() {
            let line = area.row(row)
            let isSelected = index == selected
            frame.write(isSelected ? String(glyphs[.selected]) : " ", x: line.x, y: line.y, clip: line)
            let content = Rect(x: line.x + 2, y: line.y, width: line.width - 3, height: 1)
            let note = items[index].note
            let fits = !note.isEmpty && note.width + 8 <= content.width
            let room = fits ? content.width - note.width - 2 : content.width
            let text = items[index].text.truncated(to: room, ellipsis: glyphs.ellipsis)
            frame.write(text, x: content.x, y: line.y, clip: line)
            if fits { frame.write(note, x: content.maxX - note.width, y: line.y, clip: line) }
            if isSelected { frame.restyle(line) { Style(.selection, $0.attributes) } }
        }
    }
}
