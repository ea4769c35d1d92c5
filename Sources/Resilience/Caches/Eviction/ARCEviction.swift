/// ARC (FAST'03, libCacheSim's `ARC`): two LRU lists, of entries used once (T1, `recent`) and more often (T2,
/// `frequent`), each with the ghosts of those that left it (B1, B2), and a target for the size of T1.
///
/// A miss on a ghost in B1 says that T1 is too small: the target grows by max(|B2| / |B1|, 1); one in B2 lets it shrink
/// by max(|B1| / |B2|, 1). The target is a real number, as in libCacheSim; sizes are weights. The lists adapt when the
/// entry is stored, not when it is missed, so a load that fails teaches nothing. With weights that differ, libCacheSim
/// drops one ghost for each entry evicted, whatever it weighs; here the ghosts always keep to the paper's bounds.
struct ARCEviction: EvictionPolicy {
    private(set) var capacity: Int
    private var p = 0.0

    init(capacity: Int) { self.capacity = capacity }

    var target: Int? { Int(p) }

    mutating func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        let (b1, b2) = (Double(lists.weight(of: .ghostRecent)), Double(lists.weight(of: .ghostFrequent)))
        let (wasRecent, wasFrequent) = (lists.isIn(.ghostRecent, slot), lists.isIn(.ghostFrequent, slot))
        if wasRecent { aim(at: min(p + max(b2 / b1, 1), Double(capacity)), in: &lists) }
        if wasFrequent { aim(at: max(p - max(b1 / b2, 1), 0), in: &lists) }
        lists.take(slot, weight: weight)
        while !fits(weight, in: lists) {
            if wasRecent || wasFrequent {
                replace(wasFrequent, in: &lists)
            } else {
                makeRoomForNewcomer(weight, in: &lists)
            }
        }
        lists.place(slot, in: wasRecent || wasFrequent ? .frequent : .recent)
        trimGhosts(in: &lists)
    }

    func hit(_ slot: Int, in lists: inout SlotLists) {
        if lists.head(of: .frequent) != slot { lists.place(slot, in: .frequent) }
    }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        aim(at: min(p, Double(capacity)), in: &lists)
        while lists.weight > capacity { replace(false, in: &lists) }
        trimGhosts(in: &lists)
    }

    /// The paper's case IV.
    private func makeRoomForNewcomer(_ weight: Int, in lists: inout SlotLists) {
        if l1(lists) + weight > capacity {
            if let ghost = lists.tail(of: .ghostRecent) {
                lists.forget(ghost)
            } else if let oldest = lists.tail(of: .recent) {
                return lists.evict(oldest)
            }
        } else if excess(lists) >= 0, let ghost = lists.tail(of: .ghostFrequent) {
            lists.forget(ghost)
        }
        replace(false, in: &lists)
    }

    /// The paper's REPLACE: one entry becomes a ghost.
    private func replace(_ isForFrequentGhost: Bool, in lists: inout SlotLists) {
        let t1 = Double(lists.weight(of: .recent))
        let isRecentTooLarge = t1 > 0 && (t1 > p || (t1 == p && isForFrequentGhost))
        if isRecentTooLarge || lists.tail(of: .frequent) == nil {
            if let oldest = lists.tail(of: .recent) { lists.evict(oldest, leaving: .ghostRecent) }
        } else if let oldest = lists.tail(of: .frequent) {
            lists.evict(oldest, leaving: .ghostFrequent)
        }
    }

    /// |T1| + |B1| stays within the capacity, and all four within twice that. With equal weights and without removals
    /// case IV alone sees to it.
    private func trimGhosts(in lists: inout SlotLists) {
        while l1(lists) > capacity, let ghost = lists.tail(of: .ghostRecent) { lists.forget(ghost) }
        while excess(lists) > 0, let ghost = lists.tail(of: .ghostFrequent) ?? lists.tail(of: .ghostRecent) {
            lists.forget(ghost)
        }
    }

    private func l1(_ lists: borrowing SlotLists) -> Int {
        lists.weight(of: .recent) + lists.weight(of: .ghostRecent)
    }

    /// What all four lists hold beyond twice the capacity.
    private func excess(_ lists: borrowing SlotLists) -> Int {
        l1(lists) + lists.weight(of: .frequent) + lists.weight(of: .ghostFrequent) - 2 * capacity
    }

    private mutating func aim(at new: Double, in lists: inout SlotLists) {
        let old = target
        p = new
        if let target, target != old { lists.logTarget(target) }
    }
}
