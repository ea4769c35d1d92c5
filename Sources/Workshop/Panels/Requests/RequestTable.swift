import Analysis
import TerminalKit
import Trace

/// Draws the list: what there is in all, then a line a request.
struct RequestTable {
    private enum Line {
        case caption(String)
        case request(RequestInfo)
    }

    let context: PanelContext
    let rows: RequestRows
    let rect: Rect
    private let bars: RequestBars
    private let nameWidth: Int
    private let outcomeWidth: Int
    private let durationWidth = 9

    init(_ context: PanelContext, _ rows: RequestRows, rect: Rect) {
        self.context = context
        self.rows = rows
        self.rect = rect
        bars = RequestBars(context, rows.requests)
        nameWidth = rows.requests.map { Text.width(Self.name($0, context)) }.max() ?? 0
        outcomeWidth = rows.failed.map { Text.width(context.outcomeWord($0.outcome)) + 2 }.max() ?? 0
    }

    private static func name(_ request: RequestInfo, _ context: PanelContext) -> String {
        TraceIdentity.correlationID(request.id, in: context.index) ?? ""
    }

    func draw(into frame: inout Frame) {
        var area = rect
        for line in heads.prefix(rect.height >= 6 ? 2 : rect.height >= 3 ? 1 : 0) {
            let place = area.cutTop(1)
            frame.write(
                line.truncated(to: rect.width, ellipsis: context.glyphs.ellipsis), x: place.x, y: place.y, clip: place)
        }
        let lines = lines(hasCaptions: area.height >= 6)
        let legend = bars.legend(width: rect.width)
        if area.height >= 5, area.height > lines.count, !legend.isEmpty {
            let place = area.cutBottom(1)
            frame.write(legend, x: place.x, y: place.y, clip: place)
        }
        let chosen = lines.firstIndex { line in
            if case .request(let request) = line { request.id == context.selection.request } else { false }
        }
        let scroll = chosen.map { Scroll(total: lines.count, visible: area.height, showing: $0).offset } ?? 0
        let range = Scroll(total: lines.count, visible: area.height, offset: scroll + context.scroll).range
        for (place, line) in range.enumerated() {
            switch lines[line] {
            case .caption(let text): frame.write(text, x: rect.x, y: area.y + place, style: .muted, clip: area)
            case .request(let request): draw(request, y: area.y + place, into: &frame, in: area)
            }
        }
    }

    private func lines(hasCaptions: Bool) -> [Line] {
        var lines: [Line] = []
        if !rows.failed.isEmpty {
            let caption = context.text("failed, newest first", "fallidas, la última primero")
            if hasCaptions { lines.append(.caption(caption)) }
            lines += rows.failed.map(Line.request)
        }
        guard !rows.slowest.isEmpty else { return lines }
        if hasCaptions { lines.append(.caption(context.text("slowest", "las más lentas"))) }
        return lines + rows.slowest.map(Line.request)
    }

    // MARK: In all

    /// `9 failed: 7 timeout, 2 error`, and which request stands for a percentile.
    private var heads: [StyledText] {
        let list = context.run.requests
        let failed = list.failedCount(at: context.cursor)
        var first = StyledText()
        if failed == 0 {
            let mark = Mark.ok
            first = StyledText("\(context.glyphs[mark]) ", Style(mark.role))
            first.append(context.text("none failed", "ninguna ha fallado"))
        } else {
            let mark = Mark.failed
            first = StyledText("\(context.glyphs[mark]) ", Style(mark.role, .bold))
            let count = context.numbers.count(failed)
            let text = context.text("\(count) failed", failed == 1 ? "1 fallida" : "\(count) fallidas")
            first.append(text, Style(.text, .bold))
            let kinds = list.outcomes(at: context.cursor).filter { !$0.outcome.isSuccess }
            let words = kinds.map { "\(context.numbers.count($0.count)) \(context.outcomeWord($0.outcome))" }
            first.append(": " + words.joined(separator: ", "), .muted)
        }
        var second = StyledText()
        for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
            let exemplar = list.exemplar(share, at: context.cursor)
            guard let request = exemplar, let latency = request.latency else { continue }
            var entry = StyledText(context.percentile(name, hasFailures: failed > 0) + " ", .muted)
            entry.append("\(context.numbers.duration(latency)) ", Style(.text, .bold))
            entry.append(Self.name(request, context), .muted)
            guard second.isEmpty || second.width + 3 + entry.width <= rect.width else { continue }
            second += StyledText(second.isEmpty ? "" : "   ") + entry
        }
        return [first, second]
    }

    // MARK: A request

    private func draw(_ request: RequestInfo, y: Int, into frame: inout Frame, in area: Rect) {
        let isShown = request.id == context.request?.id
        let line = Rect(x: rect.x, y: y, width: rect.width, height: 1).intersection(area)
        let sign = isShown ? context.glyphs[.selected] : " "
        frame.write(String(sign), x: rect.x, y: y, style: Style(.selection, .bold), clip: line)
        let name = Text.truncate(Self.name(request, context), to: nameWidth, ellipsis: context.glyphs.ellipsis)
        let style = isShown ? Style(.selection, [.bold, .reverse]) : .text
        var x = frame.write(name, x: rect.x + 1, y: y, style: style, clip: line)
        x = rect.x + 1 + nameWidth
        let duration = context.numbers.duration(request.latency ?? 0)
        x += durationWidth
        frame.write(duration, x: x - Text.width(duration), y: y, clip: line)
        x += 1
        if outcomeWidth > 0 {
            if let mark = EventSentence.mark(request.outcome), !request.outcome.isSuccess {
                let text = "\(context.glyphs[mark]) \(context.outcomeWord(request.outcome))"
                frame.write(text, x: x, y: y, style: Style(mark.role), clip: line)
            }
            x += outcomeWidth + 1
        }
        bars.draw(request, in: Rect(x: x, y: y, width: rect.maxX - x, height: 1), clip: line, into: &frame)
    }
}
