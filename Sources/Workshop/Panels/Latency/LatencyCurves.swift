import Analysis
import TerminalKit
import Trace

/// The lines of the latency chart: each request a point while there are few, percentiles when there are many.
struct LatencyCurves {
    let context: PanelContext
    let width: Int
    /// Of this run, those with requests; one alone where two runs are compared.
    let flows: [NameID]
    /// Nanoseconds in the unit of the chart.
    let unit: Double
    private let unitName: String
    private let longest: Int64
    /// Seconds that the axis covers.
    private let end: Double

    private static let mostFlows = 3

    init(_ context: PanelContext, width: Int) {
        self.context = context
        self.width = width
        var flows = context.trace.components(.flow).map(\.name).filter { context.run.finished.count($0) > 0 }
        if let flow = context.request?.flow, context.earlier != nil || context.selection.request != nil {
            flows = flows.filter { $0 == flow }
        }
        self.flows = Array(flows.prefix(Self.mostFlows))
        let shown = [context.run, context.earlier, context.peer].compactMap { $0 }
        longest = shown.map(\.finished.longest).max() ?? 0
        end = shown.map(\.trace.end.seconds).max() ?? 0
        unit = longest >= 10_000_000_000 ? 1e9 : 1e6
        unitName = longest >= 10_000_000_000 ? "s" : "ms"
    }

    var chart: LineChart {
        // The scale is that of the whole run, so that it stands still while the run is played.
        let scale = Axis(containing: [Double(longest) / unit], ticks: 5).range
        return LineChart(
            title, series, xRange: 0...max(end, 1e-9), yRange: scale, xUnit: "s", cursor: context.cursor.time.seconds,
            decimalSign: context.numbers.decimalSign)
    }

    /// What the lines show when there are many requests.
    private var isDense: Bool {
        flows.contains { context.run.finished.count($0) > max(8, width) }
    }

    /// The requests that have ended by the cursor, with the style of their line, while each is a point.
    var points: [(entry: FinishedRequests.Entry, style: Style)] {
        guard !isDense else { return [] }
        return flows.enumerated().flatMap { place, flow in
            let ended = context.run.finished.ended(flow, at: context.cursor)
            let style = context.earlier == nil ? Style(Hue.role(place), .bold) : Style(.after, .bold)
            return ended.count * 4 <= width ? ended.map { ($0, style) } : ended.filter { !$0.isOK }.map { ($0, style) }
        }
    }

    private var title: String {
        if context.earlier != nil || flows.count > 1 { return isDense ? "p99 \(unitName)" : unitName }
        return unitName
    }

    private var series: [LineChart.Series] {
        if let earlier = context.earlier, let flow = flows.first {
            let old = context.cursor(in: earlier)
            let known = earlier.trace.names.find(context.trace.name(flow)) ?? .none
            return [
                LineChart.Series(
                    context.text("before", "antes"), points(of: known, in: earlier, at: old, \.p99),
                    style: Style(.before)),
                LineChart.Series(
                    context.text("after", "después"), points(of: flow, in: context.run, at: context.cursor, \.p99),
                    style: Style(.after, .bold)),
            ]
        }
        if flows.count == 1, isDense {
            let buckets = buckets(of: flows[0], in: context.run, at: context.cursor)
            return [
                LineChart.Series("p50", points(buckets, \.p50), style: Style(.hue1)),
                LineChart.Series("p99", points(buckets, \.p99), style: Style(.hue2, .bold)),
            ]
        }
        return flows.enumerated().map { place, flow in
            LineChart.Series(
                context.trace.name(flow), points(of: flow, in: context.run, at: context.cursor, \.p99),
                style: Style(Hue.role(place)))
        }
    }

    private func points(
        of flow: NameID, in run: RunView, at cursor: Cursor, _ percentile: (LatencySummary) -> Int64
    ) -> [LineChart.Place] {
        guard isDense else {
            return run.finished.ended(flow, at: cursor).map { .init($0.end.seconds, Double($0.latency) / unit) }
        }
        return points(buckets(of: flow, in: run, at: cursor), percentile)
    }

    private func buckets(of flow: NameID, in run: RunView, at cursor: Cursor) -> [TimeSeries.Bucket] {
        TimeSeries(
            run.index, .flow(flow), from: .zero, to: run.trace.end, count: max(8, min(width, 120)), cursor: cursor
        ).buckets
    }

    private func points(
        _ buckets: [TimeSeries.Bucket], _ percentile: (LatencySummary) -> Int64
    ) -> [LineChart.Place] {
        buckets.compactMap { bucket in
            bucket.latency.map { .init(bucket.to.seconds, Double(percentile($0)) / unit) }
        }
    }
}
