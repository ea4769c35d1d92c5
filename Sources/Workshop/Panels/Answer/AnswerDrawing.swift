import Analysis
import TerminalKit
import Trace

/// Draws the answer of one request: how it turned out, its parts, and how many answers were like it.
struct AnswerDrawing {
    let context: PanelContext
    let request: RequestInfo
    let parts: [AnswerParts.Part]
    private let words: AnswerWords
    private var glyphs: Glyphs { context.glyphs }

    init(_ context: PanelContext, request: RequestInfo) {
        self.context = context
        self.request = request
        parts = AnswerParts(of: request.id, in: context.index, at: context.cursor).parts
        words = AnswerWords(context: context)
    }

    func draw(in rect: Rect, into frame: inout Frame) {
        drawHeading(in: rect.row(0), into: &frame)
        let counts = counts
        let tail = tail(height: rect.height, counts)
        let room = rect.height - 1 - tail
        guard room > 0 else { return }
        let lines = lines(height: room, width: rect.width)
        let range = Scroll(total: lines.count, visible: room, offset: context.scroll).range
        let place = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: room)
        for (row, line) in range.enumerated() { draw(lines[line], y: place.y + row, in: place, into: &frame) }
        guard tail > 0 else { return }
        let y = min(rect.maxY - 2, place.y + range.count + tail - 2)
        drawCounts(counts, in: Rect(x: rect.x, y: y, width: rect.width, height: 2), into: &frame)
    }

    /// Rows for the counts of all answers.
    private func tail(height: Int, _ counts: Counts) -> Int {
        height >= 5 && counts.total > 0 ? (height >= parts.count + 4 ? 3 : 2) : 0
    }

    /// Which lines of the answer show.
    func extent(in size: Size) -> Scroll {
        let room = size.height - 1 - tail(height: size.height, counts)
        let lines = lines(height: max(0, room), width: size.width)
        return Scroll(total: lines.count, visible: room, offset: context.scroll)
    }

    // MARK: One answer

    private func drawHeading(in line: Rect, into frame: inout Frame) {
        let verdict = AnswerVerdict(request, parts, at: context.cursor)
        let (glyph, style) = words.sign(verdict)
        var text = StyledText("\(glyph) \(words.name(verdict))", style)
        text.append("  \(context.trace.name(request.flow))", Style(.text, .bold))
        if verdict != .pending, let latency = request.latency {
            text.append("  " + context.numbers.duration(latency), .muted)
        }
        frame.write(text.truncated(to: line.width, ellipsis: glyphs.ellipsis), x: line.x, y: line.y, clip: line)
    }

    /// Columns that a name may lose for the times.
    private static let mostCut = 4

    private enum Line {
        case part(AnswerParts.Part, nameWidth: Int)
        case reason(StyledText, depth: Int)
    }

    /// A line a part; under those that are not what was asked for, why, where there is room.
    private func lines(height: Int, width: Int) -> [Line] {
        let longest = parts.map { words.name($0).width }.max() ?? 0
        let room = width - 3 - fateWidth
        // Times give way to names, unless a name is almost whole beside them.
        let isTimed = room - 2 - timeWidth >= longest - Self.mostCut
        let nameWidth = min(longest, max(8, width * 2 / 5, isTimed ? room - 2 - timeWidth : room))
        let showsReasons = context.isZoomed || parts.count * 2 <= height
        return parts.flatMap { part -> [Line] in
            let line = Line.part(part, nameWidth: nameWidth)
            guard showsReasons, part.fate.isDegraded || part.fate.isFailed else { return [line] }
            let limit = context.isZoomed ? 3 : 1
            let reasons = EventReasons(context: context, isShort: width < 56).reasons(of: part.event, limit: limit)
            return [line] + reasons.enumerated().map { .reason($1, depth: $0) }
        }
    }

    private func draw(_ line: Line, y: Int, in rect: Rect, into frame: inout Frame) {
        switch line {
        case .reason(let reason, let depth):
            let indent = String(repeating: " ", count: 3 + 2 * depth)
            let text = StyledText(indent + context.text("because ", "porque "), .muted) + reason
            frame.write(text.truncated(to: rect.width, ellipsis: glyphs.ellipsis), x: rect.x, y: y, clip: rect)
        case .part(let part, let nameWidth):
            let isSelected = context.selection.span == part.id
            let mark = isSelected ? String(glyphs[.selected]) : " "
            frame.write(mark, x: rect.x, y: y, style: Style(.selection, .bold), clip: rect)
            let name = words.name(part).truncated(to: nameWidth, ellipsis: glyphs.ellipsis)
            frame.write(name, x: rect.x + 1, y: y, clip: rect)
            let time = words.time(part)
            let x = rect.x + nameWidth + 3
            let room = rect.maxX - x
            let fate = words.fate(part).truncated(to: room, ellipsis: glyphs.ellipsis)
            let end = frame.write(fate, x: x, y: y, clip: rect)
            // Times stand below each other where all of them can, else each where it can.
            let aligned = x + fateWidth + 2 + timeWidth
            let start = aligned <= rect.maxX ? aligned - time.width : end + 2
            if start + time.width <= rect.maxX { frame.write(time, x: start, y: y, clip: rect) }
        }
    }

    private var fateWidth: Int { parts.map { words.fate($0).width }.max() ?? 0 }
    private var timeWidth: Int { parts.map { words.time($0).width }.max() ?? 0 }

    // MARK: Many answers

    private struct Counts {
        var complete = 0
        var degraded = 0
        var failed = 0
        var total: Int { complete + degraded + failed }
        var all: [(verdict: AnswerVerdict, count: Int)] {
            [(.complete, complete), (.degraded, degraded), (.failed, failed)]
        }
    }

    /// The answers of the same flow in the window.
    private var counts: Counts {
        let metrics = RunMetrics.over(context.index, last: context.window, at: context.cursor)
        guard let flow = metrics.flows.first(where: { $0.id == request.flow }) else { return Counts() }
        return Counts(complete: flow.ok - flow.degraded, degraded: flow.degraded, failed: flow.failed)
    }

    private func drawCounts(_ counts: Counts, in rect: Rect, into frame: inout Frame) {
        let fields = counts.all.map { verdict, count in
            StyledText("\(bar(verdict)) ", words.sign(verdict).style) + StyledText("\(words.name(verdict)) ", .muted)
                + StyledText(context.numbers.count(count), count == 0 ? .muted : Style(.text, .bold))
        }
        let needed = fields.reduce(0) { $0 + $1.width + 3 } - 3
        let gap = StyledText(needed <= rect.width ? "   " : "  ")
        let line = fields.dropFirst().reduce(fields[0]) { $0 + gap + $1 }
        frame.write(line.truncated(to: rect.width, ellipsis: glyphs.ellipsis), x: rect.x, y: rect.y, clip: rect)
        var x = rect.x
        for (place, width) in shares(counts, of: min(rect.width, 60)).enumerated() {
            let verdict = counts.all[place].verdict
            let cells = String(repeating: bar(verdict), count: width)
            x = frame.write(cells, x: x, y: rect.y + 1, style: words.sign(verdict).style, clip: rect)
        }
    }

    /// Each verdict fills its part of the bar with a character of its own.
    private func bar(_ verdict: AnswerVerdict) -> Character {
        switch verdict {
        case .pending: glyphs.ellipsis
        case .complete: glyphs.full
        case .degraded: glyphs[.cached]
        case .failed: glyphs[.failed]
        }
    }

    /// Cells for each count, so that something is never shown as nothing.
    private func shares(_ counts: Counts, of width: Int) -> [Int] {
        let all = counts.all.map(\.count)
        guard counts.total > 0, width >= all.count else { return [] }
        var cells = all.map { $0 == 0 ? 0 : max(1, $0 * width / counts.total) }
        if let largest = all.indices.max(by: { all[$0] < all[$1] }) { cells[largest] += width - cells.reduce(0, +) }
        return cells
    }
}
