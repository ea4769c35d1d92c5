/// What a cache before a store did with a write.
public enum CachedStoreEvent<Key: Hashable & Sendable>: Hashable, Sendable {
    /// It is in the store.
    case stored(Key)
    case failed(Key, Failure)
    /// It is in memory alone. coalesced: in place of a value that the store will never see. dirty: such keys, this
    /// one included.
    case dirtied(Key, coalesced: Bool, dirty: Int)
    /// There are as many dirty keys as may be: the write waits for a flush.
    case full(Key, dirty: Int)
    /// Dirty keys are in the store. dirty: those that are left.
    case flushed([Key], took: Duration, dirty: Int)
    /// They are not, and will be tried again.
    case flushFailed([Key], Failure, dirty: Int)
    case removed(Key)
}
