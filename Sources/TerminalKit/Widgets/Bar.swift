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

/// A bar with its name before it and its value after it: `queue ███░░░ 5 of 10`.
public struct Meter: Widget, Hashable, Sendable {
    public var label: String
    public var bar: Bar
    public var value: String
    /// Columns for the label, so that meters below one another line up; `nil`: as many as it takes.
    public var labelWidth: Int?

    public init(_ label: String, _ bar: Bar, value: String, labelWidth: Int? = nil) {
        self.label = label
        self.bar = bar
        self.value = value
        self.labelWidth = labelWidth
    }

    /// The bar goes first when there is no room for it (four columns), then the label is cut.
    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let area = area.row(0)
        let valueWidth = min(Text.width(value), area.width)
        let wanted = labelWidth ?? Text.width(label)
        let parts = area.columns(.fixed(min(wanted, max(0, area.width - valueWidth - 1))), .flexible, gap: 1)
        let name = Text.truncate(label, to: parts[0].width, ellipsis: glyphs.ellipsis)
        frame.write(name, x: area.x, y: area.y, style: .muted, clip: area)
        let barWidth = parts[1].width - valueWidth - 1
        if barWidth >= 4 {
            let place = Rect(x: parts[1].x, y: area.y, width: barWidth, height: area.height)
            bar.draw(in: place, on: &frame, glyphs: glyphs)
        }
        let cut = Text.truncate(value, to: area.width, ellipsis: glyphs.ellipsis)
        frame.write(cut, x: area.maxX - Text.width(cut), y: area.y, clip: area)
    }
}
