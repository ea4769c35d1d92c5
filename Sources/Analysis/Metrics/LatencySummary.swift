/// What is said about a set of latencies. All in nanoseconds.
///
/// Percentiles are those of an HdrHistogram with three significant digits: the upper end of the bucket that holds
/// the sample of that rank, but never above the largest sample. Mean, minimum and maximum are exact.
public struct LatencySummary: Hashable, Sendable {
    /// At least 1.
    public var count: Int
    public var mean: Double
    public var min: Int64
    public var p50: Int64
    public var p95: Int64
    public var p99: Int64
    public var max: Int64
}
