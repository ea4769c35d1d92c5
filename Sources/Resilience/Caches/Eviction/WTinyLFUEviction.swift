/// W-TinyLFU as in Caffeine: newcomers pass through a window (LRU, 1 %), and the rest is a segmented LRU: `probation`,
/// and `protected` (80 % of it) for those used again there. Who leaves the window while the cache is full stays only if
/// it has been asked for more often lately than the tail of `probation`, as far as a ``FrequencySketch`` knows; with
/// less than that but at least 6, once in 128 times, so that no crafted keys can keep a good entry out.
///
/// Caffeine also adapts the window's size to the hits; here it stays at 1 %. libCacheSim's `WTinyLFU` is another
/// reading: it fills the window until the whole cache is full, counts a key again when it leaves the window, not when
/// it is found there, in larger counters, so its misses differ by some percent.
struct WTinyLFUEviction: EvictionPolicy {
    /// Of a sketch that has seen few entries: it grows with them, so that a capacity in bytes costs nothing ahead.
    private static var firstEntries: Int { 512 }

    private(set) var capacity: Int
    private var sketch: FrequencySketch
    private var random: UInt64

    init(capacity: Int, seed: UInt64) {
        self.capacity = capacity
        random = seed
        sketch = FrequencySketch(entries: min(capacity, Self.firstEntries))
    }

    private var window: Int { capacity - Int(0.99 * Double(capacity)) }
    private var protected: Int { Int(0.8 * Double(capacity - window)) }

    mutating func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        lists.take(slot, weight: weight)
        sketch.increment(lists.hash(of: slot))
        if weight > window {
            lists.place(slot, in: .probation)
            settle(slot, in: &lists)
        } else {
            lists.place(slot, in: .window)
            trimWindow(in: &lists)
            evictExcess(in: &lists)
        }
        sketch.grow(to: lists.entries)
    }

    mutating func hit(_ slot: Int, in lists: inout SlotLists) {
        sketch.increment(lists.hash(of: slot))
        if lists.isIn(.window, slot) {
            if lists.head(of: .window) != slot { lists.place(slot, in: .window) }
        } else if lists.weight(of: slot) > protected {
            lists.place(slot, in: .probation)
        } else if lists.head(of: .protected) != slot {
            lists.place(slot, in: .protected)
            trimProtected(in: &lists)
        }
    }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        trimWindow(in: &lists)
        trimProtected(in: &lists)
        evictExcess(in: &lists)
    }

    /// While the window has room, newcomers have no candidate to compare.
    private func evictExcess(in lists: inout SlotLists) {
        while lists.weight > capacity, let victim = victim(in: lists) { lists.evict(victim) }
    }

    private mutating func trimWindow(in lists: inout SlotLists) {
        while lists.weight(of: .window) > window, let candidate = lists.tail(of: .window) {
            lists.place(candidate, in: .probation)
            settle(candidate, in: &lists)
        }
    }

    private func trimProtected(in lists: inout SlotLists) {
        while lists.weight(of: .protected) > protected, let last = lists.tail(of: .protected) {
            lists.place(last, in: .probation)
        }
    }

    /// The candidate, at the head of `probation`, against one victim after the other until everything fits.
    private mutating func settle(_ candidate: Int, in lists: inout SlotLists) {
        while lists.weight > capacity, let victim = victim(in: lists) {
            guard victim != candidate, admits(candidate, insteadOf: victim, in: lists) else {
                return lists.evict(candidate)
            }
            lists.evict(victim)
        }
    }

    private func victim(in lists: borrowing SlotLists) -> Int? {
        lists.tail(of: .probation) ?? lists.tail(of: .protected) ?? lists.tail(of: .window)
    }

    private mutating func admits(_ candidate: Int, insteadOf victim: Int, in lists: borrowing SlotLists) -> Bool {
        let frequency = sketch.frequency(of: lists.hash(of: candidate))
        if frequency > sketch.frequency(of: lists.hash(of: victim)) { return true }
        guard frequency >= 6 else { return false }
        random &+= 1
        return XXHash64.hash(random, seed: 0) & 127 == 0
    }
}
