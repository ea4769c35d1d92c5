import TerminalKit

/// Lines below one another, of which the least important go first where there is no room for all.
struct FittingLines {
    private struct Line {
        var text: StyledText
        var importance: Int
    }

    private var lines: [Line] = []

    var count: Int { lines.count }

    /// An empty text is a blank line, which goes before everything else.
    mutating func add(_ text: StyledText, _ importance: Int) {
        lines.append(Line(text: text, importance: text.isEmpty ? -1 : importance))
    }

    /// The lines that a height leaves.
    func fitting(_ height: Int) -> [StyledText] {
        guard height > 0 else { return [] }
        let kept = Set(
            lines.indices.sorted { (-lines[$0].importance, $0) < (-lines[$1].importance, $1) }.prefix(height))
        let shown = lines.indices.filter(kept.contains).map { lines[$0].text }
        // A blank line at an end sets nothing apart.
        return Array(shown.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed())
    }

    /// Returns the row after the last line.
    @discardableResult
    func draw(in rect: Rect, into frame: inout Frame, ellipsis: Character) -> Int {
        let shown = fitting(rect.height)
        for (row, text) in shown.enumerated() {
            frame.write(text.truncated(to: rect.width, ellipsis: ellipsis), x: rect.x, y: rect.y + row, clip: rect)
        }
        return rect.y + shown.count
    }
}
