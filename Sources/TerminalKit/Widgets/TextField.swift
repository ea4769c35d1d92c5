/// One line of text that a person types: a search, a name, a value.
public struct TextField: Widget, Hashable, Sendable {
    public private(set) var text: String
    /// How many characters stand before the cursor.
    public private(set) var cursor: Int
    /// Characters at most; what is typed beyond is not taken.
    public let limit: Int

    public init(_ text: String = "", limit: Int = 200) {
        self.text = String(text.prefix(limit))
        self.limit = limit
        cursor = self.text.count
    }

    /// Takes a key that edits: a character, backspace, the arrows, Ctrl-A, E, U, W. Returns whether it was one.
    public mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(character)
        case .backspace: remove(from: cursor - 1, to: cursor)
        case .delete: remove(from: cursor, to: cursor + 1)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .control("u"): remove(from: 0, to: cursor)
        case .control("w"): remove(from: startOfWord, to: cursor)
        default: return false
        }
        return true
    }

    private mutating func insert(_ character: Character) {
        guard text.count < limit else { return }
        text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
        cursor += 1
    }

    private mutating func remove(from first: Int, to end: Int) {
        let range = max(0, first)..<min(end, text.count)
        guard !range.isEmpty else { return }
        let start = text.index(text.startIndex, offsetBy: range.lowerBound)
        text.removeSubrange(start..<text.index(start, offsetBy: range.count))
        cursor = range.lowerBound
    }

    private var startOfWord: Int {
        let before = Array(text.prefix(cursor))
        let end = before.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
        return before[..<end].lastIndex(of: " ").map { $0 + 1 } ?? 0
    }

    /// Draws the text with the cursor in it; of a text that is too long, the part round the cursor.
    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        guard area.width > 0, area.height > 0 else { return }
        var shown = Array(text)
        var before = cursor
        while before > 0, Text.width(String(shown[..<before])) >= area.width {
            shown.removeFirst()
            before -= 1
        }
        let x = area.x + Text.width(String(shown[..<before]))
        frame.write(Text.pad(String(shown), to: area.width), x: area.x, y: area.y, style: Style(.text), clip: area)
        frame.restyle(Rect(x: x, y: area.y, width: 1, height: 1)) { Style(.selection, $0.attributes) }
    }
}
