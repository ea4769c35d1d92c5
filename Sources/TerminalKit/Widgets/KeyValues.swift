/// Names and values in two columns.
public struct KeyValues: Widget, Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        public var key: String
        public var value: StyledText

        public init(_ key: String, _ value: StyledText) {
            self.key = key
            self.value = value
        }
    }

    public var pairs: [Pair]
    /// On which side the values stand: next to their names, or at the right edge (numbers).
    public var alignment: Text.Alignment

    public init(_ pairs: [Pair], alignment: Text.Alignment = .left) {
        self.pairs = pairs
        self.alignment = alignment
    }

    /// Names take what they need, but where there is no room for both, values take up to half of the place.
    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let longest = pairs.reduce(0) { max($0, Text.width($1.key)) }
        let values = pairs.reduce(0) { max($0, $1.value.width) }
        let room = max(area.width / 2, area.width - values - 2)
        let parts = area.columns(.fixed(min(longest, room)), .flexible, gap: 2)
        for (row, pair) in pairs.prefix(area.height).enumerated() {
            let key = Text.truncate(pair.key, to: parts[0].width, ellipsis: glyphs.ellipsis)
            frame.write(key, x: area.x, y: area.y + row, style: .muted, clip: area)
            let value = pair.value.truncated(to: parts[1].width, ellipsis: glyphs.ellipsis)
            let indent = Text.offset(room: parts[1].width - value.width, alignment)
            frame.write(value, x: parts[1].x + indent, y: area.y + row, clip: parts[1])
        }
    }
}
