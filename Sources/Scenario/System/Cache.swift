/// A cache beside the flows that use it.
public struct Cache: Hashable, Sendable {
    public var name: String
    /// What one look-up or one store costs, hit or miss.
    public var latency: Latency
    /// How long an entry is good; `nil`: for ever.
    public var ttl: Duration?
    /// Times to live differ by up to so much more or less, a share, 0..<1.
    public var ttlJitter: Double
    /// Entries, or units of weight; `nil`: no limit.
    public var capacity: Int?
    public var eviction: Eviction
    public var writes: Writes
    /// When dirty keys are written, where ``writes`` is `back`.
    public var flush: Flush
    /// Whether look-ups of a key that is being loaded wait for that load.
    public var coalesces: Bool
    /// An entry with less than this share of its time to live left, 0...1, is loaded again in the background.
    public var refreshAhead: Double?
    /// Stale-while-revalidate: how long an expired entry is served while it is loaded again.
    public var staleFor: Duration?
    /// Probabilistic early expiration: XFetch's beta, above 0.
    public var early: Double?

    public enum Eviction: String, Hashable, Sendable, CaseIterable {
        case fifo, lru, lfu, clock, sieve, s3fifo, arc, wTinyLFU
    }

    /// What a `write` step does.
    public enum Writes: String, Hashable, Sendable, CaseIterable {
        /// The backend first, then the cache.
        case through
        /// The cache now, the backend later.
        case back
        /// The backend; the cache is not told.
        case around
        /// The backend, and the cache drops the key.
        case aside
    }

    public struct Flush: Hashable, Sendable {
        public enum Timing: Hashable, Sendable {
            /// All dirty keys, at fixed times.
            case every(Duration)
            /// Each key so long after its first write that is not in the backend: Coherence's write-delay.
            case after(Duration)
        }

        public var timing: Timing
        /// Keys at once; `nil`: all that are due.
        public var batch: Int?
        /// How long after a failed write it is tried again.
        public var retry: Duration
        /// The most dirty keys: a write of another one waits; `nil`: no limit.
        public var maxDirty: Int?
        /// How long a restart may take to write what is dirty; then it goes the way of a crash. Kubernetes gives 30 s.
        public var grace: Duration

        public init(
            _ timing: Timing = .every(.seconds(5)), batch: Int? = nil, retry: Duration = .seconds(1),
            maxDirty: Int? = nil, grace: Duration = .seconds(30)
        ) {
            self.timing = timing
            self.batch = batch
            self.retry = retry
            self.maxDirty = maxDirty
            self.grace = grace
        }
    }

    public init(
        name: String, latency: Latency = .fixed(.zero), ttl: Duration? = nil, ttlJitter: Double = 0,
        capacity: Int? = nil, eviction: Eviction = .lru, writes: Writes = .through, flush: Flush = Flush(),
        coalesces: Bool = false, refreshAhead: Double? = nil, staleFor: Duration? = nil, early: Double? = nil
    ) {
        self.name = name
        self.latency = latency
        self.ttl = ttl
        self.ttlJitter = ttlJitter
        self.capacity = capacity
        self.eviction = eviction
        self.writes = writes
        self.flush = flush
        self.coalesces = coalesces
        self.refreshAhead = refreshAhead
        self.staleFor = staleFor
        self.early = early
    }
}
