import Analysis
import TerminalKit
import Trace

/// The numbers in a line or two or three: flows above, the system under them.
struct MetricsLines {
    let context: PanelContext
    let now: RunMetrics

    func draw(in rect: Rect, into frame: inout Frame) {
        let rows = drawTraffic(in: rect, into: &frame)
        guard rect.height > rows else { return }
        drawSystem(in: rect.row(rows), into: &frame)
        guard rect.height > rows + 1, !now.caches.isEmpty else { return }
        drawCaches(in: rect.row(rows + 1), into: &frame)
    }

    // MARK: Flows

    /// A row each; what goals measure has cells beside one another where there are not rows enough. Returns how many
    /// rows that takes.
    private func drawTraffic(in rect: Rect, into frame: inout Frame) -> Int {
        let all = now.traffic(context.measured)
        let measured = all.prefix { context.measured.contains($0.subject) }
        let active = all.filter {
            context.measured.contains($0.subject) || $0.requests + $0.inFlight > 0 || $0.latency != nil
        }
        // Goals about backends need the row of the system.
        let needsSystem = context.measured.contains { $0.kind != .flow && $0.kind != .client }
        let rows = needsSystem || measured.count < rect.height ? max(1, rect.height - 1) : rect.height
        let inRow = max(1, (measured.count + rows - 1) / rows)
        let shown = Array(inRow > 1 ? measured : (active.isEmpty ? all : active).prefix(rows))
        let places = rect.row(0).columns((0..<inRow).map { _ in .flexible }, gap: 3)
        let width = min(shown.map { Text.width($0.name) }.max() ?? 0, places[0].width / 3)
        let hidden = !measured.isEmpty ? 0 : (active.isEmpty ? all : active).count - shown.count
        for (number, flow) in shown.enumerated() {
            var place = places[number % inRow]
            if hidden > 0, number == shown.count - 1 {
                var row = rect.row(number)
                drawMore(hidden, in: row.cutRight(Self.moreWidth), &frame)
                place.width = row.width
            }
            let padded = Text.pad(flow.name, to: width, ellipsis: context.glyphs.ellipsis)
            let name = StyledText(padded, Style(.text, .bold))
            let line = name + fitting(fields(flow), in: place.width - name.width)
            frame.write(line, x: place.x, y: rect.y + number / inRow, clip: rect)
        }
        return (shown.count + inRow - 1) / inRow
    }

    private struct Field {
        var text: StyledText
        /// The least important go first.
        var importance: Int
        /// Starts a new group.
        var isApart = false
    }

    private func fields(_ flow: TrafficFigures) -> [Field] {
        func field(_ label: String, _ value: StyledText, _ width: Int, _ importance: Int, apart: Bool = false) -> Field
        {
            let space = String(repeating: " ", count: max(0, width - value.width))
            return Field(
                text: StyledText("\(label) ", .muted) + StyledText(space) + value, importance: importance,
                isApart: apart)
        }
        func plain(_ text: String) -> StyledText { StyledText(text, Style(.text, .bold)) }
        let numbers = context.numbers
        // Room for as many digits as the run can need, so that nothing moves while it is played.
        let digits = numbers.count(context.index.requestCount).count
        return [
            field(context.text("requests", "peticiones"), plain(numbers.count(flow.requests)), digits, 2),
            field(context.text("ok", "bien"), plain(numbers.count(flow.ok)), digits, 4),
            field(context.text("failed", "fallidas"), context.badCount(flow.failed), digits, 6),
            field(percentile("p50", flow), plain(context.latencyText(flow.latency?.p50)), 6, 5, apart: true),
            field(percentile("p99", flow), plain(context.latencyText(flow.latency?.p99)), 6, 7),
            field(context.text("in flight", "en curso"), plain(numbers.count(flow.inFlight)), 2, 3, apart: true),
            field(context.text("rate", "ritmo"), plain(numbers.rate(flow.rate)), 6, 1),
        ]
    }

    private func percentile(_ name: String, _ flow: TrafficFigures) -> String {
        context.percentile(name, hasFailures: flow.failed > 0)
    }

    private func fitting(_ fields: [Field], in width: Int) -> StyledText {
        var fields = fields
        func length() -> Int { fields.reduce(0) { $0 + $1.text.width + 2 } }
        while length() > width, fields.count > 1 {
            let least = fields.map(\.importance).min()
            fields.removeAll { $0.importance == least }
        }
        let spare = width - length()
        var line = StyledText()
        for field in fields {
            let gap = field.isApart && spare >= 2 * fields.count(where: \.isApart) ? 4 : 2
            line += StyledText(String(repeating: " ", count: gap)) + field.text
        }
        return line
    }

    // MARK: System

    private func drawSystem(in line: Rect, into frame: inout Frame) {
        guard !now.backends.isEmpty else { return }
        let state = SystemState(context.index, at: context.cursor)
        var line = line
        let inAll = now.backends.count
        if inAll > Self.cells(in: line.width) {
            drawMore(inAll - Self.cells(in: line.width - Self.moreWidth), in: line.cutRight(Self.moreWidth), &frame)
        }
        let shown = now.backends(context.measured).prefix(Self.cells(in: line.width))
        let places = places(of: shown.map { context.component($0.id).width + 1 + Self.numberWidth }, in: line)
        let cells = zip(shown, places).map { backend, place in
            let isDown = state.backend(backend.id)?.isDown ?? false
            return (
                backend: backend, name: context.component(backend.id), number: number(backend, isDown: isDown),
                place: place
            )
        }
        // They are read as a row: what only a few of them have room for, none shows.
        let rooms = cells.map { $0.place.width - $0.name.width - $0.number.width - 2 }
        let spacious = rooms.filter { $0 >= 4 }
        let steps = spacious.count * 2 > rooms.count ? min(spacious.min() ?? 0, 8) : 0
        let loads = cells.map { load($0.backend) }
        let hasLoad = zip(rooms, loads).count { $0 - steps >= $1.width - 1 } * 2 > rooms.count
        for (((backend, name, number, place), room), load) in zip(zip(cells, rooms), loads) {
            var text = name
            if steps > 0, room >= steps {
                let line = context.activity(of: backend.id, steps: steps)
                let drawn = line.text(width: steps, glyphs: context.glyphs)
                text.append(" " + Text.pad(drawn, to: steps, .right), line.style)
            }
            text += StyledText(" ") + number
            if hasLoad, text.width + load.width <= place.width { text += load }
            let cut = text.truncated(to: place.width, ellipsis: context.glyphs.ellipsis)
            frame.write(cut, x: place.x, y: place.y, clip: place)
        }
    }

    /// `80.2 ms`: kept free, so that nothing moves while it is played.
    private static let numberWidth = 7

    /// Equal ones where that cuts nobody; else as wide as each needs, where there is room for that.
    private func places(of needs: [Int], in line: Rect) -> [Rect] {
        let equal = line.columns(needs.map { _ in .flexible }, gap: 2)
        let isCut = zip(needs, equal).contains { $0 > $1.width }
        guard isCut, needs.reduce(0, +) + 2 * (needs.count - 1) <= line.width else { return equal }
        return line.columns(needs.map { .fixed($0) }, gap: 2)
    }

    private func number(_ backend: BackendMetrics, isDown: Bool) -> StyledText {
        let down = "\(context.glyphs[.fault]) \(context.text("down", "caído"))"
        return isDown
            ? StyledText(down, Style(.fail, .bold)) : StyledText(context.latencyText(backend.latency?.p50))
    }

    private func load(_ backend: BackendMetrics) -> StyledText {
        guard backend.pending > 0 || backend.capacity != nil else { return StyledText() }
        return StyledText("  " + context.loadText(backend), .muted)
    }

    /// How many backends stand side by side.
    private static func cells(in width: Int) -> Int { max(1, (width + 2) / 15) }

    /// ` +12`
    private static let moreWidth = 4

    /// How many are left out.
    private func drawMore(_ count: Int, in place: Rect, _ frame: inout Frame) {
        frame.write(" +\(context.numbers.count(count))", x: place.x, y: place.y, style: .muted, clip: place)
    }

    /// As many as fit; after the name of the last one, how many do not.
    private func drawCaches(in line: Rect, into frame: inout Frame) {
        var text = StyledText()
        for (place, cache) in now.caches(context.measured).enumerated() {
            let next = StyledText(text.isEmpty ? "" : "   ") + cell(cache)
            let rest = now.caches.count - place - 1
            if !text.isEmpty, text.width + next.width + (rest > 0 ? Self.moreWidth : 0) > line.width {
                let end = Rect(x: line.x + text.width, y: line.y, width: line.width - text.width, height: 1)
                drawMore(rest + 1, in: end, &frame)
                break
            }
            text += next
        }
        let cut = text.truncated(to: line.width, ellipsis: context.glyphs.ellipsis)
        frame.write(cut, x: line.x, y: line.y, clip: line)
    }

    private func cell(_ cache: CacheMetrics) -> StyledText {
        var text = context.component(cache.id)
        text.append(" \(context.glyphs[.cached]) ", Style(.cache))
        text.append("\(context.numbers.count(cache.hits))/\(context.numbers.count(cache.hits + cache.misses))")
        if let ratio = cache.hitRatio { text.append(" " + context.numbers.percent(ratio), .muted) }
        if cache[.dirty] > 0 {
            let count = context.numbers.count(cache[.dirty])
            text.append(" \(context.glyphs[.dirty])\(count)", Style(Mark.dirty.role, .bold))
        }
        return text
    }
}
