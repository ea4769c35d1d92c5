import TerminalKit

/// Draws a window of a laid out sequence diagram.
///
/// The heads stay in view when it is scrolled down, the times at the left edge when it is scrolled sideways. Drawing
/// takes time in proportion to what is seen, whatever the diagram's length.
public struct DiagramDrawing: Sendable {
    public let layout: DiagramLayout
    /// The moment, in nanoseconds since the diagram's start: what was sent by then is drawn, the latest of it stands
    /// out, and what comes later is muted. `nil`: everything has happened.
    public var now: Int64?

    private let glyphs: DiagramGlyphs
    /// Rows that a window must have left below the heads for them to be drawn.
    private static let leastRows = 2

    public init(_ layout: DiagramLayout, now: Int64? = nil) {
        self.layout = layout
        self.now = now
        glyphs = DiagramGlyphs(layout.style.glyphs)
    }

    /// The highest values that still fill a window of that size.
    public func farthestScroll(in size: Size) -> (x: Int, y: Int) {
        (max(0, layout.width - size.width), max(0, layout.height - size.height))
    }

    /// The scroll that shows the latest message, and both ends of it where they fit.
    func windowOnLatest(in size: Size) -> Point {
        guard let now, let moment = DiagramMoment.latest(layout.moments, at: now),
            let row = layout.figures.row(of: moment)
        else { return Point(x: 0, y: 0) }
        let rows = Scroll(total: layout.bodyHeight, visible: max(0, size.height - layout.headHeight), showing: row)
        guard let arrow = layout.figures.arrows.touching(row..<(row + 1)).first(where: { $0.message == moment.message })
        else { return Point(x: 0, y: 0) }
        let above = layout.titleHeight + layout.headHeight
        let y = row + above + 1 < size.height ? 0 : rows.offset + layout.titleHeight
        let room = size.width - layout.gutter
        let (left, right) = (min(arrow.from, arrow.to) - Self.side, max(arrow.from, arrow.to) + Self.side)
        let x = max(0, min(left, right - room + 1))
        return Point(x: right < room ? 0 : right - left >= room ? max(0, left) : x, y: y)
    }

    /// How many lifelines stand at the left and at the right of a window of that width.
    func hiddenLifelines(width: Int, scrollX: Int) -> (left: Int, right: Int) {
        let room = max(0, width - layout.gutter)
        let places = layout.figures.lifelines.map { $0.x - scrollX }
        return (places.count { $0 < 0 }, places.count { $0 >= room })
    }

    /// Columns beside the latest message that are shown too.
    private static let side = 12

    /// Draws the window whose first column and row are given into a place of a frame.
    public func draw(into frame: inout Frame, in rect: Rect, scrollX: Int = 0, scrollY: Int = 0) {
        let area = rect.intersection(frame.bounds)
        guard !area.isEmpty else { return }
        let farthest = farthestScroll(in: Size(width: rect.width, height: rect.height))
        let (scrollX, scrollY) = (min(max(0, scrollX), farthest.x), min(max(0, scrollY), farthest.y))
        let title = max(0, layout.titleHeight - scrollY)
        let hasHeads = rect.height - title >= layout.headHeight + min(Self.leastRows, layout.bodyHeight)
        paint(
            into: &frame, in: rect, scrollX: scrollX, title: -scrollY,
            heads: hasHeads ? title : title - layout.headHeight, first: max(0, scrollY - layout.titleHeight))
    }

    /// Draws rows of the whole drawing as they stand in it: the heads scroll away like everything else.
    func drawRows(_ rows: Range<Int>, into frame: inout Frame) {
        let heads = layout.titleHeight - rows.lowerBound
        paint(
            into: &frame, in: frame.bounds, scrollX: 0, title: -rows.lowerBound, heads: heads,
            first: max(0, -heads - layout.headHeight))
    }

    /// - Parameters:
    ///   - title: where its first row stands, in rows below the top of the window.
    ///   - heads: where theirs does.
    ///   - first: the first row of the body that is seen.
    private func paint(
        into frame: inout Frame, in rect: Rect, scrollX: Int, title: Int, heads: Int, first: Int
    ) {
        let gutter = min(layout.gutter, rect.width)
        drawTitle(in: rect, y: title, scrollX: scrollX, into: &frame)
        let above = min(rect.height, max(0, heads + layout.headHeight))
        let top = Rect(x: rect.x, y: rect.y, width: rect.width, height: above)
        let below = Rect(x: rect.x, y: rect.y + above, width: rect.width, height: rect.height - above)
        func parts(_ rect: Rect) -> (gutter: Rect, rest: Rect) {
            (
                Rect(x: rect.x, y: rect.y, width: gutter, height: rect.height),
                Rect(x: rect.x + gutter, y: rect.y, width: rect.width - gutter, height: rect.height)
            )
        }
        let (unit, head) = parts(top)
        let (times, body) = parts(below)
        let x = rect.x + gutter - scrollX
        var taken = Frame(size: Size(width: 0, height: 0))
        swap(&taken, &frame)
        var canvas = DiagramCanvas(taken, area: body, x: x, y: body.y - first, glyphs: glyphs)
        drawBody(on: &canvas)
        canvas.move(to: head, x: x, y: rect.y + heads)
        drawHeads(on: &canvas, from: first, rows: body.height)
        frame = canvas.take()
        drawTimes(in: times, unit: unit, from: first, into: &frame)
    }

    private func drawTitle(in area: Rect, y: Int, scrollX: Int, into frame: inout Frame) {
        for (row, line) in layout.titleLines.enumerated() {
            let x = max(0, (layout.width - Text.width(line)) / 2) - scrollX
            frame.write(line, x: area.x + x, y: area.y + y + row, style: Style(.title, .bold), clip: area)
        }
    }

    // MARK: Heads

    private func drawHeads(on canvas: inout DiagramCanvas, from first: Int, rows: Int) {
        guard !canvas.area.isEmpty else { return }
        let seen = first..<(first + max(1, rows))
        let height = layout.headHeight
        for box in layout.boxes { draw(box, height, on: &canvas) }
        for (column, line) in layout.figures.lifelines.enumerated() {
            let isCreated = line.rows.lowerBound > 0
            // One that is created has its head further down, until that has scrolled away.
            if isCreated, line.rows.lowerBound > first || !line.rows.overlaps(seen) { continue }
            let head = isCreated ? layout.names[column] : layout.heads[column]
            let text = head.rows.suffix(height)
            for (row, part) in text.enumerated() {
                canvas.write(part, line.x - head.anchor, height - text.count + row)
            }
        }
    }

    /// `╭ label ───╮`, its lower edge in the last row of the heads.
    private func draw(_ box: DiagramBox, _ height: Int, on canvas: inout DiagramCanvas) {
        let (first, last) = (box.columns.lowerBound, box.columns.upperBound)
        let places = layout.figures.lifelines
        guard places.indices.contains(last) else { return }
        let left = places[first].x - layout.heads[first].left - 2
        let natural = places[last].x + layout.heads[last].right + 2
        let right = max(natural, left + Text.width(box.label) + 4)
        let border = Style(.border)
        let signs = glyphs.glyphs
        canvas.across(left...right, 0, signs.horizontal, border)
        canvas.across(left...right, height - 1, signs.horizontal, border)
        for row in 0..<height {
            let (one, other) =
                row == 0
                ? (signs.topLeft, signs.topRight)
                : row == height - 1 ? (signs.bottomLeft, signs.bottomRight) : (signs.vertical, signs.vertical)
            canvas.put(one, left, row, border)
            canvas.put(other, right, row, border)
        }
        if !box.label.isEmpty { canvas.write(StyledText(" \(box.label) ", Style(.title)), left + 1, 0) }
    }

    // MARK: Times

    private func drawTimes(in area: Rect, unit: Rect, from first: Int, into frame: inout Frame) {
        guard area.width > 1 else { return }
        let width = area.width - 1
        frame.write(
            Text.pad(layout.unit, to: width, .right), x: unit.x, y: unit.maxY - 1, style: .muted, clip: unit)
        let latest = now.flatMap { DiagramMoment.latest(layout.moments, at: $0) }.flatMap(layout.figures.row)
        for time in layout.figures.times.touching(first..<(first + area.height)) {
            if let now, time.begins > now { continue }
            let style = time.isFold ? Style(.muted) : time.row == latest ? Style(.accent, .bold) : Style.muted
            frame.write(
                Text.pad(time.text, to: width, .right), x: area.x, y: area.y + time.row - first, style: style,
                clip: area)
        }
    }

    // MARK: Body

    private func drawBody(on canvas: inout DiagramCanvas) {
        let rows = max(0, canvas.rows.lowerBound)..<max(0, canvas.rows.upperBound)
        guard !rows.isEmpty else { return }
        let figures = layout.figures
        let painter = FigurePainter(layout: layout, now: now, glyphs: glyphs)
        for (column, line) in figures.lifelines.enumerated() where canvas.columns.contains(line.x) {
            painter.draw(line, column, rows, on: &canvas)
        }
        for bar in figures.bars.touching(rows) { painter.draw(bar, rows, on: &canvas) }
        for frame in figures.frames.touching(rows) { painter.drawBorder(frame, on: &canvas) }
        for head in figures.heads.touching(rows) { painter.draw(head, on: &canvas) }
        let arrows = figures.arrows.touching(rows)
        for arrow in arrows { painter.drawLine(arrow, on: &canvas) }
        // Texts come last: lines pass behind them.
        for note in figures.notes.touching(rows) { painter.draw(note, on: &canvas) }
        for frame in figures.frames.touching(rows) { painter.drawTitles(frame, on: &canvas) }
        for heading in figures.headings.touching(rows) { painter.draw(heading, on: &canvas) }
        for arrow in arrows { painter.drawText(arrow, on: &canvas) }
        for line in figures.lifelines where line.endsInCross { painter.drawCross(line, on: &canvas) }
    }
}
