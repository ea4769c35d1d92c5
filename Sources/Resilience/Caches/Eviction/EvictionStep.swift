/// What a call did to a cache's lists. Whoever repeats the steps on lists of his own has the same lists.
///
/// A key is in one list at most. With ``EvictionRule/lfu`` the list says who was used last, and the marks (how often)
/// come before that: the next to go is the lowest mark, and of those the one nearest to the tail.
public enum EvictionStep<Key> {
    /// To the head of that list, from wherever it was.
    case placed(Key, list: EvictionList)
    /// How often it has been used as far as the rule counts: CLOCK's and SIEVE's bit, S3-FIFO's 0...3, LFU's count.
    /// It begins at 0, and ends when the key leaves.
    case marked(Key, Int)
    /// Where SIEVE's hand stands now; `nil`: at the tail.
    case hand(Key?)
    /// It had to go to make room. Its ghost, if it leaves one, is placed afterwards.
    case evicted(Key)
    /// Its time to live was over.
    case expired(Key)
    /// Someone took it away.
    case removed(Key)
    /// A ghost has gone.
    case forgotten(Key)
    /// ARC's target for `recent`, in entries (of weight 1), rounded down. It begins at 0.
    case target(Int)
}

extension EvictionStep: Equatable where Key: Equatable {}
extension EvictionStep: Hashable where Key: Hashable {}
extension EvictionStep: Sendable where Key: Sendable {}
