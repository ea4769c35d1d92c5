/// When a cache that acknowledges writes at once brings them to its store.
public struct WriteBackRules: Hashable, Sendable {
    public enum Flush: Hashable, Sendable {
        /// All that is dirty, at fixed times.
        case every(Duration)
        /// Each key so long after its first write that is not in the store: Oracle Coherence's write-delay.
        case after(Duration)

        var duration: Duration {
            switch self {
            case .every(let duration), .after(let duration): duration
            }
        }
    }

    public let flush: Flush
    /// The most keys in one write to the store; `nil`: no limit.
    public let batch: Int?
    /// How long after a failed write it is tried again; `nil`: with the next flush, as if written then.
    public let retry: Duration?
    /// The most dirty keys. Further ones have to wait for a flush; `nil`: no limit, and so no limit on memory.
    public let maxDirty: Int?

    /// - Throws: ``PolicyError`` when a duration is not above zero, or a count is below 1.
    public init(
        flush: Flush, batch: Int? = nil, retry: Duration? = nil, maxDirty: Int? = nil
    ) throws(PolicyError) {
        self.flush = flush
        self.batch = batch
        self.retry = retry
        self.maxDirty = maxDirty
        try PolicyError.requirePositive(flush.duration, "flush")
        if let batch { try PolicyError.requireAtLeast(1, batch, "batch") }
        if let retry { try PolicyError.requirePositive(retry, "retry") }
        if let maxDirty { try PolicyError.requireAtLeast(1, maxDirty, "maxDirty") }
    }
}
