/// A list that an eviction policy keeps. Raw values are part of the trace's format: never renumber.
public enum CacheList: UInt8, CaseIterable, Sendable {
    /// The only list, or the one that holds the most.
    case main = 0
    /// S3-FIFO: where new keys wait to be asked for again.
    case small = 1
    /// S3-FIFO: keys that have left ``small``, without their values.
    case ghost = 2
    /// ARC's T1: seen once lately.
    case recent = 3
    /// ARC's T2: seen more than once.
    case frequent = 4
    /// ARC's B1: keys that have left ``recent``, without their values.
    case ghostRecent = 5
    /// ARC's B2: keys that have left ``frequent``, without their values.
    case ghostFrequent = 6
    /// W-TinyLFU: where new keys begin.
    case window = 7
    /// W-TinyLFU: in the main space, and the first to go.
    case probation = 8
    /// W-TinyLFU: in the main space, and asked for there.
    case protected = 9

    /// Whether it holds keys without their values.
    public var isGhost: Bool { self == .ghost || self == .ghostRecent || self == .ghostFrequent }
}
