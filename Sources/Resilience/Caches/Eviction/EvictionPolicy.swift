/// Chooses who leaves a cache, and keeps the lists for it.
///
/// It knows entries by their slots alone: no key, no value, no time. Every call is O(1) amortised, and does to the
/// lists, which log it, all that it does.
protocol EvictionPolicy: Sendable {
    /// The weight of all entries together, at most a quarter of the largest number. Nothing heavier is ever inserted.
    var capacity: Int { get }

    /// A new entry, perhaps with a ghost in the lists: makes room, then places it.
    mutating func insert(_ slot: Int, weight: Int, in lists: inout SlotLists)

    /// The entry has been read or written.
    mutating func hit(_ slot: Int, in lists: inout SlotLists)

    /// The entry goes for a reason that is not the policy's.
    mutating func remove(_ slot: Int, _ reason: SlotStep.Kind, in lists: inout SlotLists)

    /// Evicts until everything fits; the capacity or a weight has changed.
    mutating func fit(capacity: Int, in lists: inout SlotLists)

    /// Head first.
    func slots(in list: EvictionList, of lists: SlotLists) -> [Int]

    /// SIEVE's hand: a slot.
    var hand: Int? { get }
    /// ARC's target.
    var target: Int? { get }
}

extension EvictionPolicy {
    func remove(_ slot: Int, _ reason: SlotStep.Kind, in lists: inout SlotLists) { lists.remove(slot, reason) }

    func slots(in list: EvictionList, of lists: SlotLists) -> [Int] { lists.slots(inNumber: Int(list.rawValue)) }

    var hand: Int? { nil }
    var target: Int? { nil }

    func fits(_ weight: Int, in lists: borrowing SlotLists) -> Bool { lists.weight + weight <= capacity }
}
