/// First in, first out: the oldest entry goes. Reading changes nothing, nor does a new value for a key that is there.
struct FIFOEviction: EvictionPolicy {
    private(set) var capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        while !fits(weight, in: lists), let oldest = lists.tail(of: .main) { lists.evict(oldest) }
        lists.take(slot, weight: weight)
        lists.place(slot, in: .main)
    }

    func hit(_ slot: Int, in lists: inout SlotLists) {}

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        while lists.weight > capacity, let oldest = lists.tail(of: .main) { lists.evict(oldest) }
    }
}
