/// A row of little columns, the newest at the right: `▁▃█▃▁`.
public struct Sparkline: Widget, Hashable, Sendable {
    /// A missing value leaves a blank.
    public var values: [Double?]
    /// What the highest column stands for; `nil`: the greatest value shown.
    public var maximum: Double?
    public var style: Style

    public init(_ values: [Double?], maximum: Double? = nil, style: Style = .text) {
        self.values = values
        self.maximum = maximum
        self.style = style
    }

    /// The last values, at most so many. Zero and below take the lowest column.
    public func text(width: Int, glyphs: Glyphs) -> String {
        let shown = values.suffix(max(0, width))
        let top = maximum ?? shown.reduce(0) { max($0, $1 ?? 0) }
        return shown.reduce(into: "") { text, value in
            guard let value, value.isFinite else { return text.append(" ") }
            let share = top > 0 ? max(0, min(1, value / top)) : 0
            let level = Int((share * Double(glyphs.heights.count - 1)).rounded())
            text.append(glyphs.heights[level])
        }
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let text = text(width: area.width, glyphs: glyphs)
        frame.write(text, x: area.maxX - text.count, y: area.y, style: style, clip: area)
    }
}
