/// Least recently used: what is read or written moves to the head, and the tail goes.
struct LRUEviction: EvictionPolicy {
    private(set) var capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        while !fits(weight, in: lists), let last = lists.tail(of: .main) { lists.evict(last) }
        lists.take(slot, weight: weight)
        lists.place(slot, in: .main)
    }

    func hit(_ slot: Int, in lists: inout SlotLists) {
        if lists.head(of: .main) != slot { lists.place(slot, in: .main) }
    }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        while lists.weight > capacity, let last = lists.tail(of: .main) { lists.evict(last) }
    }
}
