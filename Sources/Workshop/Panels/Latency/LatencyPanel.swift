import Analysis
import TerminalKit
import Trace

/// How long requests took, over the whole run so far.
public struct LatencyPanel: Panel {
    public let kind = PanelKind.latency

    public init() {}

    public func title(_ context: PanelContext) -> String { context.text("Latency", "Latencia") }

    public func note(_ context: PanelContext) -> String {
        let curves = LatencyCurves(context, width: 80)
        return curves.flows.count == 1 ? context.trace.name(curves.flows[0]) : ""
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        var area = rect
        if rect.width >= 64, rect.height >= 7 {
            area.width -= 21
            drawSummary(context, in: Rect(x: area.maxX + 3, y: rect.y, width: 18, height: rect.height), into: &frame)
        }
        let curves = LatencyCurves(context, width: area.width)
        let chart = curves.chart
        frame.draw(chart, in: area.intersection(frame.bounds), glyphs: context.glyphs)
        let plan = chart.plan(in: area)
        drawPoints(curves, plan, into: &frame, in: area)
        drawHappenings(context, plan, into: &frame, in: rect)
        drawSelected(context, plan, curves, into: &frame, in: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }

    /// Percentiles of everything that has ended, of both runs where there are two.
    private func drawSummary(_ context: PanelContext, in rect: Rect, into frame: inout Frame) {
        let flow = LatencyCurves(context, width: rect.width).flows.first
        let metrics = RunMetrics.over(context.index, through: context.cursor).flows.first { $0.id == flow }
        let numbers = context.numbers
        func latency(_ value: Int64?) -> StyledText { StyledText(context.latencyText(value), Style(.text, .bold)) }
        func percentile(_ name: String) -> String {
            context.percentile(name, hasFailures: (metrics?.failed ?? 0) > 0)
        }
        let values = KeyValues(
            [
                .init(percentile("p50"), latency(metrics?.latency?.p50)),
                .init(percentile("p95"), latency(metrics?.latency?.p95)),
                .init(percentile("p99"), latency(metrics?.latency?.p99)),
                .init(context.text("max", "máx"), latency(metrics?.latency?.max)),
                .init(context.text("mean", "media"), latency(metrics?.latency.map { Int64($0.mean) })),
                .init(context.text("ok", "bien"), StyledText(numbers.count(metrics?.ok ?? 0))),
                .init(context.text("failed", "fallidas"), context.badCount(metrics?.failed ?? 0)),
            ], alignment: .right)
        frame.draw(values, in: rect, glyphs: context.glyphs)
    }

    /// A sign for each request where there are few, and for each that failed.
    private func drawPoints(
        _ curves: LatencyCurves, _ plan: LineChart.Plan, into frame: inout Frame, in rect: Rect
    ) {
        for point in curves.points {
            guard let cell = plan.cell(.init(point.entry.end.seconds, Double(point.entry.latency) / curves.unit)) else {
                continue
            }
            let glyphs = curves.context.glyphs
            // The ASCII bullet lies like a line.
            let point =
                point.entry.isOK
                ? (glyph: glyphs.repertoire == .unicode ? glyphs[.bullet] : "o", style: point.style)
                : (glyph: glyphs[.failed], style: Style(.fail, .bold))
            frame.write(String(point.glyph), x: cell.x, y: cell.y, style: point.style, clip: rect)
        }
    }

    /// Faults, changes and marks, on the axis of time.
    private func drawHappenings(
        _ context: PanelContext, _ plan: LineChart.Plan, into frame: inout Frame, in rect: Rect
    ) {
        guard plan.plot.maxY < rect.maxY else { return }
        for id in context.index.happenings {
            guard let event = context.trace[id], let mark = EventSentence(event, in: context).mark else { continue }
            let x = plan.plot.x + Int((plan.x.share(event.time.seconds) * Double(plan.plot.width - 1)).rounded())
            guard x >= plan.plot.x, x < plan.plot.maxX else { continue }
            let sign = event.kind == .parameterSet ? Mark.fault : mark
            let style = Style(sign.role, context.cursor.includes(id) ? .bold : .dim)
            frame.write(String(context.glyphs[sign]), x: x, y: plan.plot.maxY, style: style, clip: rect)
        }
    }

    private func drawSelected(
        _ context: PanelContext, _ plan: LineChart.Plan, _ curves: LatencyCurves, into frame: inout Frame, in rect: Rect
    ) {
        guard let request = context.selection.request.flatMap({ context.index.request($0) }), let end = request.end,
            let latency = request.latency, context.cursor.includes(request.endEvent),
            let cell = plan.cell(.init(end.seconds, Double(latency) / curves.unit))
        else { return }
        let style = Style(.selection, [.bold, .reverse])
        frame.write(String(context.glyphs[.selected]), x: cell.x, y: cell.y, style: style, clip: rect)
    }
}
