/// A key and what it does now.
public struct KeyHint: Hashable, Sendable {
    public var key: String
    public var label: String
    /// Without enough room for all, those of least importance go first; of equals, the last one.
    public var importance: Int

    public init(_ key: String, _ label: String, importance: Int = 0) {
        self.key = key
        self.label = label
        self.importance = importance
    }
}

/// The footer: ` space play   ← → event   ? keys`.
public struct KeyHints: Widget, Hashable, Sendable {
    public var hints: [KeyHint]

    public init(_ hints: [KeyHint]) { self.hints = hints }

    private static let gap = 3

    /// Those that fit, in their order.
    public func fitting(width: Int) -> [KeyHint] {
        var shown = Array(hints.indices)
        func length() -> Int { shown.reduce(-Self.gap) { $0 + self.width(hints[$1]) + Self.gap } }
        while shown.count > 1, length() > width,
            let least = shown.reversed().min(by: { hints[$0].importance < hints[$1].importance })
        {
            shown.removeAll { $0 == least }
        }
        return shown.map { hints[$0] }
    }

    private func width(_ hint: KeyHint) -> Int { Text.width(hint.key) + 1 + Text.width(hint.label) }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        var x = area.x
        for hint in fitting(width: area.width) {
            x = frame.write(hint.key, x: x, y: area.y, style: Style(.key), clip: area) + 1
            x = frame.write(hint.label, x: x, y: area.y, style: Style(.keyLabel), clip: area) + Self.gap
        }
    }
}
