/// A horizontal line with a title at the left and a note at the right: `├ Breaker ──── closed ─┤`.
///
/// The title is cut when it does not fit; the note is dropped.
public struct Rule: Widget, Hashable, Sendable {
    /// The characters at both ends.
    public enum Ends: Hashable, Sendable {
        case plain, top, bottom, tees
    }

    public var title: String
    public var note: String
    public var ends: Ends
    public var isFocused: Bool

    public init(_ title: String = "", note: String = "", ends: Ends = .tees, isFocused: Bool = false) {
        self.title = title
        self.note = note
        self.ends = ends
        self.isFocused = isFocused
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        guard !area.isEmpty else { return }
        let border = Style(isFocused ? .focus : .border)
        let line = Rect(x: area.x, y: area.y, width: area.width, height: 1)
        frame.fill(line, with: glyphs.horizontal, style: border)
        let (left, right) = corners(glyphs)
        frame.write(String(left), x: area.x, y: area.y, style: border, clip: line)
        frame.write(String(right), x: area.maxX - 1, y: area.y, style: border, clip: line)
        var end = area.x + 1
        if !title.isEmpty, area.width >= 5 {
            let text = Text.truncate(title, to: area.width - 4, ellipsis: glyphs.ellipsis)
            let style = Style(isFocused ? .focus : .title, isFocused ? .bold : [])
            let lead = isFocused ? String(glyphs[.focus]) : " "
            end = frame.write("\(lead)\(text) ", x: area.x + 1, y: area.y, style: style, clip: line)
        }
        let start = area.maxX - 4 - Text.width(note)
        if !note.isEmpty, start > end {
            frame.write(" \(note) ", x: start, y: area.y, style: .muted, clip: line)
        }
    }

    private func corners(_ glyphs: Glyphs) -> (Character, Character) {
        switch ends {
        case .plain: (glyphs.horizontal, glyphs.horizontal)
        case .top: (glyphs.topLeft, glyphs.topRight)
        case .bottom: (glyphs.bottomLeft, glyphs.bottomRight)
        case .tees: (glyphs.teeRight, glyphs.teeLeft)
        }
    }
}
