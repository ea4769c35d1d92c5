import Analysis
import TerminalKit
import Trace

/// Draws a comparison: a row a span, how long it took on either side, and what it adds to the difference.
struct CompareDrawing {
    let context: PanelContext
    let pair: ComparedPair
    let rect: Rect
    private let labelWidth: Int
    private let numberWidth = 9
    /// Columns of the bars beside the differences; 0: there is no room.
    private let barWidth: Int
    private var rows: [SpanComparison.Row] { pair.comparison.rows }
    private var glyphs: Glyphs { context.glyphs }

    init(_ context: PanelContext, _ pair: ComparedPair, rect: Rect) {
        self.context = context
        self.pair = pair
        self.rect = rect
        let label = WaterfallLabel(context: context)
        let longest = pair.comparison.rows.map { row in
            min(row.depth, WaterfallLabel.deepest) + ((row.right ?? row.left).map { label.name($0).width } ?? 0) + 2
        }
        let room = max(8, rect.width - 3 * numberWidth - 1)
        labelWidth = min(max(12, longest.max() ?? 0), room)
        let left = rect.width - labelWidth - 3 * numberWidth - 2
        barWidth = left >= 9 ? left - (left + 1) % 2 : 0
    }

    private var rightEdge: Int { rect.x + labelWidth + 3 * numberWidth }

    func draw(into frame: inout Frame) {
        var area = rect
        if rect.height >= 3 { drawHead(in: area.cutTop(1), into: &frame) }
        if rect.height >= 4 { drawSum(in: area.cutBottom(1), into: &frame) }
        let selected = rows.firstIndex { $0.right != nil && $0.right?.id == context.selection.span }
        let scroll = selected.map { Scroll(total: rows.count, visible: area.height, showing: $0).offset } ?? 0
        let range = Scroll(total: rows.count, visible: area.height, offset: scroll + context.scroll).range
        for (line, row) in range.enumerated() {
            draw(rows[row], isSelected: row == selected, in: area.row(line), into: &frame)
        }
    }

    private func drawHead(in line: Rect, into frame: inout Frame) {
        let titles = [
            context.earlier == nil ? shortName(pair.leftName) : Words.before(context.language),
            context.earlier == nil ? shortName(pair.rightName) : Words.after(context.language),
            context.text("on path", "camino"),
        ]
        for (place, title) in titles.enumerated() {
            let text = Text.truncate(title, to: numberWidth - 1, ellipsis: glyphs.ellipsis)
            write(StyledText(text, .muted), column: place, in: line, into: &frame)
        }
    }

    /// The id without what it stands for.
    private func shortName(_ name: String) -> String { name.split(separator: " ").last.map(String.init) ?? name }

    /// The differences on the critical path add up to that of the latencies.
    private func drawSum(in line: Rect, into frame: inout Frame) {
        let name = context.text("latency", "latencia")
        frame.write(name, x: line.x + 1, y: line.y, style: Style(.text, .bold), clip: line)
        let comparison = pair.comparison
        write(
            StyledText(context.numbers.duration(comparison.leftLatency), Style(.before)), column: 0, in: line,
            into: &frame)
        write(
            StyledText(context.numbers.duration(comparison.rightLatency), Style(.after, .bold)), column: 1, in: line,
            into: &frame)
        write(difference(comparison.difference), column: 2, in: line, into: &frame)
    }

    private func draw(_ row: SpanComparison.Row, isSelected: Bool, in line: Rect, into frame: inout Frame) {
        guard let span = row.right ?? row.left else { return }
        let sign: (Character, Style) =
            isSelected
            ? (glyphs[.selected], Style(.selection, .bold))
            : row.left == nil
                ? ("+", Style(.after, .bold)) : row.right == nil ? ("-", Style(.before, .bold)) : (" ", .text)
        frame.write(String(sign.0), x: line.x, y: line.y, style: sign.1, clip: line)
        // A span of the earlier run has names of its own run.
        let labels = WaterfallLabel(context: row.right == nil ? context(of: pair.left) : context)
        let indent = StyledText(String(repeating: " ", count: min(row.depth, WaterfallLabel.deepest)))
        let label = (indent + labels.name(span)).truncated(to: labelWidth - 1, ellipsis: glyphs.ellipsis)
        frame.write(label, x: line.x + 1, y: line.y, clip: line)
        if isSelected {
            let place = Rect(x: line.x + 1, y: line.y, width: label.width, height: 1).intersection(line)
            frame.restyle(place) { _ in Style(.selection, [.bold, .reverse]) }
        }
        write(duration(row.left, row.leftDuration, Style(.before)), column: 0, in: line, into: &frame)
        write(duration(row.right, row.rightDuration, Style(.after)), column: 1, in: line, into: &frame)
        if row.pathDifference != 0 {
            write(difference(row.pathDifference), column: 2, in: line, into: &frame)
            drawBar(row.pathDifference, in: line, into: &frame)
        } else if row.leftPath != 0 {
            write(StyledText("=", .muted), column: 2, in: line, into: &frame)
        }
    }

    private func context(of side: SpanComparison.Side) -> PanelContext {
        guard let earlier = context.earlier, earlier.index === side.index else { return context }
        var other = context
        other.run = earlier
        return other
    }

    private func duration(_ span: TraceSpan?, _ nanoseconds: Int64, _ style: Style) -> StyledText {
        guard let span else { return StyledText(String(glyphs.missing), .muted) }
        let text = context.numbers.duration(nanoseconds)
        guard span.hasFailed, let mark = EventSentence.mark(span.outcome) else { return StyledText(text, style) }
        return StyledText("\(glyphs[mark]) ", Style(mark.role)) + StyledText(text, style)
    }

    private func difference(_ nanoseconds: Int64) -> StyledText {
        let sign = nanoseconds < 0 ? (glyphs.repertoire == .unicode ? "−" : "-") : nanoseconds > 0 ? "+" : ""
        let text = sign + context.numbers.duration(Int64(clamping: nanoseconds.magnitude))
        return StyledText(text, Style(nanoseconds > 0 ? .warn : nanoseconds < 0 ? .ok : .muted, .bold))
    }

    private func write(_ text: StyledText, column: Int, in line: Rect, into frame: inout Frame) {
        let end = line.x + labelWidth + (column + 1) * numberWidth
        let cut = text.truncated(to: numberWidth - 1, ellipsis: glyphs.ellipsis)
        frame.write(cut, x: end - cut.width, y: line.y, clip: line)
    }

    /// Less to the left of the middle, more to the right.
    private func drawBar(_ difference: Int64, in line: Rect, into frame: inout Frame) {
        guard barWidth > 0 else { return }
        let longest = rows.map(\.pathDifference.magnitude).max() ?? 1
        let half = barWidth / 2
        let length = max(1, Int((Double(difference.magnitude) / Double(max(1, longest)) * Double(half)).rounded()))
        let middle = rightEdge + 2 + half
        let x = difference < 0 ? middle - length : middle + 1
        let style = Style(difference < 0 ? .ok : .warn)
        frame.write(String(repeating: glyphs.full, count: length), x: x, y: line.y, style: style, clip: line)
        frame.write(String(glyphs.vertical), x: middle, y: line.y, style: Style(.border), clip: line)
    }
}
