import Analysis
import TerminalKit
import Trace

/// One bulkhead at a moment.
///
///     guarded.bulkhead                   12 of 20 inside
///     ██▇▇▇▆▆▅▅▅ ▃▃········
///     queue 0 of 40
///     ········································
///     ✓ 412 passed   ⊘ 3 rejected
struct BulkheadBlock: PanelBlock {
    let context: PanelContext
    let layer: LayerInfo
    let state: BulkheadState
    /// Whether it is the only one: the panel's note has its name then.
    let isAlone: Bool
    private let before: BulkheadState?

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    init?(_ context: PanelContext, _ layer: LayerInfo, isAlone: Bool) {
        guard let state = BulkheadState(context.index, layer.id, at: context.cursor) else { return nil }
        self.context = context
        self.layer = layer
        self.state = state
        self.isAlone = isAlone
        before = context.earlier.flatMap { earlier in
            context.counterpart(of: layer.id, in: earlier).flatMap {
                BulkheadState(earlier.index, $0, at: context.cursor(in: earlier))
            }
        }
    }

    private var hasQueue: Bool { (state.queueLimit ?? 0) > 0 || !state.queue.isEmpty || isEndless }
    /// The trace says that the queue has no end.
    private var isEndless: Bool { (state.settings["queue"] ?? 0) < 0 }

    func lines(width: Int, _ detail: BlockDetail) -> [StyledText] {
        switch detail {
        case .line: return [line(width: width)]
        case .brief: return brief(width: width)
        case .everything, .full, .short: break
        }
        var lines = [between(name, inside, width: width)]
        lines += slots(width: width)
        if hasQueue {
            lines.append(between(detail == .short ? queuedAndAway : queued, oldest, width: width))
            lines += places(width: width, rows: detail == .short ? 1 : Self.mostRows)
        }
        if detail != .short { lines.append(context.fitting(counts, in: width)) }
        if detail == .everything { lines += occupants(width: width) + [legend(width: width)] }
        return lines
    }

    // MARK: Numbers

    private var name: StyledText {
        isAlone ? StyledText(context.text("inside", "dentro"), .muted) : context.layerName(layer)
    }

    private func of(_ count: Int, _ limit: Int?) -> String {
        let number = numbers.count(count)
        guard let limit else { return number }
        return context.text("\(number) of \(numbers.count(limit))", "\(number) de \(numbers.count(limit))")
    }

    private var inside: StyledText {
        let isFull = state.limit.map { state.inside.count >= $0 } ?? false
        var text = StyledText(of(state.inside.count, state.limit), isFull ? Style(.warn, .bold) : Style(.text, .bold))
        if !isAlone { text.append(context.text(" inside", " dentro"), .muted) }
        if isFull { text.append(context.text(", full", ", lleno"), Style(.warn, .bold)) }
        return text
    }

    private var queued: StyledText {
        var text = StyledText(context.text("queue ", "cola "), .muted)
        let isFull = state.queueLimit.map { state.queue.count >= $0 } ?? false
        text.append(
            of(state.queue.count, state.queueLimit),
            state.queue.isEmpty ? .muted : Style(isFull ? .fail : .warn, .bold))
        if isFull { text.append(context.text(", full", ", llena"), Style(.fail, .bold)) }
        return text
    }

    /// Where there is no line for those who were turned away, they stand behind the queue.
    private var queuedAndAway: StyledText {
        let away = state.rejected + state.shed
        guard away > 0 else { return queued }
        var text = StyledText(context.text("queue ", "cola "), .muted)
        text.append(of(state.queue.count, state.queueLimit), Style(.warn, .bold))
        let before = before.map { $0.rejected + $0.shed }
        return text + StyledText("  ") + context.count(away, before: before, .rejected, "").short
    }

    private var oldest: StyledText {
        guard let first = state.queue.map(\.since).min() else { return StyledText() }
        let age = numbers.duration(context.cursor.time.nanoseconds - first.nanoseconds)
        return StyledText(context.text("oldest waits \(age)", "la más antigua, \(age)"), Style(.warn))
    }

    private var counts: [CountText] {
        var parts = [
            context.count(state.rejected, before: before?.rejected, .rejected, context.text("rejected", "rechazadas")),
            context.count(state.passed, before: before?.passed, .ok, context.text("passed", "pasan")),
        ]
        if state.shed > 0 || (before?.shed ?? 0) > 0 {
            let words = context.text("sent away", "echadas")
            parts.insert(context.count(state.shed, before: before?.shed, .lost, words), at: 1)
        }
        return parts
    }

    private func between(_ left: StyledText, _ right: StyledText, width: Int) -> StyledText {
        let room = width - left.width - right.width
        guard room >= 2 || right.isEmpty else { return left + StyledText("  ") + right }
        return left + StyledText(String(repeating: " ", count: max(0, room))) + right
    }

    // MARK: Cells

    /// A tenth of a second more or less does not matter, three times as long does: 30 ms, 100 ms, 300 ms, 1 s, 3 s.
    private static let ages: [Int64] = [30, 100, 300, 1000, 3000].map { $0 * 1_000_000 }
    /// The height of the youngest, low but not to be taken for an empty place.
    private static let lowest = 2

    private func height(_ since: VirtualTime) -> Character {
        let age = context.cursor.time.nanoseconds - since.nanoseconds
        return glyphs.heights[Self.lowest + Self.ages.count { age >= $0 }]
    }

    /// The slots, those of the longest stay first.
    private func slots(width: Int) -> [StyledText] {
        let hue = Style(context.trace.hue(of: layer.id))
        let cells = state.inside.enumerated().map { place, occupant in
            cell(
                occupant, height(occupant.since), place < state.limit ?? .max ? hue : Style(.warn))
        }
        return rows(cells, of: state.limit ?? cells.count, width: width, most: Self.mostRows)
    }

    private func places(width: Int, rows most: Int) -> [StyledText] {
        let cells = state.queue.map { cell($0, glyphs[.queued], Style(.warn)) }
        return rows(cells, of: state.queueLimit ?? cells.count, width: width, most: most)
    }

    /// The request that all panels show has a mark of its own.
    private func cell(_ occupant: BulkheadState.Occupant, _ glyph: Character, _ style: Style) -> TerminalKit.Span {
        if occupant.request == context.selection.request {
            return TerminalKit.Span(String(glyphs[.cursor]), Style(.selection, [.bold, .reverse]))
        }
        return TerminalKit.Span(String(glyph), style)
    }

    /// Tens apart, so that they can be counted.
    private func rows(_ cells: [TerminalKit.Span], of total: Int, width: Int, most: Int) -> [StyledText] {
        let total = max(total, cells.count)
        let columns = width >= 10 ? (width + 1) / 11 * 10 : max(1, width)
        guard total > 0 else { return [] }
        let free = TerminalKit.Span(String(context.freePlace), Style(.border))
        let needed = (total + columns - 1) / columns
        let shown = min(needed, most)
        return (0..<shown).map { row in
            let start = row * columns
            var end = min(start + columns, total)
            var more = ""
            if row == shown - 1, end < total {
                // Whole tens make room for how many there are beyond them.
                end = min(end, start + max(0, (width - Text.width(" +\(numbers.count(total))") + 1) / 11 * 10))
                more = "\(end == start ? "" : " ")+\(numbers.count(total - end))"
            }
            var line = StyledText()
            for place in start..<end {
                if place > start, place % 10 == 0, width >= 10 { line.append(" ") }
                let span = place < cells.count ? cells[place] : free
                line.append(span.text, span.style)
            }
            return line + StyledText(more, .muted)
        }
    }

    private static let mostRows = 8

    /// Bars instead of cells.
    private func brief(width: Int) -> [StyledText] {
        let labels = [context.text("inside", "dentro"), context.text("queue", "cola")]
        let room = (labels.map { Text.width($0) }.max() ?? 0) + 2
        func meter(_ label: String, _ count: Int, _ limit: Int?, _ style: Style) -> StyledText {
            let value = of(count, limit)
            let width = min(width - room - Text.width(value) - 1, 30)
            var text = StyledText(Text.pad(label, to: room), .muted)
            if let limit, limit > 0, width >= 4 {
                let bar = Bar(Double(count) / Double(limit)).text(width: width, glyphs: glyphs)
                text.append(bar.filled, style)
                text.append(bar.empty + " ", Style(.border))
            }
            text.append(value, count == 0 ? .muted : Style(.text, .bold))
            return text
        }
        let away = state.rejected + state.shed
        let before = before.map { $0.rejected + $0.shed }
        let turned = context.count(away, before: before, .rejected, context.text("turned away", "fuera"))
        var lines = [between(context.layerName(layer), turned.long, width: width)]
        lines.append(meter(labels[0], state.inside.count, state.limit, Style(context.trace.hue(of: layer.id))))
        if hasQueue { lines.append(meter(labels[1], state.queue.count, state.queueLimit, Style(.warn))) }
        return lines
    }

    /// The whole of it in one line: `guarded.bulkhead ██████▌░░░ 12/20  ▒ 3/40  ⊘ 3`.
    private func line(width: Int) -> StyledText {
        let slots = state.limit.map { "/\(numbers.count($0))" } ?? ""
        var tail = StyledText(" \(numbers.count(state.inside.count))\(slots)", Style(.text, .bold))
        if hasQueue {
            let places = state.queueLimit.map { "/\(numbers.count($0))" } ?? ""
            tail.append(
                "  \(glyphs[.queued]) \(numbers.count(state.queue.count))\(places)",
                state.queue.isEmpty ? .muted : Style(.warn, .bold))
        }
        let away = state.rejected + state.shed
        tail.append(
            "  \(glyphs[.rejected]) \(numbers.count(away))", away == 0 ? .muted : Style(.reject, .bold))
        let name = context.layerName(layer).truncated(to: max(6, width / 3), ellipsis: glyphs.ellipsis)
        let room = min(width - name.width - tail.width - 1, 20)
        guard room >= 4, let limit = state.limit, limit > 0 else { return name + tail }
        let bar = Bar(Double(state.inside.count) / Double(limit)).text(width: room, glyphs: glyphs)
        var line = name + StyledText(" ")
        line.append(bar.filled, Style(context.trace.hue(of: layer.id)))
        line.append(bar.empty, Style(.border))
        return line + tail
    }

    // MARK: Zoomed

    /// What the heights of the slots mean.
    private func legend(width: Int) -> StyledText {
        let heights = ([0] + Self.ages).enumerated().map { level, age in
            let height = String(glyphs.heights[Self.lowest + level])
            return age == 0 ? height : "\(height) \(numbers.duration(age))"
        }
        let text = context.text("inside for  ", "dentro desde hace  ") + heights.joined(separator: "  ")
        return StyledText(Text.width(text) <= width ? text : heights.joined(separator: " "), .muted)
    }

    /// Who is inside, for how long.
    private func occupants(width: Int) -> [StyledText] {
        let items = state.inside.prefix(24).map { occupant in
            let age = numbers.duration(context.cursor.time.nanoseconds - occupant.since.nanoseconds)
            let style = occupant.request == context.selection.request ? Style(.selection, .bold) : .text
            return StyledText(numbers.count(Int(occupant.request.rawValue)), style) + StyledText(" \(age)", .muted)
        }
        guard let widest = items.map(\.width).max() else { return [] }
        let columns = max(1, (width + 3) / (widest + 3))
        let rows = stride(from: 0, to: items.count, by: columns).map { start in
            items[start..<min(start + columns, items.count)].reduce(into: StyledText()) { row, item in
                row += item + StyledText(String(repeating: " ", count: widest - item.width + 3))
            }
        }
        return [StyledText(context.text("requests inside", "peticiones dentro"), .muted)] + rows
    }
}
