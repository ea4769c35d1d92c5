import Analysis
import TerminalKit
import Trace

/// How many look-ups the caches answer: over time, a line a cache, and as bars, the best first.
public struct HitsPanel: Panel {
    public let kind = PanelKind.hits

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.cache).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Hit ratio", "Tasa de aciertos") }

    public func note(_ context: PanelContext) -> String {
        let (caches, _) = context.caches()
        return caches.count == 1 ? context.trace.name(caches[0]) : ""
    }

    /// From this width on the bars stand beside the chart.
    private static let wide = 110
    private static let tableWidth = 58
    private static let lowestChart = 5

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let (caches, shown) = context.caches()
        guard !caches.isEmpty else {
            let text = context.text("There is no cache here.", "Aquí no hay ninguna caché.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let (chart, rows) = places(caches.count, in: rect)
        if chart.height > 0 {
            let curves = HitCurves(context, caches: caches, shown: shown, width: chart.width)
            frame.draw(curves.chart, in: chart.intersection(frame.bounds), glyphs: context.glyphs)
        }
        HitTable(context, caches: caches, shown: shown).draw(in: rows, into: &frame)
    }

    /// The chart, and the bars beside it or below it.
    private func places(_ caches: Int, in rect: Rect) -> (chart: Rect, rows: Rect) {
        var chart = rect
        if rect.width >= Self.wide {
            chart.width -= Self.tableWidth + 3
            return (chart, Rect(x: chart.maxX + 3, y: rect.y, width: Self.tableWidth, height: rect.height))
        }
        if rect.height >= caches + Self.lowestChart {
            let hasHeading = rect.height >= caches + Self.lowestChart + 3
            let rows = chart.cutBottom(caches + (hasHeading ? 1 : 0))
            return (chart, rows)
        }
        chart.height = 0
        return (chart, rect)
    }

    public func extent(_ context: PanelContext, in size: Size) -> Scroll? {
        let (caches, shown) = context.caches()
        guard caches.count > places(caches.count, in: Rect(size)).rows.height else { return nil }
        return Scroll(total: caches.count, visible: 1, offset: shown)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
