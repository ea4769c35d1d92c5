/// Upright columns on a common base: a histogram.
///
///     412 ▂  █
///         █  █  ▅
///         █ ▃█ ▁█ ▁
///         80 ms     400 ms
public struct Columns: Widget, Hashable, Sendable {
    public var values: [Double]
    /// Under the first column, and under the last one.
    public var firstLabel: String
    public var lastLabel: String
    /// At the top of the scale; `nil`: none.
    public var topLabel: String?
    /// What a column as high as the place stands for; `nil`: the greatest value shown.
    public var maximum: Double?
    public var style: Style

    public init(
        _ values: [Double], firstLabel: String = "", lastLabel: String = "", topLabel: String? = nil,
        maximum: Double? = nil, style: Style = Style(.accent)
    ) {
        self.values = values
        self.maximum = maximum
        self.firstLabel = firstLabel
        self.lastLabel = lastLabel
        self.topLabel = topLabel
        self.style = style
    }

    /// Columns are as wide as the place allows; with too many of them, neighbours are added up.
    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let hasLabels = area.height >= 2 && !(firstLabel.isEmpty && lastLabel.isEmpty)
        let gutter = topLabel.map { Text.width($0) + 1 } ?? 0
        let left = area.width >= gutter + 8 ? gutter : 0
        let plot = Rect(
            x: area.x + left, y: area.y, width: area.width - left, height: area.height - (hasLabels ? 1 : 0))
        guard !plot.isEmpty, !values.isEmpty else { return }
        if left > 0, let topLabel { frame.write(topLabel, x: area.x, y: area.y, style: .muted, clip: area) }
        let bins = bins(atMost: plot.width)
        let highest = maximum ?? bins.max() ?? 0
        let width = plot.width / bins.count
        for (index, value) in bins.enumerated() {
            let share = highest > 0 && value > 0 ? min(1, value / highest) : 0
            // A blank between columns where there is room for it.
            let columns = Rect(x: plot.x + index * width, y: plot.y, width: max(1, width - 1), height: plot.height)
            drawColumn(share, in: columns, on: &frame, glyphs)
        }
        guard hasLabels else { return }
        let line = Rect(x: plot.x, y: area.maxY - 1, width: width * bins.count, height: 1)
        let end = frame.write(firstLabel, x: line.x, y: line.y, style: .muted, clip: line)
        let start = max(line.x, line.maxX - Text.width(lastLabel))
        if start > end || firstLabel.isEmpty { frame.write(lastLabel, x: start, y: line.y, style: .muted, clip: line) }
    }

    private func bins(atMost count: Int) -> [Double] {
        let values = values.map { $0.isFinite ? max(0, $0) : 0 }
        let size = (values.count + count - 1) / count
        return stride(from: 0, to: values.count, by: size).map { start in
            values[start..<min(start + size, values.count)].reduce(0, +)
        }
    }

    /// Something is never shown as nothing.
    private func drawColumn(_ share: Double, in place: Rect, on frame: inout Frame, _ glyphs: Glyphs) {
        guard share > 0 else { return }
        let steps = glyphs.heights.count
        let height = max(1, Int((share * Double(place.height * steps)).rounded()))
        for row in 0..<place.height {
            let level = min(steps, height - row * steps)
            guard level > 0 else { return }
            let cells = Rect(x: place.x, y: place.maxY - 1 - row, width: place.width, height: 1)
            // ASCII's lowest height is a blank.
            let glyph = glyphs.heights[level - 1] == " " ? glyphs.heights[1] : glyphs.heights[level - 1]
            frame.fill(cells, with: glyph, style: style)
        }
    }
}
