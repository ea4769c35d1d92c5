import Collections

/// Those who wait, in the order in which they came. Everything is O(1) on average, but the deadlines: O(log n).
struct WaitQueue<Waiter: Hashable & Sendable>: Sendable {
    struct Entry: Sendable {
        let waiter: Waiter
        let since: Int64
        /// When its patience ends, and why.
        let until: Int64
        let reason: BulkheadShedReason
        fileprivate let number: UInt64
        fileprivate var previous: Int
        fileprivate var next: Int
    }

    private static var none: Int { -1 }

    /// A doubly linked list; a slot that is free is in `free`.
    private var slots: [Entry?] = []
    private var free: [Int] = []
    private var first = none
    private var last = none
    private var places: [Waiter: Int] = [:]
    /// Of those whose patience ends, and some who are no longer there.
    private var deadlines = Heap<WaitDeadline>()
    private var numbers: UInt64 = 0

    var count: Int { places.count }
    var isEmpty: Bool { places.isEmpty }

    /// When it ends; `nil`: never, or it does not wait.
    func patience(of waiter: Waiter) -> Int64? {
        places[waiter].flatMap { slots[$0]?.until }.flatMap { $0 < .max ? $0 : nil }
    }

    mutating func append(_ waiter: Waiter, since: Int64, until: Int64, _ reason: BulkheadShedReason) {
        numbers += 1
        let slot = free.popLast() ?? slots.count
        let entry = Entry(
            waiter: waiter, since: since, until: until, reason: reason, number: numbers, previous: last,
            next: Self.none)
        if slot == slots.count { slots.append(entry) } else { slots[slot] = entry }
        if last >= 0 { slots[last]?.next = slot } else { first = slot }
        last = slot
        places[waiter] = slot
        if until < .max { deadlines.insert(WaitDeadline(until: until, number: numbers, slot: slot)) }
    }

    mutating func popFirst() -> Entry? { first >= 0 ? removeSlot(first) : nil }
    mutating func popLast() -> Entry? { last >= 0 ? removeSlot(last) : nil }
    mutating func remove(_ waiter: Waiter) -> Entry? { places[waiter].flatMap { removeSlot($0) } }

    /// One whose patience has ended: the earliest.
    mutating func popOverdue(at now: Int64) -> Entry? {
        while let deadline = deadlines.min, deadline.until <= now {
            deadlines.removeMin()
            if slots[deadline.slot]?.number == deadline.number { return removeSlot(deadline.slot) }
        }
        return nil
    }

    /// When the next patience ends.
    mutating func nextDeadline() -> Int64? {
        while let deadline = deadlines.min {
            if slots[deadline.slot]?.number == deadline.number { return deadline.until }
            deadlines.removeMin()
        }
        return nil
    }

    private mutating func removeSlot(_ slot: Int) -> Entry? {
        guard let entry = slots[slot] else { return nil }
        slots[slot] = nil
        free.append(slot)
        places[entry.waiter] = nil
        if entry.previous >= 0 { slots[entry.previous]?.next = entry.next } else { first = entry.next }
        if entry.next >= 0 { slots[entry.next]?.previous = entry.previous } else { last = entry.previous }
        if deadlines.count > 2 * places.count + 16 {
            deadlines = Heap(deadlines.unordered.filter { slots[$0.slot]?.number == $0.number })
        }
        return entry
    }
}

/// Not inside the queue: there it would be another type for each type of waiter, and the heap slower.
private struct WaitDeadline: Comparable, Sendable {
    var until: Int64
    var number: UInt64
    var slot: Int

    static func < (left: Self, right: Self) -> Bool { (left.until, left.number) < (right.until, right.number) }
}
