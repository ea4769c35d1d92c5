import Analysis
import TerminalKit
import Trace

/// Draws the rows of a sequence diagram that have been reached.
struct SequenceDrawing {
    let context: PanelContext
    let request: RequestInfo
    let rows: SequenceRows
    let columns: SequenceColumns
    let rect: Rect
    let glyphs: Glyphs
    let activity: SequenceActivity
    let words: SequenceWords
    /// The first row of the diagram that is visible, and the last one reached.
    let top: Int
    let current: Int

    init(_ context: PanelContext, request: RequestInfo, rect: Rect) {
        self.context = context
        self.request = request
        self.rect = rect
        glyphs = context.glyphs
        words = SequenceWords(context: context)
        // Whether the names take one row or two decides how many are left for time, and the rows what is written there.
        let duration = context.peerDuration(of: request)
        let plain = SequenceRows(request, in: context.index, height: rect.height - 1, duration: duration)
        let columns = Self.columns(context, request, plain, words, width: rect.width)
        let height = rect.height - columns.headerHeight
        rows =
            columns.isStaggered
            ? SequenceRows(request, in: context.index, height: height, duration: duration) : plain
        self.columns = columns.isStaggered ? Self.columns(context, request, rows, words, width: rect.width) : columns
        current = rows.current(at: context.cursor) ?? 0
        activity = SequenceActivity(
            rows, request: request, index: context.index, cursor: context.cursor, current: current)
        let visible = max(0, height)
        let follow = max(0, current - visible + 1) + context.scroll
        top = max(0, min(follow, rows.rows.count - visible))
    }

    private static func columns(
        _ context: PanelContext, _ request: RequestInfo, _ rows: SequenceRows, _ words: SequenceWords, width: Int
    ) -> SequenceColumns {
        let trace = context.trace
        let cast = context.run.casts[request.flow] ?? FlowCast()
        let largest = rows.groups.map(\.items.count).max() ?? 0
        let counts = context.numbers.count(largest).count
        let late = rows.groups.map { SequenceArrow.room(forLate: words.answer($0.items), $0.items[0]) }.max() ?? 0
        let repeats = rows.groups.contains { $0.items[0].repetition != nil }
        let side = rows.groups.map { $0.items[0].standsBeside ? words.answer($0.items).width : 0 }.max() ?? 0
        return SequenceColumns(
            client: request.client,
            others: trace.components.filter { $0.kind == .backend || $0.kind == .cache }.map(\.name),
            used: Set(cast.components),
            labels: max(cast.labelWidth + (largest > 1 ? 2 + counts : 0) + (repeats ? 2 : 0), late),
            notes: rows.groups.map { words.answer($0.items).width }.max() ?? 0,
            sideNotes: max(side, largest > 1 ? 4 + 2 * counts : 0),
            labelWidth: SequenceTime(rows: rows).width(context.numbers), width: width, trace: trace)
    }

    func draw(into frame: inout Frame) {
        drawHeader(into: &frame)
        let height = rect.height - columns.headerHeight
        guard height > 0, !columns.participants.isEmpty else { return }
        for line in 0..<min(height, max(0, rows.rows.count - top)) where top + line <= current {
            let row = top + line
            let y = rect.y + columns.headerHeight + line
            drawTime(of: row, y: y, into: &frame)
            drawLifelines(row, y: y, into: &frame)
            if let group = rows.rows[row].group {
                drawItem(rows.groups[group], row: row, y: y, into: &frame)
            }
            drawNotes(row, y: y, into: &frame)
        }
    }

    // MARK: Header, time, lifelines

    func drawHeader(into frame: inout Frame) {
        let unit = SequenceTime(rows: rows).unit
        frame.write(Text.pad(unit, to: columns.labelWidth, .right), x: rect.x + 1, y: rect.y, style: .muted, clip: rect)
        for participant in columns.participants {
            let name = Text.truncate(participant.name, to: participant.nameWidth, ellipsis: glyphs.ellipsis)
            if columns.isStaggered, participant.nameRow == 0, participant.x > columns.clientX {
                put(glyphs.vertical, participant.x, rect.y + 1, Style(.border), &frame)
            }
            let y = rect.y + participant.nameRow
            frame.write(name, x: rect.x + participant.nameX, y: y, style: Style(participant.hue, .bold), clip: rect)
        }
    }

    /// Whether a row is the last one and ends the request, which then has no row of its own.
    private func endsRequest(_ row: Int) -> Bool {
        guard let group = rows.rows[row].group, group == rows.groups.count - 1 else { return false }
        return rows.groups[group].time == request.end && context.cursor.includes(request.endEvent)
    }

    /// Whether the request has ended and time went on.
    private var isOver: Bool { request.end.map { $0 < context.cursor.time } ?? false }

    private func drawTime(of row: Int, y: Int, into frame: inout Frame) {
        let time = SequenceTime(rows: rows)
        let here = rows.rows[row]
        let isCurrent = row == current && !isOver
        let isFirstOfInstant = row == 0 || rows.rows[row - 1].offset != here.offset
        var label = ""
        var style = Style(.text)
        if endsRequest(row), let mark = words.mark(request.outcome, isEnd: true) {
            label = time.label(here.offset, context.numbers)
            style = Style(mark.role, .bold)
            put(glyphs[mark], 0, y, style, &frame)
        } else if isCurrent {
            label = time.label(context.cursor.time.nanoseconds - request.start.nanoseconds, context.numbers)
            style = Style(.accent, .bold)
            put(glyphs[.cursor], 0, y, Style(.accent), &frame)
        } else if here.isCut {
            label = String(glyphs[.waiting])
            style = .muted
        } else if here.group != nil {
            label = isFirstOfInstant ? time.label(here.offset, context.numbers) : ""
        } else if rows.isRound(row) {
            label = time.label(here.offset, context.numbers)
            style = .muted
        }
        let x = rect.x + columns.labelWidth + 1 - Text.width(label)
        frame.write(label, x: max(rect.x + 1, x), y: y, style: style, clip: rect)
    }

    private func drawLifelines(_ row: Int, y: Int, into frame: inout Frame) {
        let isWaiting = rows.rows[row].isCut
        for (place, participant) in columns.participants.enumerated() {
            let glyph = place == 0 && isWaiting ? glyphs[.waiting] : glyphs.vertical
            put(glyph, participant.x, y, Style(.border), &frame)
            if place > 0, let bar = self.glyph(of: activity.work(at: participant.component, row: row)) {
                put(bar, participant.x, y, Style(participant.hue, .bold), &frame)
            }
        }
        for participant in columns.participants.dropFirst()
        where activity.work(at: participant.component, row: row).travelling > 0 {
            put(glyphs.vertical, participant.x - SequenceArrow.bend, y, .text, &frame)
        }
    }

    // MARK: Items

    private func drawItem(_ group: SequenceRows.Group, row: Int, y: Int, into frame: inout Frame) {
        let known = group.items.filter { context.cursor.includes($0.event) }
        guard let item = known.first else { return }
        let isSelected = context.selection.span.map { span in known.contains { $0.span == span } } ?? false
        if isSelected {
            put(glyphs[.selected], columns.labelWidth + 1, y, Style(.selection, .bold), &frame)
        }
        if item.isOfClient { return drawClientItem(item, count: known.count, y: y, into: &frame) }
        guard let x = columns.x(of: item.component) else { return }
        let arrow = SequenceArrow(
            columns: columns, rect: rect, glyphs: glyphs, x: x, y: y,
            style: isSelected ? Style(.selection, .bold) : .text, hue: context.trace.hue(of: item.component))
        draw(known, as: arrow, row: row, into: &frame)
    }

    private func draw(_ items: [SequenceItem], as arrow: SequenceArrow, row: Int, into frame: inout Frame) {
        let item = items[0]
        let note = words.answer(items)
        let bar = glyph(of: activity.work(at: item.component, row: row)) ?? glyphs.vertical
        if item.kind == .background || item.origin != .none {
            return drawBackground(items, as: arrow, into: &frame)
        }
        switch item.kind {
        case .send, .lookup, .store, .invalidate:
            let head = item.isLost ? glyphs[.lost] : item.kind == .send ? bar : glyphs[.cached]
            arrow.drawCall(
                words.call(item, count: items.count), bends: item.bend, head: head,
                headStyle: item.isLost ? Style(.fail, .bold) : nil, into: &frame)
            if item.kind == .store || item.kind == .invalidate { arrow.drawNote(note, after: arrow.x, into: &frame) }
        case .cacheAnswer where item.isInstant:
            arrow.drawCall(words.call(item, count: items.count), bends: false, head: glyphs[.cached], into: &frame)
            arrow.drawNote(note, after: arrow.x, into: &frame)
        case .arrive: arrow.drawArrival(head: bar, into: &frame)
        case .leave: arrow.drawLeaving(tail: tail(item), into: &frame)
        case .abandon:
            let mark = words.mark(item.outcome, isEnd: false) ?? .timedOut
            arrow.drawAbandon(
                note, mark: glyphs[mark], markStyle: Style(mark.role, .bold), tail: bar, into: &frame)
        case .lateAnswer: arrow.drawLate(note, into: &frame)
        case .dropped:
            put(glyphs[.lost], arrow.x, arrow.y, .muted, &frame)
            arrow.drawNote(note, after: arrow.x, into: &frame)
        case .refusal:
            let mark = words.mark(item.outcome, isEnd: false) ?? .rejected
            arrow.drawCall(
                words.call(item, count: items.count), bends: false, head: glyphs[mark],
                headStyle: Style(mark.role, .bold),
                into: &frame)
            arrow.drawNote(note, after: arrow.x, into: &frame)
        case .faultStart, .faultEnd:
            let mark = item.kind == .faultStart ? Mark.fault : .ok
            put(glyphs[mark], arrow.x, arrow.y, Style(mark.role, .bold), &frame)
            arrow.drawNote(note, after: arrow.x, into: &frame)
        case .cacheAnswer: arrow.drawAnswer(note, bends: false, tail: glyphs[.cached], into: &frame)
        default:
            arrow.drawAnswer(note, bends: item.bend, tail: tail(item), into: &frame)
        }
    }

    /// What a cache does while nobody waits: on its own lifeline, or between it and a backend.
    private func drawBackground(_ items: [SequenceItem], as arrow: SequenceArrow, into frame: inout Frame) {
        let item = items[0]
        let note = words.answer(items)
        guard item.kind == .send || item.kind == .answer else {
            put(glyphs[.cached], arrow.x, arrow.y, Style(.wait, .bold), &frame)
            return arrow.drawNote(note, after: arrow.x, into: &frame)
        }
        let from = columns.x(of: item.origin) ?? columns.clientX
        let call = words.call(item, count: items.count)
        let label = item.kind == .send ? StyledText(call.text + call.count) : note
        arrow.drawAside(label, from: from, isAnswer: item.kind == .answer, isLost: item.isLost, into: &frame)
    }

    /// Where an answer leaves its backend: a backend that refused a call did no work.
    private func tail(_ item: SequenceItem) -> Character {
        item.outcome == .rejected || item.outcome == .refused ? glyphs.teeLeft : glyphs.answerStart
    }

    private func drawClientItem(_ item: SequenceItem, count: Int, y: Int, into frame: inout Frame) {
        let (mark, text, emphasis): (Mark?, String, Attributes) =
            switch item.kind {
            case .end: (words.mark(item.outcome, isEnd: true), words.end(item), .bold)
            case .missing: (.failed, words.missing(item), .bold)
            case .turnedAway: (.rejected, words.refusal(by: item, count: count), .bold)
            case .held: (words.isQueueing(item) ? .queued : .waiting, words.hold(item, count: count), [])
            case .fallback: (.cached, words.fallback(item, count: count), .bold)
            default: (.waiting, words.wait(item), [])
            }
        let waits = item.kind == .wait || item.kind == .held
        let style = Style(waits ? .wait : mark?.role ?? .text, emphasis)
        put(mark.map { glyphs[$0] } ?? glyphs.vertical, columns.clientX, y, style, &frame)
        frame.write(text, x: rect.x + columns.clientX + 2, y: y, style: style, clip: rect)
    }

    // MARK: Work

    private func glyph(of work: SequenceActivity.Work) -> Character? {
        work.working > 0 ? glyphs[.working] : work.queued > 0 ? glyphs[.queued] : nil
    }

    private func drawNotes(_ row: Int, y: Int, into frame: inout Frame) {
        let group = rows.rows[row].group.map { rows.groups[$0].items[0] }
        let arrowEnd = group.flatMap { columns.x(of: $0.component) } ?? 0
        for participant in columns.participants.dropFirst() {
            let work = activity.work(at: participant.component, row: row)
            guard work.working + work.queued > 0 else { continue }
            let isOwnRow = group?.component == participant.component
            guard !isOwnRow || group?.kind == .send, participant.x >= arrowEnd else { continue }
            let room = columns.room(rightOf: participant.x) - 1
            guard let text = notes(on: work, of: participant, row: row).first(where: { Text.width($0) <= room }) else {
                continue
            }
            let style = Style(participant.hue, .bold)
            frame.write(text, x: rect.x + participant.x + 2, y: y, style: style, clip: rect)
        }
    }

    /// How many calls are there, where that changes; and that they are under way, in the row of the cursor. The longest
    /// first.
    private func notes(
        on work: SequenceActivity.Work, of participant: SequenceColumns.Participant, row: Int
    ) -> [String] {
        let before = activity.work(at: participant.component, row: row - 1)
        let counts = row == current || before != work ? words.work(work) : ""
        guard row == current, !isOver else { return counts.isEmpty ? [] : [counts] }
        let dots = String(repeating: String(glyphs.separator), count: 3)
        return counts.isEmpty ? [dots] : ["\(counts) \(dots)", counts]
    }

    private func put(_ glyph: Character, _ x: Int, _ y: Int, _ style: Style, _ frame: inout Frame) {
        frame.write(String(glyph), x: rect.x + x, y: y, style: style, clip: rect)
    }
}
