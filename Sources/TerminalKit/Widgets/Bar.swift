/// A horizontal bar: `█████▌░░░░`.
public struct Bar: Widget, Hashable, Sendable {
    /// From 0 to 1; others are brought to the nearer end, what is no number to 0.
    public var fraction: Double
    public var style: Style

    public init(_ fraction: Double, style: Style = Style(.accent)) {
        self.fraction = fraction > 0 ? min(1, fraction) : 0
        self.style = style
    }

    /// The bar's cells. Something is never shown as nothing, nor almost all as all.
    public func text(width: Int, glyphs: Glyphs) -> (filled: String, empty: String) {
        guard width > 0 else { return ("", "") }
        let steps = glyphs.eighths.count + 1
        var filled = Int((fraction * Double(width * steps)).rounded())
        if fraction > 0 { filled = max(1, filled) }
        if fraction < 1 { filled = min(width * steps - 1, filled) }
        var text = String(repeating: glyphs.full, count: filled / steps)
        if filled % steps > 0 { text.append(glyphs.eighths[filled % steps - 1]) }
        return (text, String(repeating: glyphs.empty, count: width - text.count))
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let text = text(width: area.width, glyphs: glyphs)
        for y in area.y..<area.maxY {
            let end = frame.write(text.filled, x: area.x, y: y, style: style, clip: area)
            frame.write(text.empty, x: end, y: y, style: Style(.border), clip: area)
        }
    }
}
