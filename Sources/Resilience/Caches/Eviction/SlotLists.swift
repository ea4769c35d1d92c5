/// One thing that a policy did; `EvictionStep` with slots for keys.
@usableFromInline
struct SlotStep: Sendable {
    @usableFromInline
    enum Kind: UInt8, Sendable { case placed, marked, hand, evicted, expired, removed, forgotten, target }

    @usableFromInline var kind: Kind
    @usableFromInline var list = EvictionList.main
    /// -1: none.
    @usableFromInline var slot: Int32 = -1
    /// Of `marked` and `target`.
    @usableFromInline var value = 0
}

/// Doubly linked lists through one array of nodes, one node a slot, and the log of what was done to them.
///
/// A list is a number: an ``EvictionList``'s raw value, or one above those that a policy has added for itself.
struct SlotLists: Sendable {
    private struct Node {
        var previous: Int32 = -1
        var next: Int32 = -1
        var list: Int32 = -1
        var mark: Int32 = 0
        var weight = 0
        /// The same for the same key in every run; 0 unless the policy counts keys.
        var hash: UInt64 = 0
    }

    private struct List {
        var head: Int32 = -1
        var tail: Int32 = -1
        var weight = 0
    }

    private static let ghosts = Int32(EvictionList.ghost.rawValue)...Int32(EvictionList.ghostFrequent.rawValue)

    private static let noLists = [List](repeating: List(), count: EvictionList.allCases.count)

    private var nodes: [Node] = []
    private var lists = noLists
    /// Of all entries, without the ghosts.
    private(set) var weight = 0
    /// How many entries there are.
    private(set) var entries = 0
    /// Since ``beginLog()``.
    private(set) var log: [SlotStep] = []
    /// Slots that an entry or a ghost has left, for the owner to clear away. One can be here twice.
    private var departed: [Int] = []

    // MARK: Slots

    /// Makes room for a slot's node.
    mutating func add(slot: Int, hash: UInt64) {
        if slot == nodes.count { nodes.append(Node()) }
        nodes[slot] = Node()
        nodes[slot].hash = hash
    }

    func weight(of slot: Int) -> Int { nodes[slot].weight }
    func hash(of slot: Int) -> UInt64 { nodes[slot].hash }
    func mark(of slot: Int) -> Int { Int(nodes[slot].mark) }

    /// The number of the list that it is in; `nil`: none.
    func number(of slot: Int) -> Int? { nodes[slot].list < 0 ? nil : Int(nodes[slot].list) }
    func isIn(_ list: EvictionList, _ slot: Int) -> Bool { nodes[slot].list == Int32(list.rawValue) }
    func isGhost(_ slot: Int) -> Bool { Self.ghosts.contains(nodes[slot].list) }
    func isEntry(_ slot: Int) -> Bool { nodes[slot].list >= 0 && !isGhost(slot) }

    /// Nothing else is in its list.
    func isAlone(_ slot: Int) -> Bool { nodes[slot].previous < 0 && nodes[slot].next < 0 }

    /// Towards the head.
    func slot(before slot: Int) -> Int? { Self.optional(nodes[slot].previous) }

    /// Of an entry.
    mutating func setWeight(_ new: Int, of slot: Int) {
        let change = new - nodes[slot].weight
        nodes[slot].weight = new
        lists[Int(nodes[slot].list)].weight += change
        weight += change
    }

    // MARK: Lists

    func weight(of list: EvictionList) -> Int { lists[Int(list.rawValue)].weight }
    func head(of list: EvictionList) -> Int? { head(ofNumber: Int(list.rawValue)) }
    func tail(of list: EvictionList) -> Int? { tail(ofNumber: Int(list.rawValue)) }
    func head(ofNumber list: Int) -> Int? { Self.optional(lists[list].head) }
    func tail(ofNumber list: Int) -> Int? { Self.optional(lists[list].tail) }

    /// Head first.
    func slots(inNumber list: Int) -> [Int] {
        var slots: [Int] = []
        var slot = head(ofNumber: list)
        while let some = slot {
            slots.append(some)
            slot = Self.optional(nodes[some].next)
        }
        return slots
    }

    /// Every list is empty, those that policies added are gone, and no slot has a mark. The log goes on.
    mutating func clear() {
        for slot in nodes.indices {
            nodes[slot].list = -1
            nodes[slot].mark = 0
        }
        lists = Self.noLists
        weight = 0
        entries = 0
    }

    /// A list more, for a policy that needs other lists than it shows. Returns its number.
    mutating func addList() -> Int {
        lists.append(List())
        return lists.count - 1
    }

    // MARK: What policies do

    /// A ghost that comes back leaves its list, and the entry gets its weight; it is in no list until it is placed.
    mutating func take(_ slot: Int, weight: Int) {
        if nodes[slot].list >= 0 { unlink(slot) }
        nodes[slot].weight = weight
    }

    mutating func place(_ slot: Int, in list: EvictionList) { place(slot, inNumber: Int(list.rawValue), shownAs: list) }

    mutating func place(_ slot: Int, inNumber number: Int, shownAs list: EvictionList) {
        if nodes[slot].list >= 0 { unlink(slot) }
        link(slot, number)
        log.append(SlotStep(kind: .placed, list: list, slot: Int32(slot)))
    }

    mutating func mark(_ slot: Int, _ mark: Int) {
        guard nodes[slot].mark != mark else { return }
        nodes[slot].mark = Int32(clamping: mark)
        log.append(SlotStep(kind: .marked, slot: Int32(slot), value: mark))
    }

    mutating func evict(_ slot: Int, leaving ghost: EvictionList? = nil) {
        depart(slot, .evicted)
        if let ghost { place(slot, in: ghost) }
    }

    mutating func forget(_ slot: Int) { depart(slot, .forgotten) }
    mutating func remove(_ slot: Int, _ reason: SlotStep.Kind) { depart(slot, reason) }

    mutating func logHand(_ slot: Int?) { log.append(SlotStep(kind: .hand, slot: Int32(slot ?? -1))) }
    mutating func logTarget(_ target: Int) { log.append(SlotStep(kind: .target, value: target)) }

    mutating func beginLog() { log.removeAll(keepingCapacity: true) }

    mutating func popDeparted() -> Int? { departed.popLast() }

    // MARK: Links

    private mutating func depart(_ slot: Int, _ kind: SlotStep.Kind) {
        unlink(slot)
        nodes[slot].mark = 0
        departed.append(slot)
        log.append(SlotStep(kind: kind, slot: Int32(slot)))
    }

    private mutating func link(_ slot: Int, _ number: Int) {
        let head = lists[number].head
        nodes[slot].previous = -1
        nodes[slot].next = head
        nodes[slot].list = Int32(number)
        if head >= 0 { nodes[Int(head)].previous = Int32(slot) } else { lists[number].tail = Int32(slot) }
        lists[number].head = Int32(slot)
        lists[number].weight += nodes[slot].weight
        if !isGhost(slot) {
            weight += nodes[slot].weight
            entries += 1
        }
    }

    private mutating func unlink(_ slot: Int) {
        let node = nodes[slot]
        let number = Int(node.list)
        if node.previous >= 0 {
            nodes[Int(node.previous)].next = node.next
        } else {
            lists[number].head = node.next
        }
        if node.next >= 0 {
            nodes[Int(node.next)].previous = node.previous
        } else {
            lists[number].tail = node.previous
        }
        lists[number].weight -= node.weight
        if !isGhost(slot) {
            weight -= node.weight
            entries -= 1
        }
        nodes[slot].list = -1
    }

    private static func optional(_ slot: Int32) -> Int? { slot < 0 ? nil : Int(slot) }
}
