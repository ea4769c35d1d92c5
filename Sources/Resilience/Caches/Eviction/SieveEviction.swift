/// SIEVE (NSDI'24, libCacheSim's `Sieve`): a hand moves from the tail to the head, spares what has been used and clears
/// its bit, and evicts the first that has not. Survivors keep their place; behind the head the hand begins at the tail.
struct SieveEviction: EvictionPolicy {
    private(set) var capacity: Int
    /// Where the hand looks next: towards the head from what it last evicted. `nil`: at the tail.
    private(set) var hand: Int?

    init(capacity: Int) { self.capacity = capacity }

    mutating func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        while !fits(weight, in: lists) { evictOne(in: &lists) }
        lists.take(slot, weight: weight)
        lists.place(slot, in: .main)
    }

    func hit(_ slot: Int, in lists: inout SlotLists) { lists.mark(slot, 1) }

    mutating func remove(_ slot: Int, _ reason: SlotStep.Kind, in lists: inout SlotLists) {
        let next = slot == hand ? lists.slot(before: slot) : hand
        lists.remove(slot, reason)
        move(to: next, in: &lists)
    }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        while lists.weight > capacity { evictOne(in: &lists) }
    }

    private mutating func evictOne(in lists: inout SlotLists) {
        guard var slot = hand ?? lists.tail(of: .main) else { return }
        while lists.mark(of: slot) > 0 {
            lists.mark(slot, 0)
            slot = lists.slot(before: slot) ?? lists.tail(of: .main) ?? slot
        }
        let next = lists.slot(before: slot)
        lists.evict(slot)
        move(to: next, in: &lists)
    }

    private mutating func move(to next: Int?, in lists: inout SlotLists) {
        guard next != hand else { return }
        hand = next
        lists.logHand(next)
    }
}
