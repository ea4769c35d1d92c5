import Analysis
import TerminalKit
import Trace

extension BulkheadBlock {
    /// How an adaptive limit moved, over the whole run; `nil`: it stands still.
    var chart: LineChart? {
        guard context.run.policies.highestLimit(of: layer.id) != nil else { return nil }
        let runs = [context.run, context.earlier, context.peer].compactMap { $0 }
        let highest = runs.compactMap { run in
            context.counterpart(of: layer.id, in: run).flatMap { run.policies.highestLimit(of: $0) }
        }.max()
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
            yRange: Axis(containing: [Double(highest ?? 0)], ticks: 4).range, xUnit: "s",
            cursor: context.cursor.time.seconds)
    }

    /// A limit holds until it moves. Of many changes in one column of dots, the lowest, the highest and the last.
    private func points(in run: RunView, _ layer: NameID, at cursor: Cursor) -> [LineChart.Place] {
        let column = max(1, run.trace.end.nanoseconds / Self.columns)
        var steps: [(time: VirtualTime, low: Int64, high: Int64, last: Int64)] = []
        for change in run.policies.changes(of: layer) {
            guard cursor.includes(change.event) else { break }
            if let step = steps.last, step.time.nanoseconds / column == change.time.nanoseconds / column {
                let (low, high) = (min(step.low, change.value), max(step.high, change.value))
                steps[steps.count - 1] = (step.time, low, high, change.value)
            } else {
                steps.append((change.time, change.value, change.value, change.value))
            }
        }
        var points: [LineChart.Place] = []
        for step in steps {
            if let last = points.last { points.append(.init(step.time.seconds, last.y)) }
            points += [step.low, step.high, step.last].map { .init(step.time.seconds, Double($0)) }
        }
        if let last = points.last { points.append(.init(cursor.time.seconds, last.y)) }
        return points
    }

    /// More than any chart has.
    private static let columns: Int64 = 500
}
