/// CLOCK with one reference bit: the tail goes, unless it has been used since it last came round; then its bit is
/// cleared and it goes round once more (libCacheSim's `Clock` with `n-bit-counter` 1, also called second chance).
struct ClockEviction: EvictionPolicy {
    private(set) var capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        while !fits(weight, in: lists) { evictOne(in: &lists) }
        lists.take(slot, weight: weight)
        lists.place(slot, in: .main)
    }

    func hit(_ slot: Int, in lists: inout SlotLists) { lists.mark(slot, 1) }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        while lists.weight > capacity { evictOne(in: &lists) }
    }

    private func evictOne(in lists: inout SlotLists) {
        while let oldest = lists.tail(of: .main) {
            guard lists.mark(of: oldest) > 0 else { return lists.evict(oldest) }
            lists.mark(oldest, 0)
            lists.place(oldest, in: .main)
        }
    }
}
