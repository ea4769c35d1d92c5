import Analysis
import TerminalKit
import Trace

/// The hit ratio of each cache over the run: of the last while, or, where there are few look-ups, of all so far.
struct HitCurves {
    let context: PanelContext
    let caches: [NameID]
    /// The one that two runs are compared by.
    let shown: Int
    let width: Int

    /// With fewer look-ups than this, a part of them says nothing.
    private static let few = 200
    /// The last while is this part of the run.
    private static let whiles = 10
    private static let mostBuckets = 120

    init(_ context: PanelContext, caches: [NameID], shown: Int, width: Int) {
        self.context = context
        self.caches = caches
        self.shown = shown
        self.width = width
    }

    private var runs: [RunView] { [context.run, context.earlier, context.peer].compactMap { $0 } }
    private var end: Int64 { runs.map(\.trace.end.nanoseconds).max() ?? 0 }
    private var isCumulative: Bool {
        caches.allSatisfy { context.run.caches.lookupCount(of: $0) < Self.few }
    }

    var chart: LineChart {
        LineChart(
            title, series, xRange: 0...max(Double(end) / 1e9, 1e-9), yRange: 0...100, xUnit: "s",
            cursor: context.cursor.time.seconds, decimalSign: context.numbers.decimalSign,
            hasNames: context.earlier != nil)
    }

    private var title: String {
        if isCumulative { return context.text("% of all so far", "% de todas hasta ahora") }
        let length = context.numbers.duration(end / Int64(Self.whiles))
        return context.text("% of the last \(length)", "% de los últimos \(length)")
    }

    private var series: [LineChart.Series] {
        if let earlier = context.earlier {
            let cache = caches[shown]
            var lines = [
                LineChart.Series(
                    context.text("after", "después"), points(of: cache, in: context.run, at: context.cursor),
                    style: Style(.after, .bold))
            ]
            if let old = earlier.trace.names.find(context.trace.name(cache)) {
                let before = points(of: old, in: earlier, at: context.cursor(in: earlier))
                lines.insert(
                    LineChart.Series(context.text("before", "antes"), before, style: Style(.before)), at: 0)
            }
            return lines
        }
        return caches.map { cache in
            LineChart.Series(
                context.trace.name(cache), points(of: cache, in: context.run, at: context.cursor),
                style: Style(context.trace.hue(of: cache), .bold))
        }
    }

    private func points(of cache: NameID, in run: RunView, at cursor: Cursor) -> [LineChart.Place] {
        let count = max(2 * Self.whiles, min(width, Self.mostBuckets))
        let buckets = CacheSeries(
            run.index, cache: cache, from: .zero, to: VirtualTime(nanoseconds: max(1, end)), count: count,
            cursor: cursor
        ).buckets
        let length = isCumulative ? count : max(1, count / Self.whiles)
        var (hits, misses) = (0, 0)
        return buckets.indices.compactMap { place in
            hits += buckets[place].hits
            misses += buckets[place].misses
            if place >= length {
                hits -= buckets[place - length].hits
                misses -= buckets[place - length].misses
            }
            guard hits + misses > 0 else { return nil }
            let moment = min(buckets[place].to, cursor.time)
            return .init(moment.seconds, 100 * Double(hits) / Double(hits + misses))
        }
    }
}
