import Analysis
import TerminalKit
import Trace

/// Draws the waterfall: names at the left, bars along a scale, durations at the right.
struct WaterfallDrawing {
    let context: PanelContext
    let request: RequestInfo
    let rect: Rect
    let rows: [WaterfallRow]
    let path: CriticalPath
    /// Spans whose answer is made up.
    let fallbacks: Set<SpanID>
    let bars: WaterfallBars
    private let labelWidth: Int
    private let durationWidth = 9
    private var glyphs: Glyphs { context.glyphs }
    private var words: SequenceWords { SequenceWords(context: context) }

    init(_ context: PanelContext, request: RequestInfo, rect: Rect) {
        self.context = context
        self.request = request
        self.rect = rect
        rows = WaterfallRow.rows(of: request, in: context.index, at: context.cursor, height: rect.height - 1)
        path = context.index.criticalPath(of: request.id, at: context.cursor)
        fallbacks = Set(
            context.index.events(of: request.id).filter(context.cursor.includes).compactMap { id in
                context.trace[id].flatMap { $0.kind == .fallbackUsed ? $0.span : nil }
            })
        let cast = context.run.casts[request.flow] ?? FlowCast()
        let longest = cast.components.map { Text.width(context.trace.name($0)) }.max() ?? 0
        let deepest = Self.deepestLabel(context, request)
        labelWidth = min(max(longest + cast.labelWidth + 6, deepest + 2), max(8, rect.width * 2 / 5))
        bars = WaterfallBars(
            request: request, last: context.index.lastMoment(of: request),
            width: max(0, rect.width - labelWidth - durationWidth - 2),
            phases: SpanPhases(of: request.id, in: context.index, until: context.cursor))
    }

    /// Policies nest their calls deeper than steps do: the longest name of those, with its indent.
    private static func deepestLabel(_ context: PanelContext, _ request: RequestInfo) -> Int {
        let spans = context.index.spans(of: request.id)
        guard spans.contains(where: { $0.kind.isOfPolicy }) else { return 0 }
        let rows = WaterfallRow.rows(of: request, in: context.index, at: context.trace.lastCursor, height: .max)
        return rows.map { row in
            let name = context.trace.name(row.first.component)
            let detail = row.first.kind == .call ? "." + context.trace.name(row.first.detail) : ""
            return min(row.depth, 6) + Text.width(row.first.kind.isOfPolicy ? "" : name + detail)
        }.max() ?? 0
    }

    func draw(into frame: inout Frame) {
        drawScale(into: &frame)
        let height = rect.height - 1
        guard height > 0 else { return }
        let legend = legend
        let hasLegend = rows.count + 2 <= height && !legend.isEmpty
        let shown = rows.firstIndex { row in row.spans.contains { $0.id == context.selection.span } } ?? rows.count - 1
        let follow = Scroll(total: rows.count, visible: height, offset: shown - height + 2, showing: shown).offset
        let range = Scroll(total: rows.count, visible: height, offset: follow + context.scroll).range
        for (line, row) in range.enumerated() { draw(rows[row], y: rect.y + 1 + line, into: &frame) }
        drawCursor(rows: range.count, into: &frame)
        if hasLegend {
            frame.write(
                legend.truncated(to: rect.width, ellipsis: glyphs.ellipsis), x: rect.x, y: rect.maxY - 1, clip: rect)
        }
    }

    // MARK: Scale and cursor

    private func drawScale(into frame: inout Frame) {
        let x = rect.x + labelWidth + 1
        let plot = Rect(x: x, y: rect.y, width: bars.width, height: 1).intersection(rect)
        let inSeconds = bars.length >= 10_000_000_000
        let unit: Int64 = inSeconds ? 1_000_000_000 : 1_000_000
        let axis = Axis(0...(Double(bars.length) / Double(unit)), ticks: max(3, bars.width / 8 + 1))
        var free = plot.x
        for tick in axis.ticks {
            let offset = Int64((tick * Double(unit)).rounded())
            let ending = tick == axis.ticks.last ? (inSeconds ? " s" : " ms") : ""
            let text = axis.label(tick, context.numbers.decimalSign) + ending
            let place = min(x + bars.x(of: offset), rect.maxX - Text.width(text))
            guard place >= free else { continue }
            free = frame.write(text, x: place, y: rect.y, style: .muted, clip: rect) + 1
        }
    }

    private func drawCursor(rows: Int, into frame: inout Frame) {
        let now = context.cursor.time.nanoseconds - request.start.nanoseconds
        guard bars.width > 0, now >= 0, now <= bars.length else { return }
        let x = rect.x + labelWidth + 1 + min(bars.x(of: now), bars.width - 1)
        for y in rect.y + 1..<rect.y + 1 + rows where Rect(frame.size).contains(Point(x: x, y: y)) {
            if frame[x, y].character == " " {
                frame.write(String(glyphs.dottedVertical), x: x, y: y, style: Style(.accent), clip: rect)
            }
        }
    }

    // MARK: Rows

    private func draw(_ row: WaterfallRow, y: Int, into frame: inout Frame) {
        let isSelected = row.spans.contains { $0.id == context.selection.span }
        let isCritical = row.spans.contains { path.contains($0.id) }
        let line = Rect(x: rect.x, y: y, width: rect.width, height: 1).intersection(rect)
        let mark = isSelected ? glyphs[.selected] : " "
        let label = label(of: row, isCritical: isCritical)
        frame.write(String(mark), x: rect.x, y: y, style: Style(.selection, .bold), clip: line)
        frame.write(label, x: rect.x + 1, y: y, clip: line)
        drawBar(row, y: y, into: &frame)
        let duration = duration(of: row).truncated(to: durationWidth, ellipsis: glyphs.ellipsis)
        frame.write(duration, x: max(rect.x, rect.maxX - duration.width), y: y, clip: line)
        if isSelected {
            let name = Rect(x: rect.x + 1, y: y, width: min(labelWidth - 1, label.width), height: 1).intersection(rect)
            frame.restyle(name) { _ in Style(.selection, [.bold, .reverse]) }
        }
    }

    private func label(of row: WaterfallRow, isCritical: Bool) -> StyledText {
        let span = row.first
        let emphasis: Attributes = isCritical ? .bold : []
        var text = StyledText(String(repeating: " ", count: min(row.depth, 6)))
        let detail = context.trace.name(span.detail)
        switch span.kind {
        case .call, .cacheLookup:
            text.append(context.trace.name(span.component), Style(context.trace.hue(of: span.component), emphasis))
            if !detail.isEmpty { text.append(".\(detail)", Style(.text, emphasis)) }
        case .wait: text.append(context.text("wait", "espera"), Style(.wait, emphasis))
        case .request, .step, .background: text.append(detail, Style(.text, emphasis))
        case .guard: text.append(context.trace.name(span.component), Style(.text, emphasis))
        case .attempt, .copy: text += repetition(span, emphasis)
        }
        guard row.spans.count > 1 else { return text.truncated(to: labelWidth - 1, ellipsis: glyphs.ellipsis) }
        let count = StyledText(" \(glyphs.times)\(context.numbers.count(row.spans.count))", Style(.text, emphasis))
        return text.truncated(to: labelWidth - 1 - count.width, ellipsis: glyphs.ellipsis) + count
    }

    /// `attempt 1`, `↻ attempt 2`, `first call`, `⇉ copy 1`.
    private func repetition(_ span: TraceSpan, _ emphasis: Attributes) -> StyledText {
        let number = context.numbers.count(Int(clamping: span.number))
        let isAttempt = span.kind == .attempt
        let isFirst = span.number <= (isAttempt ? 1 : 0)
        let copy =
            isFirst ? context.text("first call", "primera llamada") : context.text("copy \(number)", "copia \(number)")
        let name = isAttempt ? context.text("attempt \(number)", "intento \(number)") : copy
        let mark = isAttempt ? Mark.retried : .hedged
        let sign = isFirst ? StyledText() : StyledText("\(glyphs[mark]) ", Style(mark.role, emphasis))
        return sign + StyledText(name, Style(.text, emphasis))
    }

    private func duration(of row: WaterfallRow) -> StyledText {
        let now = context.cursor.time.nanoseconds
        let lengths = row.spans.map { $0.duration ?? now - $0.start.nanoseconds }
        let text = context.numbers.duration(lengths.max() ?? 0)
        if row.spans.contains(where: \.isOpen) { return StyledText(text + String(glyphs.ellipsis), .muted) }
        if row.spans.contains(where: { fallbacks.contains($0.id) }) {
            return StyledText("\(glyphs[.cached]) ", Style(.cache)) + StyledText(text)
        }
        guard let bad = row.spans.first(where: { !$0.outcome.isSuccess && $0.outcome != .none }),
            bad.kind != .cacheLookup,
            let mark = words.mark(bad.outcome, isEnd: false)
        else { return StyledText(text) }
        return StyledText("\(glyphs[mark]) \(text)", Style(mark.role))
    }

    private func drawBar(_ row: WaterfallRow, y: Int, into frame: inout Frame) {
        let cells = bars.cells(of: row, path: path)
        let x = rect.x + labelWidth + 1
        let hue = context.trace.hue(of: row.first.component)
        if row.first.duration == 0, row.spans.count == 1, let mark = words.mark(row.first.outcome, isEnd: false) {
            let column = cells.first?.column ?? 0
            frame.write(String(glyphs[mark]), x: x + column, y: y, style: Style(mark.role, .bold), clip: rect)
            return
        }
        for (column, cell) in cells {
            frame.write(String(cell.glyph(glyphs)), x: x + column, y: y, style: cell.style(hue: hue), clip: rect)
        }
    }

    /// What the bars mean, as far as they occur.
    private var legend: StyledText {
        let cells = Set(rows.flatMap { row in bars.cells(of: row, path: path).map(\.cell) })
        let names: [(WaterfallBars.Cell, String)] = [
            (.init(.service, isCritical: true), context.text("critical path", "camino crítico")),
            (.init(.service, isCritical: false), context.text("other work", "otro trabajo")),
            (.init(.queue, isCritical: true), context.text("queue", "cola")),
            (.init(.network, isCritical: true), context.text("network", "red")),
            (.init(.wait, isCritical: true), context.text("wait", "espera")),
        ]
        var text = StyledText()
        for (cell, name) in names {
            let occurs = cell.phase == .service ? cells.contains(cell) : cells.contains { $0.phase == cell.phase }
            guard occurs else { continue }
            if !text.isEmpty { text.append("  ") }
            text.append("\(cell.glyph(glyphs)) ", .text)
            text.append(name, .muted)
        }
        return text
    }
}
