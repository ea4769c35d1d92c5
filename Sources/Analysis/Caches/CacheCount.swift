/// What is counted of a cache.
public enum CacheCount: UInt8, CaseIterable, Sendable {
    case lookups, hits, misses
    /// Look-ups whose caller stopped waiting before the cache answered. With hits and misses they are the look-ups that
    /// have ended.
    case abandoned
    /// Misses that found an expired entry.
    case expired
    case stored
    /// Entries removed to make room.
    case evictions
    /// Entries removed on purpose.
    case invalidated
    /// Hits that were out of date: the data had been written since.
    case stale
    /// Hits that had expired and were served while they were loaded again.
    case expiredServed
    /// Look-ups that waited for the load of another.
    case joined
    /// Entries loaded again in the background.
    case refreshes
    /// Writes that went into a write strategy.
    case written
    /// Writes that replaced a dirty value that was never flushed.
    case coalesced
    /// Times that dirty keys were written to the backend, several at once as one.
    case flushes
    /// Keys that are in memory only: at the end of the window, and at most in it.
    case dirty, maxDirty
    /// Keys that were in memory only, and fell to a crash.
    case lost
    /// Keys with their values, at the end of the window.
    case entries

    /// The name in reports and in the figures of lessons.
    public var name: String { "\(self)" }
}
