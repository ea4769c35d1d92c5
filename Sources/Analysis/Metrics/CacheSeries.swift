import Trace

/// What a cache did, bucket by bucket: its hit ratio over time. O(buckets · log n).
public struct CacheSeries: Hashable, Sendable {
    public struct Bucket: Hashable, Sendable {
        /// Not in the bucket itself, but for the first bucket of a run.
        public var from: VirtualTime
        public var to: VirtualTime
        public var hits: Int
        public var misses: Int
        public var evictions: Int
        /// Hits that were out of date.
        public var stale: Int
        /// At the end of the bucket.
        public var entries: Int
        public var dirty: Int
        /// Hits of the look-ups that were answered; `nil`: none was.
        public var hitRatio: Double? { hits + misses == 0 ? nil : Double(hits) / Double(hits + misses) }
    }

    public var cache: NameID
    /// Of equal length. The last one may reach beyond the cursor; later ones are left out.
    public var buckets: [Bucket]

    /// Without buckets for a cache that the trace does not have.
    ///
    /// - Parameter count: buckets between the two moments; those after the cursor are not returned.
    public init(
        _ index: TraceIndex, cache: NameID, from: VirtualTime, to: VirtualTime, count: Int, cursor: Cursor? = nil
    ) {
        self.cache = cache
        guard let activity = index.activity.cache(named: cache) else {
            buckets = []
            return
        }
        let windows = Window.buckets(index.trace, from: from, to: to, count: count, cursor: cursor)
        buckets = windows.map { window, edges in
            func value(_ count: CacheCount) -> Int { activity.value(count, in: window) }
            return Bucket(
                from: edges.lowerBound, to: edges.upperBound, hits: value(.hits), misses: value(.misses),
                evictions: value(.evictions), stale: value(.stale), entries: value(.entries), dirty: value(.dirty))
        }
    }
}
