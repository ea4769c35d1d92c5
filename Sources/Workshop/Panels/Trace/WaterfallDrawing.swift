import Analysis
import TerminalKit
import Trace

/// Draws the waterfall: names at the left, bars along a scale, durations at the right.
struct WaterfallDrawing {
    let context: PanelContext
    let request: RequestInfo
    let rect: Rect
    let rows: [WaterfallRow]
    let parts: WaterfallParts
    let errors: RequestErrors
    /// Spans whose answer is made up.
    let fallbacks: Set<SpanID>
    /// Calls that no two clocks can both be right about.
    let impossible: Set<SpanID>
    let bars: WaterfallBars
    private let labelWidth: Int
    private let durationWidth = 9
    /// Columns for the time that a span spends itself; 0: there is no room.
    private let selfWidth: Int
    private var glyphs: Glyphs { context.glyphs }
    private var words: SequenceWords { SequenceWords(context: context) }
    private var notes: WaterfallNotes {
        WaterfallNotes(context: context, request: request, parts: parts, errors: errors)
    }

    init(_ context: PanelContext, request: RequestInfo, rect: Rect) {
        self.context = context
        self.request = request
        self.rect = rect
        let (index, cursor) = (context.index, context.cursor)
        let rows = WaterfallRow.rows(of: request, in: index, at: cursor, height: rect.height - 1)
        self.rows = rows
        parts = WaterfallParts(of: request.id, in: index, at: cursor, by: context.clocks)
        errors = RequestErrors(of: request.id, in: index, at: cursor)
        fallbacks = Set(
            index.events(of: request.id).filter(cursor.includes).compactMap { id in
                index.trace[id].flatMap { $0.kind == .fallbackUsed ? $0.span : nil }
            })
        impossible = Set(
            context.clocks == nil
                ? []
                : rows.flatMap(\.spans).compactMap { RecordedCall($0, in: index, context.run.clocks, at: cursor) }
                    .filter(\.isImpossible).map(\.call))
        labelWidth = min(Self.labelWidth(context, request), max(8, rect.width * 2 / 5))
        let hasSelf = rect.width >= 64 && rows.contains { $0.first.kind != .request && $0.first.kind != .step }
        selfWidth = hasSelf && rows.contains { !index.children(of: $0.first.id).isEmpty } ? durationWidth : 0
        bars = WaterfallBars(
            context.scale(of: request), width: max(0, rect.width - labelWidth - selfWidth - durationWidth - 2))
    }

    /// Enough for the names of the flow's requests, and for those of this one, which may be nested deeper.
    private static func labelWidth(_ context: PanelContext, _ request: RequestInfo) -> Int {
        let cast = context.run.casts[request.flow] ?? FlowCast()
        let longest = cast.components.map { Text.width(context.trace.name($0)) }.max() ?? 0
        let spans = context.index.spans(of: request.id)
        let isNested = spans.contains { $0.kind.isOfPolicy || context.index.span($0.parent)?.kind == .call }
        guard isNested else { return longest + cast.labelWidth + 6 }
        let rows = WaterfallRow.rows(of: request, in: context.index, at: context.trace.lastCursor, height: .max)
        let label = WaterfallLabel(context: context)
        let deepest = rows.map { row in
            min(row.depth, WaterfallLabel.deepest) + (row.first.kind.isOfPolicy ? 0 : label.name(row.first).width)
        }
        return max(longest + cast.labelWidth + 6, (deepest.max() ?? 0) + 2)
    }

    private var barsX: Int { rect.x + labelWidth + 1 }

    func draw(into frame: inout Frame) {
        drawHead(into: &frame)
        let height = rect.height - 1
        guard height > 0 else { return }
        let selected = rows.firstIndex { row in row.spans.contains { $0.id == context.selection.span } }
        let foot = foot(selected)
        let hasFoot = !foot.isEmpty && (rows.count + 2 <= height || selected != nil && height >= 5)
        let room = hasFoot && selected != nil ? height - 1 : height
        let shown = selected ?? rows.count - 1
        let follow = Scroll(total: rows.count, visible: room, offset: shown - room + 2, showing: shown).offset
        let range = Scroll(total: rows.count, visible: room, offset: follow + context.scroll).range
        for (line, row) in range.enumerated() { draw(rows[row], y: rect.y + 1 + line, into: &frame) }
        drawCursor(rows: range.count, into: &frame)
        if hasFoot {
            frame.write(
                foot.truncated(to: rect.width, ellipsis: glyphs.ellipsis), x: rect.x, y: rect.maxY - 1, clip: rect)
        }
    }

    private func foot(_ selected: Int?) -> StyledText {
        if let selected {
            let row = rows[selected]
            let span = row.spans.first { $0.id == context.selection.span } ?? row.first
            return notes.about(span, width: rect.width)
        }
        let cells = Set(rows.flatMap { row in bars.cells(of: row, parts).map(\.cell) })
        let hasPropagated = rows.contains { errors[$0.first.id] == .propagated }
        return notes.legend(cells, hasPropagated: hasPropagated, width: rect.width)
    }

    // MARK: Scale and cursor

    private func drawHead(into frame: inout Frame) {
        let head = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(1, rect.height))
        var end = rect.maxX
        if selfWidth > 0 {
            let total = context.text("total", "total")
            frame.write(total, x: rect.maxX - Text.width(total), y: rect.y, style: .muted, clip: head)
            let own = context.text("self", "propio")
            let x = rect.maxX - durationWidth - Text.width(own)
            frame.write(own, x: x, y: rect.y, style: .muted, clip: head)
            end = x - 1
        }
        let origin = context.clocks?.recorded(request.start, by: request.client) ?? request.start
        let place = Rect(x: barsX, y: rect.y, width: end - barsX, height: 1).intersection(head)
        WaterfallAxis(context: context, bars: bars, origin: origin).draw(into: &frame, in: place)
    }

    private func drawCursor(rows: Int, into frame: inout Frame) {
        let now = context.cursor.time
        guard bars.width > 0, now >= request.start, now.nanoseconds - bars.start.nanoseconds < bars.length else {
            return
        }
        let x = barsX + min(bars.x(of: now), bars.width - 1)
        for y in rect.y + 1..<rect.y + 1 + rows where Rect(frame.size).contains(Point(x: x, y: y)) {
            if frame[x, y].character == " " {
                frame.write(String(glyphs.vertical), x: x, y: y, style: Style(.accent), clip: rect)
            }
        }
    }

    // MARK: Rows

    private func draw(_ row: WaterfallRow, y: Int, into frame: inout Frame) {
        let isSelected = row.spans.contains { $0.id == context.selection.span }
        let isCritical = row.spans.contains { parts.path.contains($0.id) }
        let line = Rect(x: rect.x, y: y, width: rect.width, height: 1).intersection(rect)
        let mark = isSelected ? glyphs[.selected] : " "
        let label = WaterfallLabel(context: context).text(row, isCritical: isCritical, width: labelWidth - 1)
        frame.write(String(mark), x: rect.x, y: y, style: Style(.selection, .bold), clip: line)
        frame.write(label, x: rect.x + 1, y: y, clip: line)
        drawBar(row, y: y, into: &frame)
        let duration = duration(of: row).truncated(to: durationWidth, ellipsis: glyphs.ellipsis)
        frame.write(duration, x: max(rect.x, rect.maxX - duration.width), y: y, clip: line)
        if selfWidth > 0, let own = own(row) {
            frame.write(own, x: rect.maxX - durationWidth - Text.width(own), y: y, style: .muted, clip: line)
        }
        if isSelected {
            let name = Rect(x: rect.x + 1, y: y, width: min(labelWidth - 1, label.width), height: 1).intersection(rect)
            frame.restyle(name) { _ in Style(.selection, [.bold, .reverse]) }
        }
    }

    /// Of a span that holds others: how long none of them runs.
    private func own(_ row: WaterfallRow) -> String? {
        guard row.spans.count == 1, !context.index.children(of: row.first.id).isEmpty, !row.first.isDetached,
            let times = parts.times[row.first.id]
        else { return nil }
        return context.numbers.duration(times.own.nanoseconds)
    }

    private func duration(of row: WaterfallRow) -> StyledText {
        let now = context.cursor.time.nanoseconds
        let lengths = row.spans.map { $0.duration ?? now - $0.start.nanoseconds }
        let text = context.numbers.duration(lengths.max() ?? 0)
        if row.spans.contains(where: \.isOpen) { return StyledText(text + String(glyphs.ellipsis), .muted) }
        if row.spans.contains(where: { fallbacks.contains($0.id) }) {
            return StyledText("\(glyphs[.cached]) ", Style(.cache)) + StyledText(text)
        }
        if row.spans.contains(where: { errors[$0.id] == .propagated }) {
            return StyledText("\(glyphs.upwards) \(text)", Style(.fail))
        }
        if let bad = row.spans.first(where: { !$0.outcome.isSuccess && $0.outcome != .none }),
            bad.kind != .cacheLookup, let mark = words.mark(bad.outcome, isEnd: false)
        {
            return StyledText("\(glyphs[mark]) \(text)", Style(mark.role))
        }
        if row.spans.contains(where: { impossible.contains($0.id) }) {
            return StyledText("\(glyphs[.fault]) ", Style(.warn, .bold)) + StyledText(text)
        }
        return StyledText(text)
    }

    private func drawBar(_ row: WaterfallRow, y: Int, into frame: inout Frame) {
        let cells = bars.cells(of: row, parts)
        let hue = context.trace.hue(of: row.first.component)
        if row.first.duration == 0, row.spans.count == 1, let mark = words.mark(row.first.outcome, isEnd: false) {
            let column = cells.first?.column ?? 0
            frame.write(String(glyphs[mark]), x: barsX + column, y: y, style: Style(mark.role, .bold), clip: rect)
            return
        }
        for (column, cell) in cells {
            frame.write(String(cell.glyph(glyphs)), x: barsX + column, y: y, style: cell.style(hue: hue), clip: rect)
        }
    }
}
