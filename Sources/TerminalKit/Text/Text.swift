/// Measuring and fitting text in columns.
public enum Text {
    public enum Alignment: Hashable, Sendable { case left, centre, right }

    /// Columns that the text takes in a ``Frame``.
    public static func width(_ text: String) -> Int {
        var width = 0
        for cell in CellText(text) { width += cell.width }
        return width
    }

    /// The text, cut to so many columns; the last one kept then holds the ellipsis.
    public static func truncate(_ text: String, to width: Int, ellipsis: Character = "…") -> String {
        guard width > 0 else { return "" }
        var kept = ""
        var used = 0
        var cut = kept.startIndex
        for cell in CellText(text) {
            used += cell.width
            if used > width {
                return kept[..<cut] + String(ellipsis)
            }
            kept.append(cell.character)
            if used < width { cut = kept.endIndex }
        }
        return kept
    }

    /// The text in exactly so many columns: cut or filled with blanks.
    public static func pad(
        _ text: String, to width: Int, _ alignment: Alignment = .left, ellipsis: Character = "…"
    ) -> String {
        let text = truncate(text, to: width, ellipsis: ellipsis)
        let room = max(0, width - Self.width(text))
        let left = offset(room: room, alignment)
        return String(repeating: " ", count: left) + text + String(repeating: " ", count: room - left)
    }

    /// Blanks before a text that leaves so much room.
    static func offset(room: Int, _ alignment: Alignment) -> Int {
        switch alignment {
        case .left: 0
        case .centre: max(0, room) / 2
        case .right: max(0, room)
        }
    }
}
