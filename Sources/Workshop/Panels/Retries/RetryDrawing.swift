import Analysis
import TerminalKit
import Trace

/// Draws the rows of one retry, the line of time under them, and the exact numbers of the row in focus.
struct RetryDrawing {
    let context: PanelContext
    let list: RetryList
    private let words: RetryWords
    private var glyphs: Glyphs { context.glyphs }

    init(_ context: PanelContext, _ list: RetryList) {
        self.context = context
        self.list = list
        words = RetryWords(context: context)
    }

    func draw(in rect: Rect, into frame: inout Frame) {
        let axis = rect.height >= (list.count == 1 ? 3 : 5) ? 2 : rect.height >= 2 ? 1 : 0
        let room = rect.height - axis
        guard room > 0 else { return }
        let details = details(room: room)
        let hasDensity = list.count > room && room >= 3
        let visible = max(1, room - details - (hasDensity ? 1 : 0))
        let isLong = rect.width >= 56
        let places = list.page(of: visible)
        let rows = list.rows(places)
        guard let stretch = list.stretch(places) else { return }
        let endings = rect.width >= 40 ? min(rows.map { words.ending($0).width }.max() ?? 0, rect.width / 3) : 0
        let label = max(
            hasDensity && isLong ? Text.width(densityLabel) : 0,
            rows.map { Text.width(words.label($0, isLong: isLong)) }.max() ?? 0)
        let width = rect.width - label - 2 - (endings == 0 ? 0 : endings + 1)
        guard width > 0 else { return }
        let plot = Rect(x: rect.x + label + 2, y: rect.y, width: width, height: rect.height)
        let rule = TimeRule(from: stretch.lowerBound, to: stretch.upperBound, context: context)
        var y = rect.y
        if hasDensity {
            drawDensity(stretch, hasLabel: isLong, plot: plot, in: rect.row(0), into: &frame)
            y += 1
        }
        let height = rows.count * 2 <= visible ? 2 : 1
        for (place, row) in zip(places, rows) {
            let line = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            draw(row, isFocus: place == list.focus, isLong: isLong, line: line, plot: plot, rule: rule, height, &frame)
            y += height
        }
        drawCursor(rule, rows: rect.y..<y, plot: plot, into: &frame)
        guard axis > 0 else { return }
        let line = Rect(x: plot.x, y: y, width: plot.width, height: axis)
        rule.draw(in: line, into: &frame)
        rule.drawHappenings(in: line, into: &frame)
        drawDetails(rows: details, from: y + axis, in: rect, into: &frame)
    }

    // MARK: Rows

    private func draw(
        _ row: RetryTimeline.Row, isFocus: Bool, isLong: Bool, line: Rect, plot: Rect, rule: TimeRule, _ height: Int,
        _ frame: inout Frame
    ) {
        let label = words.label(row, isLong: isLong)
        let isSelected = context.selection.request == row.request
        if isSelected {
            frame.write(String(glyphs[.selected]), x: line.x, y: line.y, style: Style(.selection, .bold), clip: line)
        }
        let x = plot.x - 1 - Text.width(label)
        let style = isSelected ? Style(.selection, .bold) : isFocus ? Style(.text, .bold) : .muted
        frame.write(label, x: max(line.x, x), y: line.y, style: style, clip: line)
        let hue = context.index.firstCall(in: row.span).map { context.trace.hue(of: $0.component) } ?? .text
        let bars = RetryBars(
            context: context, rule: rule, plot: Rect(x: plot.x, y: line.y, width: plot.width, height: 1))
        bars.draw(row, hue: hue, below: height == 2 ? line.y + 1 : nil, into: &frame)
        let ending = words.ending(row).truncated(to: max(0, line.maxX - plot.maxX - 1), ellipsis: glyphs.ellipsis)
        frame.write(ending, x: plot.maxX + 1, y: line.y, clip: line)
    }

    private func drawCursor(_ rule: TimeRule, rows: Range<Int>, plot: Rect, into frame: inout Frame) {
        let column = rule.column(context.cursor.time.nanoseconds, width: plot.width)
        guard column >= 0, column < plot.width else { return }
        for y in rows where frame.bounds.contains(Point(x: plot.x + column, y: y)) {
            guard frame[plot.x + column, y].character == " " else { continue }
            frame.write(
                String(glyphs.dottedVertical), x: plot.x + column, y: y, style: Style(.accent), clip: plot)
        }
    }

    // MARK: Density

    private var densityLabel: String { context.text("attempts", "intentos") }

    /// How many attempts start when, of all rows.
    private func drawDensity(
        _ stretch: ClosedRange<Int64>, hasLabel: Bool, plot: Rect, in line: Rect, into frame: inout Frame
    ) {
        let counts = list.density(stretch, parts: plot.width)
        if hasLabel {
            let x = plot.x - 1 - Text.width(densityLabel)
            frame.write(densityLabel, x: max(line.x, x), y: line.y, style: .muted, clip: line)
        }
        let text = Sparkline(counts.map { $0 == 0 ? nil : Double($0) }).text(width: plot.width, glyphs: glyphs)
        frame.write(text, x: plot.x, y: line.y, style: Style(.accent), clip: line)
        let most = "\(glyphs.upwards)\(context.numbers.count(counts.max() ?? 0))"
        guard plot.maxX + 1 + Text.width(most) <= line.maxX else { return }
        frame.write(most, x: plot.maxX + 1, y: line.y, style: .muted, clip: line)
    }

    // MARK: Details

    private var focused: RetryTimeline.Row? { list.rows(list.focus..<list.focus + 1).first }

    /// Rows for the exact numbers, a blank one before them included; 0: there is no room.
    private func details(room: Int) -> Int {
        guard let row = focused else { return 0 }
        let wanted = row.attempts.count + 1
        if list.count + wanted <= room { return wanted }
        return context.isZoomed && room >= 12 ? min(wanted, room / 3) : 0
    }

    private func drawDetails(rows: Int, from y: Int, in rect: Rect, into frame: inout Frame) {
        guard rows > 1, let row = focused else { return }
        let area = Rect(x: rect.x + 1, y: y + 1, width: rect.width - 1, height: min(rows - 1, rect.maxY - y - 1))
        frame.draw(words.details(row), in: area, glyphs: glyphs)
    }
}
