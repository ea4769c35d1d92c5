import Analysis
import TerminalKit
import Trace

/// The numbers as tables: flows, backends, caches.
struct MetricsTables {
    let context: PanelContext
    let now: RunMetrics

    private var numbers: NumberText { context.numbers }

    func draw(in rect: Rect, into frame: inout Frame) {
        let tables = tables(width: rect.width)
        let heights = Self.heights(tables.map { $0.rows.count + 1 }, in: rect.height)
        let gap = heights.reduce(0, +) + tables.count - 1 <= rect.height ? 1 : 0
        var y = rect.y
        for (table, height) in zip(tables, heights) {
            draw(table, in: Rect(x: rect.x, y: y, width: rect.width, height: height), into: &frame)
            y += height + gap
        }
    }

    /// The rows of all tables of a run, their headings included.
    static func rows(of trace: Trace) -> Int {
        [Component.Kind.flow, .backend, .cache].map { trace.components($0).count }.filter { $0 > 0 }
            .reduce(0) { $0 + $1 + 1 }
    }

    private func tables(width: Int) -> [Table] {
        [flows(width: width), backends(sparkline: width >= 70 ? 12 : 8), caches].filter { !$0.rows.isEmpty }
    }

    /// Which rows show of the table that leaves out most: all that are cut scroll alike.
    func extent(in size: Size) -> Scroll? {
        let tables = tables(width: size.width)
        let heights = Self.heights(tables.map { $0.rows.count + 1 }, in: size.height)
        return zip(tables, heights).filter { $0.rows.count + 1 > $1 }
            .map { Scroll(total: $0.rows.count, visible: $1 - 2, offset: context.scroll) }
            .max { $0.total - $0.visible < $1.total - $1.visible }
    }

    /// Rows for each table: the longest give way, down to a heading and a row that says what is left out.
    static func heights(_ wanted: [Int], in room: Int) -> [Int] {
        var heights = wanted
        let least = 3
        while heights.reduce(0, +) > room, let longest = heights.max() {
            guard longest > least, let place = heights.lastIndex(of: longest) else {
                // Nobody can give way any more: the last ones go.
                return heights.prefix(max(1, room / least)).map { min($0, room) }
            }
            heights[place] -= 1
        }
        return heights
    }

    /// The rows that fit, and how many more there are.
    private func draw(_ table: Table, in rect: Rect, into frame: inout Frame) {
        guard table.rows.count + 1 > rect.height else {
            frame.draw(table, in: rect, glyphs: context.glyphs)
            return
        }
        var (table, top) = (table, rect)
        let last = top.cutBottom(1)
        table.offset = context.scroll
        frame.draw(table, in: top, glyphs: context.glyphs)
        let shown = table.scroll(height: top.height).range
        let text = context.leftOutText(before: shown.lowerBound, after: table.rows.count - shown.upperBound)
        frame.write(text, x: last.x, y: last.y, style: .muted, clip: last)
    }

    private func count(_ count: Int) -> StyledText { StyledText(numbers.count(count), count == 0 ? .muted : .text) }

    private func latency(_ nanoseconds: Int64?) -> StyledText {
        StyledText(context.latencyText(nanoseconds), nanoseconds == nil ? .muted : .text)
    }

    private func flows(width: Int) -> Table {
        let selected = context.selection.request.flatMap { context.index.request($0)?.flow }
        let traffic = now.traffic(context.measured)
        let hasClients = traffic.contains { $0.subject.kind == .client }
        let heading = hasClients ? context.text("client, flow", "cliente, flujo") : context.text("flow", "flujo")
        let hasFailures = traffic.contains { $0.failed > 0 }
        func percentile(_ name: String) -> String { context.percentile(name, hasFailures: hasFailures) }
        return Table(
            [
                Table.Column(heading, importance: 9, minimum: max(10, width * 2 / 5)),
                Table.Column(context.text("requests", "peticiones"), .right, importance: 6),
                Table.Column(context.text("ok", "bien"), .right, importance: 3),
                Table.Column(context.text("failed", "fallidas"), .right, importance: 7),
                Table.Column(context.text("in flight", "en curso"), .right, importance: 4),
                Table.Column(percentile("p50"), .right, importance: 5),
                Table.Column(percentile("p95"), .right, importance: 1),
                Table.Column(percentile("p99"), .right, importance: 8),
                Table.Column(context.text("rate", "ritmo"), .right, importance: 2),
            ],
            rows: traffic.map { flow in
                let mark = flow.id == selected ? "\(context.glyphs[.selected]) " : ""
                return [
                    StyledText(mark + flow.name, Style(flow.id == selected ? .selection : .text, .bold)),
                    count(flow.requests), count(flow.ok), context.badCount(flow.failed), count(flow.inFlight),
                    latency(flow.latency?.p50), latency(flow.latency?.p95), latency(flow.latency?.p99),
                    StyledText(numbers.rate(flow.rate), flow.rate == 0 ? .muted : .text),
                ]
            })
    }

    private func backends(sparkline steps: Int) -> Table {
        let state = SystemState(context.index, at: context.cursor)
        let hasFailures = now.backends.contains { $0.failed > 0 }
        func percentile(_ name: String) -> String { context.percentile(name, hasFailures: hasFailures) }
        return Table(
            [
                Table.Column(context.text("backend", "servicio"), importance: 9, minimum: 8),
                Table.Column(context.text("calls", "llamadas"), .right, importance: 6),
                Table.Column(context.text("errors", "errores"), .right, importance: 7),
                Table.Column(context.text("busy", "ocupadas"), .right, importance: 5),
                Table.Column(context.text("queue", "cola"), .right, importance: 8),
                Table.Column(context.text("in use", "uso"), .right, importance: 2),
                Table.Column(percentile("p50"), .right, importance: 4),
                Table.Column(percentile("p99"), .right, importance: 1),
                Table.Column(context.text("in service", "en servicio"), importance: 3),
            ],
            rows: now.backends(context.measured).map { backend in
                let isDown = state.backend(backend.id)?.isDown ?? false
                let mark = StyledText(isDown ? " \(context.glyphs[.fault])" : "", Style(.fail, .bold))
                let slots = backend.capacity.map { "/\(numbers.count($0))" } ?? ""
                let line = context.activity(of: backend.id, steps: steps)
                return [
                    context.component(backend.id) + mark, count(backend.calls),
                    context.badCount(backend.failed + backend.rejected + backend.timedOut),
                    StyledText(numbers.count(backend.inFlight) + slots, backend.inFlight == 0 ? .muted : .text),
                    StyledText(
                        numbers.count(backend.queued), backend.queued == 0 ? .muted : Style(.warn, .bold)),
                    StyledText(backend.utilisation.map(numbers.percent) ?? String(context.glyphs.missing), .muted),
                    latency(backend.latency?.p50), latency(backend.latency?.p99),
                    StyledText(
                        Text.pad(line.text(width: steps, glyphs: context.glyphs), to: steps, .right), line.style),
                ]
            })
    }

    private var caches: Table {
        let names = [
            Table.Column(context.text("cache", "caché"), importance: 9, minimum: 8),
            Table.Column(context.text("hits", "aciertos"), .right, importance: 7),
            Table.Column(context.text("misses", "fallos"), .right, importance: 6),
            Table.Column(context.text("hit ratio", "tasa"), .right, importance: 8),
            Table.Column(context.text("expired", "caducadas"), .right, importance: 3),
            Table.Column(context.text("dropped", "borradas"), .right, importance: 4),
            Table.Column(context.text("entries", "entradas"), .right, importance: 5),
        ]
        // What few caches do has a column only where one of them does it.
        let others: [(kind: CacheCount, column: Table.Column)] = [
            (.evictions, Table.Column(context.text("evicted", "desalojadas"), .right, importance: 2)),
            (.stale, Table.Column(context.text("stale", "desfasadas"), .right, importance: 2)),
            (.dirty, Table.Column(context.text("memory only", "solo en memoria"), .right, importance: 3)),
            (.lost, Table.Column(context.text("lost", "perdidas"), .right, importance: 4)),
        ].filter { kind, _ in now.caches.contains { $0[kind] > 0 } }
        return Table(
            names + others.map(\.column),
            rows: now.caches(context.measured).map { cache in
                [
                    context.component(cache.id), count(cache.hits), count(cache.misses),
                    StyledText(cache.hitRatio.map(numbers.percent) ?? String(context.glyphs.missing)),
                    count(cache.expired), count(cache.invalidated), count(cache[.entries]),
                ] + others.map { count(cache[$0.kind]) }
            })
    }
}
