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

    /// What goes where in a place.
    struct Plan {
        var rect: Rect
        var places: Range<Int>
        /// In nanoseconds.
        var stretch: ClosedRange<Int64>
        /// Columns for what stands left and right of the bars.
        var label: Int
        var ending: Int
        /// Rows for the line of time, and for the exact numbers with a blank one before them.
        var axis: Int
        var details: Int
        var hasDensity: Bool
        /// Whether labels say `request`.
        var isLong: Bool
        /// Rows for each piece of work.
        var height: Int

        var plot: Rect {
            let right = ending == 0 ? 0 : ending + 1
            return Rect(x: rect.x + label + 2, y: rect.y, width: rect.width - label - 2 - right, height: rect.height)
        }

        /// Brings the bars of two pictures below each other to one scale.
        mutating func align(with other: Plan) {
            let from = min(stretch.lowerBound, other.stretch.lowerBound)
            stretch = from...max(stretch.upperBound, other.stretch.upperBound)
            label = max(label, other.label)
            ending = max(ending, other.ending)
        }
    }

    /// `nil`: there is no room, or nothing to show.
    func plan(in rect: Rect) -> Plan? {
        let axis = rect.height >= (list.count == 1 ? 3 : 5) ? 2 : rect.height >= 2 ? 1 : 0
        let room = rect.height - axis
        guard room > 0 else { return nil }
        let details = details(room: room)
        let hasDensity = list.count > room && room >= 3
        let visible = max(1, room - details - (hasDensity ? 1 : 0))
        let isLong = rect.width >= 56
        let places = list.page(of: visible)
        guard let stretch = list.stretch(places) else { return nil }
        let rows = list.rows(places)
        let endings = rect.width >= 40 ? rows.map { words.ending($0).width }.max() ?? 0 : 0
        let label = rows.map { Text.width(words.label($0, isLong: isLong)) }.max() ?? 0
        return Plan(
            rect: rect, places: places, stretch: stretch,
            label: max(label, hasDensity && isLong ? Text.width(densityLabel) : 0),
            ending: min(endings, rect.width / 3), axis: axis, details: details, hasDensity: hasDensity, isLong: isLong,
            height: rows.count * 2 <= visible ? 2 : 1)
    }

    func draw(_ plan: Plan, into frame: inout Frame) {
        let plot = plan.plot
        guard plot.width > 0 else { return }
        let rule = TimeRule(from: plan.stretch.lowerBound, to: plan.stretch.upperBound, context: context)
        var y = plan.rect.y
        if plan.hasDensity {
            drawDensity(plan, into: &frame)
            y += 1
        }
        for (place, row) in zip(plan.places, list.rows(plan.places)) {
            draw(row, isFocus: place == list.focus, plan, y: y, rule, into: &frame)
            y += plan.height
        }
        drawCursor(rule, rows: plan.rect.y..<y, plot: plot, into: &frame)
        guard plan.axis > 0 else { return }
        let line = Rect(x: plot.x, y: y, width: plot.width, height: plan.axis)
        rule.draw(in: line, into: &frame)
        rule.drawHappenings(in: line, into: &frame)
        drawDetails(rows: plan.details, from: y + plan.axis, in: plan.rect, into: &frame)
    }

    // MARK: Rows

    private func draw(
        _ row: RetryTimeline.Row, isFocus: Bool, _ plan: Plan, y: Int, _ rule: TimeRule, into frame: inout Frame
    ) {
        let line = Rect(x: plan.rect.x, y: y, width: plan.rect.width, height: 1)
        let plot = plan.plot
        let label = words.label(row, isLong: plan.isLong)
        let isSelected = context.selection.request == row.request
        if isSelected {
            frame.write(String(glyphs[.selected]), x: line.x, y: y, style: Style(.selection, .bold), clip: line)
        }
        let style = isSelected ? Style(.selection, .bold) : isFocus ? Style(.text, .bold) : .muted
        frame.write(label, x: max(line.x, plot.x - 1 - Text.width(label)), y: y, style: style, clip: line)
        let hue = context.index.firstCall(in: row.span).map { context.trace.hue(of: $0.component) } ?? .text
        let bars = RetryBars(context: context, rule: rule, plot: Rect(x: plot.x, y: y, width: plot.width, height: 1))
        bars.draw(row, hue: hue, below: plan.height == 2 ? y + 1 : nil, into: &frame)
        let ending = words.ending(row).truncated(to: max(0, line.maxX - plot.maxX - 1), ellipsis: glyphs.ellipsis)
        frame.write(ending, x: plot.maxX + 1, y: y, clip: line)
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
    private func drawDensity(_ plan: Plan, into frame: inout Frame) {
        let (plot, line) = (plan.plot, plan.rect.row(0))
        let counts = list.density(plan.stretch, parts: plot.width)
        if plan.isLong {
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
