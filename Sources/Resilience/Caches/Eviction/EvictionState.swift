/// The part of a cache that needs neither keys nor values: which slots are in use, found by hashes, and the policy with
/// its lists. Apart from it, so that it is compiled once, and not for each type of key.
@usableFromInline
struct EvictionState: Sendable {
    @usableFromInline
    enum Departure: Sendable { case expired, removed }

    private struct Place {
        var hash: UInt32
        /// Whether the table knows it.
        var isTaken = true
    }

    private(set) var lists = SlotLists()
    private(set) var policy: any EvictionPolicy
    private(set) var rule: EvictionRule
    private let seed: UInt64
    @usableFromInline private(set) var table = SlotTable()
    private var places: [Place] = []
    private var free: [Int] = []
    /// Slots that the last call left; not reused yet, as its steps speak of them.
    private var leaving: [Int] = []

    @usableFromInline
    init(_ rule: EvictionRule, capacity: Int?, seed: UInt64) {
        self.rule = rule
        self.seed = seed
        policy = rule.policy(capacity: Self.limit(capacity), seed: seed)
    }

    /// Without limit, it is one that nothing reaches and whose multiples do not overflow.
    private static func limit(_ capacity: Int?) -> Int { min(max(0, capacity ?? .max), .max / 4) }

    // MARK: What there is

    @usableFromInline var capacity: Int { policy.capacity }
    @usableFromInline var entries: Int { lists.entries }
    /// What the last call did.
    @usableFromInline var log: [SlotStep] { lists.log }
    /// Whether the policy wants a ``StableHash`` of each key.
    @usableFromInline var countsKeys: Bool { rule == .wTinyLFU }
    var slots: Int { places.count }

    @usableFromInline
    func isEntry(_ slot: Int) -> Bool { lists.isEntry(slot) }

    /// Head first, list after list.
    @usableFromInline var entrySlots: [Int] {
        rule.lists.filter { !$0.isGhost }.flatMap { policy.slots(in: $0, of: lists) }
    }

    // MARK: Calls

    @usableFromInline
    mutating func begin() {
        lists.beginLog()
        if leaving.isEmpty { return }
        free += leaving
        leaving.removeAll(keepingCapacity: true)
    }

    /// A slot for a key that has none: the number of slots, if it is a new one.
    @usableFromInline
    mutating func add(hash: UInt32, stableHash: UInt64) -> Int {
        let slot = free.popLast() ?? places.count
        let place = Place(hash: hash)
        if slot == places.count { places.append(place) } else { places[slot] = place }
        lists.add(slot: slot, hash: stableHash)
        table.insert(slot, hash: hash)
        return slot
    }

    /// A value has been stored in the slot, which has an entry, a ghost, or neither.
    @usableFromInline
    mutating func store(_ slot: Int, weight: Int) {
        guard lists.isEntry(slot) else { return policy.insert(slot, weight: weight, in: &lists) }
        policy.hit(slot, in: &lists)
        if lists.weight(of: slot) == weight { return }
        lists.setWeight(weight, of: slot)
        policy.fit(capacity: policy.capacity, in: &lists)
    }

    @usableFromInline
    mutating func hit(_ slot: Int) { policy.hit(slot, in: &lists) }

    @usableFromInline
    mutating func drop(_ slot: Int, _ reason: Departure) {
        policy.remove(slot, reason == .expired ? .expired : .removed, in: &lists)
    }

    @usableFromInline
    mutating func resize(to capacity: Int?) { policy.fit(capacity: Self.limit(capacity), in: &lists) }

    /// Forgets ghosts and marks and what the policy has learnt, and goes on with the rule. Entries are stored anew,
    /// from the tails to the heads.
    @usableFromInline
    mutating func startOver(_ new: EvictionRule, stableHash: (Int) -> UInt64) {
        let entries = entrySlots.reversed().map { (slot: $0, weight: lists.weight(of: $0)) }
        for entry in entries { lists.mark(entry.slot, 0) }
        for list in rule.lists where list.isGhost {
            while let ghost = lists.tail(of: list) { lists.forget(ghost) }
        }
        if policy.hand != nil { lists.logHand(nil) }
        if policy.target ?? 0 > 0 { lists.logTarget(0) }
        lists.clear()
        rule = new
        policy = new.policy(capacity: policy.capacity, seed: seed)
        for (slot, weight) in entries {
            lists.add(slot: slot, hash: countsKeys ? stableHash(slot) : 0)
            policy.insert(slot, weight: weight, in: &lists)
        }
    }

    /// A slot without an entry now, so that its value can go; without a ghost as well it will be used again.
    @usableFromInline
    mutating func popDeparted() -> Int? {
        while let slot = lists.popDeparted() {
            guard places[slot].isTaken, !lists.isEntry(slot) else { continue }
            if lists.number(of: slot) == nil {
                places[slot].isTaken = false
                table.remove(slot, hash: places[slot].hash)
                leaving.append(slot)
            }
            return slot
        }
        return nil
    }
}
