/// Least frequently used: who has been used least often goes; of those the one that has not been used for longest, as
/// in `cachetools` and libCacheSim. Counts begin at 1 and are forgotten when an entry leaves.
///
/// Each count that occurs has a list of its own, and these stand in order, so that a hit moves an entry one list on.
struct LFUEviction: EvictionPolicy {
    private struct Bucket {
        var count: Int
        var lower: Int
        var higher: Int
    }

    private static var none: Int { -1 }
    private static var firstNumber: Int { EvictionList.allCases.count }

    private(set) var capacity: Int
    /// At `i`, the bucket whose entries are in the list `firstNumber + i`.
    private var buckets: [Bucket] = []
    private var free: [Int] = []
    private var lowest = none

    init(capacity: Int) { self.capacity = capacity }

    mutating func insert(_ slot: Int, weight: Int, in lists: inout SlotLists) {
        while !fits(weight, in: lists) { evictOne(in: &lists) }
        lists.take(slot, weight: weight)
        if lowest == Self.none || buckets[lowest].count > 1 { addBucket(1, above: Self.none, in: &lists) }
        move(slot, to: lowest, in: &lists)
    }

    mutating func hit(_ slot: Int, in lists: inout SlotLists) {
        guard let number = lists.number(of: slot) else { return }
        let bucket = number - Self.firstNumber
        let (count, higher) = (buckets[bucket].count + 1, buckets[bucket].higher)
        if higher != Self.none, buckets[higher].count == count {
            move(slot, to: higher, in: &lists)
            dropIfEmpty(bucket, in: lists)
        } else if lists.isAlone(slot) {
            buckets[bucket].count = count
            move(slot, to: bucket, in: &lists)
        } else {
            let added = addBucket(count, above: bucket, in: &lists)
            move(slot, to: added, in: &lists)
        }
    }

    mutating func remove(_ slot: Int, _ reason: SlotStep.Kind, in lists: inout SlotLists) {
        let number = lists.number(of: slot)
        lists.remove(slot, reason)
        if let number { dropIfEmpty(number - Self.firstNumber, in: lists) }
    }

    mutating func fit(capacity: Int, in lists: inout SlotLists) {
        self.capacity = capacity
        while lists.weight > capacity { evictOne(in: &lists) }
    }

    /// From the highest count down.
    func slots(in list: EvictionList, of lists: SlotLists) -> [Int] {
        guard list == .main else { return [] }
        var all: [[Int]] = []
        var bucket = lowest
        while bucket != Self.none {
            all.append(lists.slots(inNumber: Self.firstNumber + bucket))
            bucket = buckets[bucket].higher
        }
        return all.reversed().flatMap(\.self)
    }

    private mutating func evictOne(in lists: inout SlotLists) {
        guard lowest != Self.none, let victim = lists.tail(ofNumber: Self.firstNumber + lowest) else { return }
        lists.evict(victim)
        dropIfEmpty(lowest, in: lists)
    }

    private func move(_ slot: Int, to bucket: Int, in lists: inout SlotLists) {
        lists.mark(slot, buckets[bucket].count)
        lists.place(slot, inNumber: Self.firstNumber + bucket, shownAs: .main)
    }

    @discardableResult
    private mutating func addBucket(_ count: Int, above lower: Int, in lists: inout SlotLists) -> Int {
        let higher = lower == Self.none ? lowest : buckets[lower].higher
        let bucket = Bucket(count: count, lower: lower, higher: higher)
        let place = free.popLast() ?? lists.addList() - Self.firstNumber
        if place == buckets.count { buckets.append(bucket) } else { buckets[place] = bucket }
        if lower == Self.none { lowest = place } else { buckets[lower].higher = place }
        if higher != Self.none { buckets[higher].lower = place }
        return place
    }

    private mutating func dropIfEmpty(_ place: Int, in lists: borrowing SlotLists) {
        guard lists.tail(ofNumber: Self.firstNumber + place) == nil else { return }
        let bucket = buckets[place]
        if bucket.lower == Self.none { lowest = bucket.higher } else { buckets[bucket.lower].higher = bucket.higher }
        if bucket.higher != Self.none { buckets[bucket.higher].lower = bucket.lower }
        free.append(place)
    }
}
