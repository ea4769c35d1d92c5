import Trace

/// Calls that arrive at a backend, counted in buckets of equal width: where a thundering herd shows.
public struct ArrivalHistogram: Hashable, Sendable {
    public struct Bucket: Hashable, Sendable {
        /// In the bucket.
        public var from: VirtualTime
        /// Not in the bucket.
        public var to: VirtualTime
        public var count: Int
    }

    public var backend: NameID
    public var width: Duration
    /// One after another; those after the cursor are there and empty.
    public var buckets: [Bucket]

    public var total: Int { buckets.reduce(0) { $0 + $1.count } }
    /// Most arrivals in one bucket; 0 without buckets.
    public var peak: Int { buckets.map(\.count).max() ?? 0 }

    /// Empty for a backend that the trace does not have, and without a stretch of time. O(buckets · log n).
    ///
    /// - Parameters:
    ///   - from: where the first bucket starts. The last one may end after `to`.
    ///   - width: above 0, else there are no buckets; at most 10,000 buckets are made.
    public init(
        _ index: TraceIndex, backend: NameID, from: VirtualTime, to: VirtualTime, width: Duration,
        at cursor: Cursor? = nil
    ) {
        self.backend = backend
        self.width = width
        buckets = []
        let length = width.wholeNanoseconds
        guard length > 0, to > from, let activity = index.activity.backend(named: backend) else { return }
        let arrivals = activity.arrivals
        let now = UInt32(clamping: (cursor ?? index.trace.lastCursor).eventCount)
        let known = arrivals.events.count(through: now)
        func before(_ time: VirtualTime) -> Int {
            min(known, arrivals.events.prefixCount { index.trace.events[Int($0) - 1].time < time })
        }
        var start = from
        var count = before(start)
        while start < to, buckets.count < 10_000 {
            let end = start.advanced(byNanoseconds: length)
            guard end > start else { break }
            let next = before(end)
            buckets.append(Bucket(from: start, to: end, count: next - count))
            (start, count) = (end, next)
        }
    }
}
