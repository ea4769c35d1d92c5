import Analysis
import TerminalKit
import Trace

extension BulkheadBlock {
    /// How an adaptive limit moved, over the whole run; `nil`: it stands still.
    var chart: LineChart? {
        guard context.run.policies.hasAdaptiveLimit(layer.id) else { return nil }
        let runs = [context.run, context.earlier, context.peer].compactMap { $0 }
        let highest =
            runs.map { run in
                context.counterpart(of: layer.id, in: run).map { run.policies.highestLimit(of: $0) } ?? 0
            }.max() ?? 0
        let end = runs.map(\.trace.end.seconds).max() ?? 0
        var series = [
            LineChart.Series(
                context.text("limit", "límite"), points(in: context.run, layer.id, at: context.cursor),
                style: Style(context.earlier == nil ? context.trace.hue(of: layer.id) : .after, .bold))
        ]
        if let earlier = context.earlier, let name = context.counterpart(of: layer.id, in: earlier) {
            let old = points(in: earlier, name, at: context.cursor(in: earlier))
            series[0].name = context.text("after", "después")
            series.insert(LineChart.Series(context.text("before", "antes"), old, style: Style(.before)), at: 0)
        }
        return LineChart(
            context.text("limit", "límite"), series, xRange: 0...max(end, 1e-9),
            yRange: Axis(containing: [Double(highest)], ticks: 4).range, xUnit: "s",
            cursor: context.cursor.time.seconds)
    }

    /// A limit holds until it moves: two points a change.
    private func points(in run: RunView, _ layer: NameID, at cursor: Cursor) -> [LineChart.Place] {
        var points: [LineChart.Place] = []
        for change in run.policies.changes(of: layer) where cursor.includes(change.event) && change.value >= 0 {
            let limit = Double(change.value)
            if let last = points.last { points.append(.init(change.time.seconds, last.y)) }
            points.append(.init(change.time.seconds, limit))
        }
        if let last = points.last { points.append(.init(cursor.time.seconds, last.y)) }
        return points
    }
}
