/// Rows of text in aligned columns, with a heading.
public struct Table: Widget, Hashable, Sendable {
    public struct Column: Hashable, Sendable {
        public var title: String
        public var alignment: Text.Alignment
        /// Without enough room for all, columns of least importance go first; of equals, the last one.
        public var importance: Int
        /// Columns that it can be cut to before others have to go; `nil`: it is never cut.
        public var minimum: Int?

        public init(_ title: String, _ alignment: Text.Alignment = .left, importance: Int = 0, minimum: Int? = nil) {
            self.title = title
            self.alignment = alignment
            self.importance = importance
            self.minimum = minimum
        }
    }

    public var columns: [Column]
    /// Each with a cell a column; missing ones are blank.
    public var rows: [[StyledText]]
    public var selected: Int?
    public var offset: Int
    public var hasHeading: Bool

    public init(
        _ columns: [Column], rows: [[StyledText]], selected: Int? = nil, offset: Int = 0, hasHeading: Bool = true
    ) {
        self.columns = columns
        self.rows = rows
        self.selected = selected
        self.offset = offset
        self.hasHeading = hasHeading
    }

    private static let gap = 2

    /// Which rows show in a place of that height; the selected one always does.
    public func scroll(height: Int) -> Scroll {
        let visible = max(0, height - (hasHeading ? 1 : 0))
        guard let selected else { return Scroll(total: rows.count, visible: visible, offset: offset) }
        return Scroll(total: rows.count, visible: visible, offset: offset, showing: selected)
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let places = places(in: area)
        if hasHeading {
            for (index, place) in places {
                let title = StyledText(columns[index].title, .muted)
                write(title, columns[index], in: place.row(0), on: &frame, glyphs)
            }
        }
        let top = hasHeading ? 1 : 0
        for (line, row) in scroll(height: area.height).range.enumerated() {
            for (index, place) in places where index < rows[row].count {
                write(rows[row][index], columns[index], in: place.row(top + line), on: &frame, glyphs)
            }
            if row == selected { frame.restyle(area.row(top + line)) { Style(.selection, $0.attributes) } }
        }
    }

    private func write(
        _ text: StyledText, _ column: Column, in place: Rect, on frame: inout Frame, _ glyphs: Glyphs
    ) {
        let text = text.truncated(to: place.width, ellipsis: glyphs.ellipsis)
        let indent = Text.offset(room: place.width - text.width, column.alignment)
        frame.write(text, x: place.x + indent, y: place.y, clip: place)
    }

    /// Where each column that fits stands.
    private func places(in area: Rect) -> [(index: Int, place: Rect)] {
        let natural = columns.indices.map(naturalWidth)
        var widths = natural
        var shown = Array(columns.indices)
        func excess() -> Int { shown.reduce(-Self.gap) { $0 + widths[$1] + Self.gap } - area.width }
        while excess() > 0 {
            let widest = shown.filter { widths[$0] > columns[$0].minimum ?? .max }.max { widths[$0] < widths[$1] }
            if let widest {
                widths[widest] -= 1
            } else if shown.count > 1 {
                let least = shown.reversed().min { columns[$0].importance < columns[$1].importance }
                shown.removeAll { $0 == least }
                widths = natural
            } else {
                break
            }
        }
        var x = area.x
        return shown.map { index in
            defer { x += widths[index] + Self.gap }
            let width = min(widths[index], area.maxX - x)
            return (index, Rect(x: x, y: area.y, width: width, height: area.height))
        }
    }

    private func naturalWidth(_ index: Int) -> Int {
        rows.reduce(hasHeading ? Text.width(columns[index].title) : 0) {
            index < $1.count ? max($0, $1[index].width) : $0
        }
    }
}
