import Analysis
import TerminalKit
import Trace

/// The numbers of two runs: before, after, and by how much they differ.
struct MetricsComparison {
    let context: PanelContext
    let numbers: MetricsNumbers

    private struct Line {
        var subject: StyledText
        var measure: String
        var before: Double?
        var after: Double?
        var isTime = false

        var differs: Bool { before != after }
    }

    /// A table where there is room, else as many differences as fit beside each other.
    func draw(in rect: Rect, into frame: inout Frame) {
        let lines = lines
        if rect.height >= 4 {
            frame.draw(table(lines, height: rect.height), in: rect, glyphs: context.glyphs)
        } else {
            drawShort(lines.filter(\.differs), in: rect, into: &frame)
        }
    }

    /// Which rows of the table show.
    func extent(height: Int) -> Scroll? {
        let extent = table(lines, height: height).scroll(height: height)
        return extent.total > extent.visible ? extent : nil
    }

    // MARK: Lines

    private var lines: [Line] {
        guard let before = numbers.before else { return [] }
        let after = numbers.now
        var lines: [Line] = []
        for flow in after.traffic(context.measured) {
            let old = before.traffic(flow.subject)
            let name = StyledText(flow.name, Style(.text, .bold))
            let hasFailures = flow.failed + (old?.failed ?? 0) > 0
            func percentile(_ name: String) -> String { context.percentile(name, hasFailures: hasFailures) }
            func add(_ measure: String, _ value: (TrafficFigures) -> Double?, time: Bool = false) {
                lines.append(
                    Line(subject: name, measure: measure, before: old.flatMap(value), after: value(flow), isTime: time))
            }
            add(percentile("p50"), { $0.latency.map { Double($0.p50) } }, time: true)
            add(percentile("p99"), { $0.latency.map { Double($0.p99) } }, time: true)
            add(context.text("ok", "bien")) { Double($0.ok) }
            add(context.text("failed", "fallidas")) { Double($0.failed) }
        }
        for backend in after.backends(context.measured) { lines += self.lines(backend, before.backend(backend.name)) }
        for cache in after.caches(context.measured) {
            let old = before.cache(cache.name)
            let name = context.component(cache.id)
            lines.append(
                Line(
                    subject: name, measure: context.text("hits", "aciertos"), before: old.map { Double($0.hits) },
                    after: Double(cache.hits)))
            lines.append(
                Line(
                    subject: name, measure: context.text("misses", "fallos"), before: old.map { Double($0.misses) },
                    after: Double(cache.misses)))
        }
        return lines
    }

    private func lines(_ backend: BackendMetrics, _ old: BackendMetrics?) -> [Line] {
        let measures: [(String, (BackendMetrics) -> Int)] = [
            (context.text("calls", "llamadas"), \.calls),
            (context.text("errors", "errores"), { $0.failed + $0.rejected + $0.timedOut }),
            (context.text("longest queue", "cola máxima"), \.maxQueued),
        ]
        return measures.map { measure, value in
            Line(
                subject: context.component(backend.id), measure: measure, before: old.map { Double(value($0)) },
                after: Double(value(backend)))
        }
    }

    private func text(_ value: Double?, isTime: Bool) -> String {
        guard let value else { return String(context.glyphs.missing) }
        return isTime ? context.numbers.duration(Int64(value)) : context.numbers.count(Int(value))
    }

    private func change(_ line: Line) -> StyledText {
        guard let before = line.before, let after = line.after else { return StyledText() }
        let text = context.numbers.change(from: before, to: after) ?? "+"
        return StyledText(text, line.differs ? Style(.accent, .bold) : .muted)
    }

    // MARK: Forms

    /// What differs first, where not all of it fits.
    private func table(_ lines: [Line], height: Int) -> Table {
        let shown = lines.count < height ? lines : lines.filter(\.differs) + lines.filter { !$0.differs }
        var last: String?
        let rows = shown.map { line -> [StyledText] in
            let repeats = line.subject.plain == last
            last = line.subject.plain
            return [
                repeats && lines.count < height ? StyledText() : line.subject, StyledText(line.measure, .muted),
                StyledText(text(line.before, isTime: line.isTime), Style(.before)),
                StyledText(text(line.after, isTime: line.isTime), Style(.after, .bold)), change(line),
            ]
        }
        return Table(
            [
                Table.Column("", importance: 5, minimum: 8), Table.Column("", importance: 4, minimum: 6),
                Table.Column(context.text("before", "antes"), .right, importance: 2),
                Table.Column(context.text("after", "después"), .right, importance: 3),
                Table.Column(context.text("change", "cambio"), .right, importance: 1),
            ],
            rows: rows, offset: context.scroll)
    }

    private func drawShort(_ lines: [Line], in rect: Rect, into frame: inout Frame) {
        guard !lines.isEmpty else {
            frame.write(
                context.text("No difference up to here.", "Ninguna diferencia hasta aquí."), x: rect.x, y: rect.y,
                style: .muted, clip: rect)
            return
        }
        var x = rect.x
        var y = rect.y
        var subject: String?
        for line in lines {
            var item = measure(line)
            if subject != line.subject.plain { item = line.subject + StyledText("  ") + item }
            if x > rect.x, x + item.width > rect.maxX {
                if subject == line.subject.plain { item = line.subject + StyledText("  ") + item }
                x = rect.x
                y += 1
            }
            guard y < rect.maxY else { return }
            subject = line.subject.plain
            let cut = item.truncated(to: rect.maxX - x, ellipsis: context.glyphs.ellipsis)
            x = frame.write(cut, x: x, y: y, clip: rect) + 3
        }
    }

    private func measure(_ line: Line) -> StyledText {
        var item = StyledText("\(line.measure) ", .muted)
        item.append(text(line.before, isTime: line.isTime), Style(.before))
        item.append(" \(context.glyphs.rightwards) ", .muted)
        item.append(text(line.after, isTime: line.isTime), Style(.after, .bold))
        let change = change(line)
        return change.isEmpty ? item : item + StyledText("  ") + change
    }
}
