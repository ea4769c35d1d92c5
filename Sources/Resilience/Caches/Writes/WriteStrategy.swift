/// What a write to a ``CachedStore`` does, and when it returns.
public enum WriteStrategy: Hashable, Sendable {
    /// The store first, then the cache. What is cached is in the store.
    case through
    /// The cache, at once; the store later. A crash loses what was not flushed.
    case back(WriteBackRules)
    /// The store; the cache is not told, and serves what it has until that is over. For what is seldom read again.
    case around
    /// The store, and the cache drops the key: cache-aside.
    case aside
}
