/// What a cache before a source did.
public enum CachedLoaderEvent<Key: Hashable & Sendable>: Hashable, Sendable {
    /// Why a key is loaded.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A reader needs it and has nothing else.
        case miss
        /// A reader was chosen to load it before it is over.
        case early
        /// In the background, before it is over or while it is served stale.
        case refresh
    }

    case hit(Key, age: Duration)
    /// It is over, and was served all the same.
    case stale(Key, age: Duration)
    case missed(Key)
    /// The reader waits for the load that another began.
    case joined(Key)
    case loading(Key, Reason)
    /// found: whether the source has it. kept: whether it was stored: not when the key was invalidated meanwhile.
    case loaded(Key, Reason, took: Duration, found: Bool, kept: Bool)
    case failed(Key, Reason, Failure)
    case evicted(Key)
    /// removed: how many entries.
    case invalidated(removed: Int)
}
