/// S3-FIFO (SOSP'23, libCacheSim's `S3FIFO`): a small queue of 10 % for newcomers, a main queue of 90 %, and the
/// ghosts of those that left the small one, 90 % as well.
///
/// Leaving the small queue, what has been used at least twice goes on to the main one, the rest to the ghosts; who
/// comes back as a ghost starts in the main queue. There the tail goes, unless it has been used, which costs one use a
/// round. As in libCacheSim, newcomers that find the small queue full go to the main one until something has been
/// evicted. Unlike there, where nothing as heavy as the small queue is ever kept, that holds at least one entry, so
/// that a cache of less than 20 works, and takes any that fits into the cache.
struct S3FIFOEviction: EvictionPolicy {
    private(set) var capacity: Int
    private var hasEvicted = false

    init(capacity: Int) { self.capacity = capacity }

    private var small: Int { max(1, capacity / 10) }
    private var main: Int { max(0, capacity - small) }
    private var ghosts: Int { capacity - capacity / 10 - (capacity % 10 > 0 ? 1 : 0) }

    mutating func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        let isBack = lists.isGhost(slot)
        lists.take(slot, weight: weight)
        while !fits(weight, in: lists) { evictOne(in: &lists) }
        let isSmallFull = !hasEvicted && lists.weight(of: .small) >= small
        lists.place(slot, in: isBack || isSmallFull ? .main : .small)
    }

    func hit(_ slot: Int, in lists: inout SlotLists) { lists.mark(slot, min(lists.mark(of: slot) + 1, 3)) }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        while lists.weight > capacity { evictOne(in: &lists) }
        trimGhosts(to: ghosts, in: &lists)
    }

    /// One goes, or all in the small queue move on to the main one.
    private mutating func evictOne(in lists: inout SlotLists) {
        hasEvicted = true
        if lists.weight(of: .main) > main || lists.tail(of: .small) == nil {
            evictFromMain(in: &lists)
        } else {
            evictFromSmall(in: &lists)
        }
    }

    private func evictFromSmall(in lists: inout SlotLists) {
        while let oldest = lists.tail(of: .small) {
            guard lists.mark(of: oldest) >= 2 else {
                let weight = lists.weight(of: oldest)
                guard weight <= ghosts else { return lists.evict(oldest) }
                trimGhosts(to: ghosts - weight, in: &lists)
                return lists.evict(oldest, leaving: .ghost)
            }
            lists.mark(oldest, 0)
            lists.place(oldest, in: .main)
        }
    }

    private func evictFromMain(in lists: inout SlotLists) {
        while let oldest = lists.tail(of: .main) {
            let uses = lists.mark(of: oldest)
            guard uses > 0 else { return lists.evict(oldest) }
            lists.mark(oldest, uses - 1)
            lists.place(oldest, in: .main)
        }
    }

    private func trimGhosts(to limit: Int, in lists: inout SlotLists) {
        while lists.weight(of: .ghost) > limit, let oldest = lists.tail(of: .ghost) { lists.forget(oldest) }
    }
}
