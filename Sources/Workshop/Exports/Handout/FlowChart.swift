import Analysis
import Trace

/// How a flow's latency went over a run: its median, its 99th percentile, and what failed.
public struct FlowChart: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        /// The middle of the bucket, as a share of the run.
        public var place: Double
        /// In nanoseconds; `nil`: nothing ended.
        public var p50: Int64?
        public var p99: Int64?
        public var failed: Int
    }

    public var title: String
    public var points: [Point]
    /// In nanoseconds.
    public var longest: Int64
    public var mostFailed: Int
    public var end: VirtualTime
    public var language: Language

    static let buckets = 60

    init(_ flow: FlowMetrics, in run: RunView, _ language: Language) {
        let end = run.trace.end
        let series = TimeSeries(run.index, .flow(flow.id), from: .zero, to: end, count: Self.buckets)
        title = "\(flow.name): \(HandoutWords.latencyOverTime(language))"
        points = series.buckets.enumerated().map { place, bucket in
            Point(
                place: (Double(place) + 0.5) / Double(Self.buckets), p50: bucket.latency?.p50,
                p99: bucket.latency?.p99, failed: bucket.failed)
        }
        longest = points.compactMap(\.p99).max() ?? 0
        mostFailed = points.map(\.failed).max() ?? 0
        self.end = end
        self.language = language
    }
}
