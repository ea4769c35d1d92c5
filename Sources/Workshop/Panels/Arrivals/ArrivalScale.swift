import Analysis
import Trace

/// The scale of time of all histograms of the panel, which covers the run beside this one too.
struct ArrivalScale: Hashable {
    /// Nanoseconds in a column of the histogram.
    let bucket: Int64
    let count: Int
    /// Cells that a column is wide.
    let cells: Int

    /// Where the last column ends.
    var end: VirtualTime { VirtualTime(nanoseconds: bucket * Int64(count)) }

    /// - Parameter width: cells for all columns.
    init(_ runs: [RunView], width: Int) {
        let whole = runs.map(\.trace.end.nanoseconds).max() ?? 0
        let last = runs.compactMap(\.lastArrival?.nanoseconds).max() ?? 0
        // A run that is silent for most of its time does not need all of the width for it.
        let length = max(1, min(whole, max(last + last / 20, whole / 4)), last + 1)
        bucket = Self.niceLength(length / Int64(max(1, width)) + 1)
        count = max(1, min(max(1, width), Int(clamping: (length + bucket - 1) / bucket)))
        cells = max(1, width / count)
    }

    /// The first length that is easy to count in and not below a bound.
    private static func niceLength(_ lowest: Int64) -> Int64 {
        let steps: [Int64] = [10, 15, 20, 25, 30, 40, 50, 60, 80]
        var unit: Int64 = 100_000
        while unit < 1_000_000_000_000_000 {
            if let step = steps.first(where: { $0 * unit >= lowest }) { return step * unit }
            unit *= 10
        }
        return lowest
    }
}
