/// Lines over a common scale, told apart by marker and dash as well as by colour.
///
///     p99 ms   ● before  ◆ after
///     2000 ┤        ⢀⣀⣠⣤⣤⣄
///     1000 ┤⠈⠑⠢⢄⣀⣀⡠⠔⠊      ⠙⢄⣀⣀⣀⣀●
///        0 ┼────┬─────────┬──────────
///          0    5        10 s
public struct LineChart: Widget, Hashable, Sendable {
    public struct Series: Hashable, Sendable {
        public var name: String
        /// In order of x. What is no number breaks the line.
        public var points: [Place]
        public var style: Style

        public init(_ name: String, _ points: [Place], style: Style) {
            self.name = name
            self.points = points
            self.style = style
        }
    }

    public struct Place: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// What is measured, and in which unit: `p99 ms`.
    public var title: String
    public var series: [Series]
    /// `nil`: as far as the points go.
    public var xRange: ClosedRange<Double>?
    /// `nil`: from zero to a round number above all points.
    public var yRange: ClosedRange<Double>?
    public var xUnit: String
    /// Where an upright line stands (the present moment).
    public var cursor: Double?
    /// Between the whole part of a number and its decimals.
    public var decimalSign: Character
    /// Whether the lines' names stand above them; without, something else has to say which is which.
    public var hasNames: Bool

    public init(
        _ title: String = "", _ series: [Series], xRange: ClosedRange<Double>? = nil,
        yRange: ClosedRange<Double>? = nil, xUnit: String = "", cursor: Double? = nil, decimalSign: Character = ".",
        hasNames: Bool = true
    ) {
        self.title = title
        self.series = series
        self.xRange = xRange
        self.yRange = yRange
        self.xUnit = xUnit
        self.cursor = cursor
        self.decimalSign = decimalSign
        self.hasNames = hasNames
    }

    /// Where the lines stand in an area, and the scales beside them: for those who put signs of their own on a chart.
    public struct Plan: Hashable, Sendable {
        /// The block of the lines. The axis of x, where there is one, is the row below it.
        public let plot: Rect
        public let x: Axis
        public let y: Axis
        let hasHeading: Bool
        let hasX: Bool
        let hasY: Bool

        /// The cell of a place; `nil` outside the plot.
        public func cell(_ place: Place) -> Point? {
            let across = x.share(place.x) * Double(plot.width * 2 - 1)
            let down = (1 - y.share(place.y)) * Double(plot.height * 4 - 1)
            guard across.magnitude < 1e9, down.magnitude < 1e9 else { return nil }
            let cell = Point(x: plot.x + Int(across.rounded()) / 2, y: plot.y + Int(down.rounded()) / 4)
            return across >= 0 && down >= 0 && plot.contains(cell) ? cell : nil
        }
    }

    public func plan(in area: Rect) -> Plan {
        let hasHeading = area.height >= 3 && (!title.isEmpty || series.count > 1 && hasNames)
        let top = hasHeading ? 1 : 0
        let hasX = area.height - top >= 4 && area.width >= 12
        let plotHeight = area.height - top - (hasX ? 2 : 0)
        let yTicks = max(3, min(plotHeight / 2 + 1, 5))
        let y =
            yRange.map { Axis($0, ticks: yTicks) }
            ?? Axis(containing: series.flatMap(\.points).map(\.y), ticks: yTicks)
        let gutter = y.ticks.reduce(0) { max($0, Text.width(y.label($1, decimalSign))) } + 2
        let hasY = area.width >= gutter + 8 && plotHeight >= 2
        let left = hasY ? gutter : 0
        let plot = Rect(x: area.x + left, y: area.y + top, width: area.width - left, height: plotHeight)
        let x = Axis(xRange ?? span, ticks: max(2, min(plot.width / 10 + 1, 7)))
        return Plan(plot: plot, x: x, y: y, hasHeading: hasHeading, hasX: hasX, hasY: hasY)
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let plan = plan(in: area)
        if plan.hasHeading { drawHeading(in: area.row(0), on: &frame, glyphs) }
        guard !plan.plot.isEmpty else { return }
        if plan.hasX { drawX(plan.x, under: plan.plot, isJoined: plan.hasY, on: &frame, glyphs) }
        if plan.hasY { drawY(plan.y, beside: plan.plot, isJoined: plan.hasX, on: &frame, glyphs) }
        drawCursor(plan.x, in: plan.plot, on: &frame, glyphs)
        drawLines(plan.x, plan.y, in: plan.plot, on: &frame, glyphs)
    }

    /// From the first point to the last one.
    private var span: ClosedRange<Double> {
        let all = series.flatMap(\.points).map(\.x).filter(\.isFinite)
        return (all.min() ?? 0)...(all.max() ?? 1)
    }

    private func drawHeading(in line: Rect, on frame: inout Frame, _ glyphs: Glyphs) {
        var x = frame.write(title, x: line.x, y: line.y, style: .muted, clip: line)
        guard series.count > 1, hasNames else { return }
        if !title.isEmpty { x += 3 }
        for (index, entry) in series.enumerated() {
            let text = "\(marker(index, glyphs)) \(entry.name)"
            guard x + Text.width(text) <= line.maxX else { return }
            x = frame.write(text, x: x, y: line.y, style: entry.style, clip: line) + 2
        }
    }

    private func marker(_ index: Int, _ glyphs: Glyphs) -> Character { glyphs.markers[index % glyphs.markers.count] }

    private func drawY(_ axis: Axis, beside plot: Rect, isJoined: Bool, on frame: inout Frame, _ glyphs: Glyphs) {
        let style = Style(.border)
        let line = Rect(x: plot.x - 1, y: plot.y, width: 1, height: plot.height)
        frame.fill(line, with: glyphs.vertical, style: style)
        var free = plot.maxY + 1
        for tick in axis.ticks {
            let label = axis.label(tick, decimalSign)
            // Ticks stand at the rows' lower edges, so the lowest one is on the x axis where there is one.
            let height = isJoined ? plot.height : plot.height - 1
            let y = plot.y + height - Int((axis.share(tick) * Double(height)).rounded())
            guard y < free else { continue }
            free = y
            let sign = y == plot.maxY ? glyphs.cross : glyphs.teeLeft
            frame.write(label, x: plot.x - 2 - Text.width(label), y: y, style: .muted)
            frame.write(String(sign), x: plot.x - 1, y: y, style: style)
        }
    }

    private func drawX(_ axis: Axis, under plot: Rect, isJoined: Bool, on frame: inout Frame, _ glyphs: Glyphs) {
        let style = Style(.border)
        let clip = Rect(x: plot.x, y: plot.maxY, width: plot.width, height: 2)
        frame.fill(Rect(x: plot.x, y: plot.maxY, width: plot.width, height: 1), with: glyphs.horizontal, style: style)
        var free = plot.x
        for tick in axis.ticks {
            let x = plot.x + Int((axis.share(tick) * Double(plot.width - 1)).rounded())
            let isLast = tick == axis.ticks.last
            let label = axis.label(tick, decimalSign) + (isLast && !xUnit.isEmpty ? " \(xUnit)" : "")
            let width = Text.width(label)
            let start = max(plot.x, min(x - Text.width(axis.label(tick, decimalSign)) / 2, plot.maxX - width))
            if x > plot.x || !isJoined {
                frame.write(String(glyphs.teeDown), x: x, y: plot.maxY, style: style, clip: clip)
            }
            guard start >= free else { continue }
            free = frame.write(label, x: start, y: plot.maxY + 1, style: .muted, clip: clip) + 1
        }
    }

    private func drawCursor(_ axis: Axis, in plot: Rect, on frame: inout Frame, _ glyphs: Glyphs) {
        guard let cursor, axis.range.contains(cursor) else { return }
        let x = plot.x + Int((axis.share(cursor) * Double(plot.width - 1)).rounded())
        let line = Rect(x: x, y: plot.y, width: 1, height: plot.height)
        frame.fill(line, with: glyphs.dottedVertical, style: Style(.accent))
    }

    private func drawLines(_ x: Axis, _ y: Axis, in plot: Rect, on frame: inout Frame, _ glyphs: Glyphs) {
        var canvas = DotCanvas(cells: Size(width: plot.width, height: plot.height))
        let size = canvas.size
        func dot(_ place: Place) -> Point? {
            guard place.x.isFinite, place.y.isFinite else { return nil }
            let across = x.share(place.x) * Double(size.width - 1)
            let down = (1 - y.share(place.y)) * Double(size.height - 1)
            guard across.magnitude < 1e9, down.magnitude < 1e9 else { return nil }
            return Point(x: Int(across.rounded()), y: Int(down.rounded()))
        }
        var ends: [Point?] = []
        for (index, line) in series.enumerated() {
            let dots = line.points.map(dot)
            for (place, next) in dots.enumerated() {
                guard let next else { continue }
                let previous = place > 0 ? dots[place - 1] : nil
                canvas.line(from: previous ?? next, to: next, style: line.style, pattern: Self.pattern(index))
            }
            ends.append(dots.last { $0 != nil } ?? nil)
        }
        frame.draw(canvas, in: plot, glyphs: glyphs)
        guard series.count > 1 else { return }
        for (index, end) in ends.enumerated() {
            guard let end, end.x >= 0, end.y >= 0 else { continue }
            let place = Point(x: plot.x + end.x / 2, y: plot.y + end.y / 4)
            frame.write(String(marker(index, glyphs)), x: place.x, y: place.y, style: series[index].style, clip: plot)
        }
    }

    /// The second line is dashed, the third dotted.
    private static func pattern(_ index: Int) -> (Int) -> Bool {
        switch index % 3 {
        case 0: { _ in true }
        case 1: { $0 % 6 < 4 }
        default: { $0 % 3 == 0 }
        }
    }
}
