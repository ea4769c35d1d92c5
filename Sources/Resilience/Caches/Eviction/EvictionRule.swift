/// Who leaves a cache that is full.
public enum EvictionRule: String, Hashable, Sendable, CaseIterable {
    /// The oldest.
    case fifo
    /// The one that has not been used for longest.
    case lru
    /// The one that has been used least often; the one unused for longest of those.
    case lfu
    /// The oldest, but those used since they last came round get a second round.
    case clock
    /// The oldest that has not been used since the hand last passed: SIEVE, NSDI'24.
    case sieve
    /// A small queue that most newcomers do not survive, and a main one: S3-FIFO, SOSP'23.
    case s3fifo
    /// Recently used against frequently used, with shares that adapt: ARC, FAST'03.
    case arc
    /// A newcomer has to have been asked for more often than the one it would replace: W-TinyLFU, as in Caffeine.
    case wTinyLFU

    /// Where its entries are, then its ghosts: the order in which a cache is shown.
    public var lists: [EvictionList] {
        switch self {
        case .fifo, .lru, .lfu, .clock, .sieve: [.main]
        case .s3fifo: [.small, .main, .ghost]
        case .arc: [.recent, .frequent, .ghostRecent, .ghostFrequent]
        case .wTinyLFU: [.window, .probation, .protected]
        }
    }

    /// At a capacity in weight.
    func policy(capacity: Int, seed: UInt64) -> any EvictionPolicy {
        switch self {
        case .fifo: FIFOEviction(capacity: capacity)
        case .lru: LRUEviction(capacity: capacity)
        case .lfu: LFUEviction(capacity: capacity)
        case .clock: ClockEviction(capacity: capacity)
        case .sieve: SieveEviction(capacity: capacity)
        case .s3fifo: S3FIFOEviction(capacity: capacity)
        case .arc: ARCEviction(capacity: capacity)
        case .wTinyLFU: WTinyLFUEviction(capacity: capacity, seed: seed)
        }
    }
}
