import Collections

/// When the entries of a cache expire: one deadline for each that can, and some left over from entries that have gone,
/// never more than twice as many.
@usableFromInline
struct Deadlines<Instant: InstantProtocol>: Sendable {
    private struct Deadline: Comparable, Sendable {
        var expires: Instant
        /// Of the entry: a slot has others before and after it.
        var number: UInt64
        var slot: Int

        static func < (left: Self, right: Self) -> Bool {
            left.expires == right.expires ? left.number < right.number : left.expires < right.expires
        }
        static func == (left: Self, right: Self) -> Bool { left.number == right.number }
    }

    private var heap = Heap<Deadline>()
    @usableFromInline private(set) var count = 0

    init() {}

    /// O(log n).
    @usableFromInline
    mutating func insert(_ expires: Instant, number: UInt64, slot: Int) {
        heap.insert(Deadline(expires: expires, number: number, slot: slot))
        count = heap.count
    }

    /// The earliest that is over. O(log n).
    @usableFromInline
    mutating func popOverdue(at now: Instant) -> (slot: Int, number: UInt64)? {
        guard let first = heap.min, first.expires <= now else { return nil }
        heap.removeMin()
        count = heap.count
        return (first.slot, first.number)
    }

    /// Drops those that are left over, once they are the larger part. O(1) amortised.
    @usableFromInline
    mutating func compact(entries: Int, isLive: (_ slot: Int, _ number: UInt64) -> Bool) {
        guard heap.count > 2 * entries + 16 else { return }
        heap = Heap(heap.unordered.filter { isLive($0.slot, $0.number) })
        count = heap.count
    }
}
