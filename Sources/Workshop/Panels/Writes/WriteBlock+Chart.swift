import Analysis
import TerminalKit
import Trace

extension WriteBlock {
    /// Dirty keys over the whole run.
    func chart(width: Int) -> LineChart {
        let runs = [context.run, context.earlier, context.peer].compactMap { $0 }
        let end = runs.map(\.trace.end).max() ?? .zero
        var series = [
            LineChart.Series(
                context.text("after", "después"), points(in: context.run, state.cache, at: context.cursor, width, end),
                style: Style(context.earlier == nil ? context.trace.hue(of: state.cache) : .after, .bold))
        ]
        if let earlier = context.earlier, let name = earlier.trace.names.find(context.trace.name(state.cache)) {
            let old = points(in: earlier, name, at: context.cursor(in: earlier), width, end)
            series.insert(LineChart.Series(context.text("before", "antes"), old, style: Style(.before)), at: 0)
        }
        let most = runs.compactMap { run in
            run.trace.names.find(context.trace.name(state.cache)).map { run.caches.mostDirty(in: $0) }
        }.max()
        return LineChart(
            context.text("keys in memory only", "claves solo en memoria"), series, xRange: 0...max(end.seconds, 1e-9),
            yRange: Axis(containing: [Double(most ?? 1)], ticks: 4).range, xUnit: "s", cursor: now.seconds,
            decimalSign: numbers.decimalSign)
    }

    private func points(
        in run: RunView, _ cache: NameID, at cursor: Cursor, _ width: Int, _ end: VirtualTime
    ) -> [LineChart.Place] {
        let series = CacheSeries(
            run.index, cache: cache, from: .zero, to: end, count: max(20, min(width * 2, 200)), cursor: cursor)
        return series.buckets.map { .init(min($0.to, cursor.time).seconds, Double($0.dirty)) }
    }
}
