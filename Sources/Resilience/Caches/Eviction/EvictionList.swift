/// The lists in which eviction keeps what it knows. Ghosts are keys without values: what was there not long ago.
public enum EvictionList: UInt8, Hashable, Sendable, CaseIterable {
    case main
    /// S3-FIFO's queue for newcomers.
    case small
    /// W-TinyLFU's: used at least twice.
    case protected
    case probation
    /// W-TinyLFU's newcomers.
    case window
    /// ARC's T1: used once.
    case recent
    /// ARC's T2: used at least twice.
    case frequent
    case ghost
    /// ARC's B1: left `recent`.
    case ghostRecent
    /// ARC's B2: left `frequent`.
    case ghostFrequent

    public var isGhost: Bool { self >= .ghost }
}

extension EvictionList: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
