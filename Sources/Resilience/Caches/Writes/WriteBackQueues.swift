import Collections

/// The dirty keys that wait, each in one lane and there by how long it has waited.
struct WriteBackQueues<Key: Hashable & Sendable>: Sendable {
    /// In the order in which they are served.
    enum Lane: Int, CaseIterable, Sendable { case hurried, retried, fresh }

    struct Place: Comparable, Sendable {
        /// In ns.
        var since: Int64
        /// The first write that waits.
        var first: UInt64
        var key: Key
        /// Tells it from every other place.
        var ticket: UInt64

        static func < (left: Self, right: Self) -> Bool {
            (left.since, left.first, left.ticket) < (right.since, right.first, right.ticket)
        }
        static func == (left: Self, right: Self) -> Bool { left.ticket == right.ticket }
    }

    /// With some places of keys that have gone since; see ``compact(_:)``.
    private var lanes = [Heap<Place>](repeating: [], count: Lane.allCases.count)
    private var tickets: [Key: UInt64] = [:]
    private var count: UInt64 = 0

    /// Gives a key its place; it leaves another one that it had.
    mutating func insert(_ key: Key, in lane: Lane, since: Int64, first: UInt64) {
        count += 1
        tickets[key] = count
        lanes[lane.rawValue].insert(Place(since: since, first: first, key: key, ticket: count))
        compact(lane)
    }

    mutating func remove(_ key: Key) { tickets[key] = nil }

    /// Who has waited longest.
    mutating func first(_ lane: Lane) -> Place? {
        while let place = lanes[lane.rawValue].min {
            if tickets[place.key] == place.ticket { return place }
            lanes[lane.rawValue].removeMin()
        }
        return nil
    }

    var footprint: Int { lanes.reduce(0) { $0 + $1.count } }

    /// Drops the places of keys that have gone, once they are the larger part.
    private mutating func compact(_ lane: Lane) {
        let heap = lanes[lane.rawValue]
        guard heap.count > 2 * tickets.count + 16 else { return }
        lanes[lane.rawValue] = Heap(heap.unordered.filter { tickets[$0.key] == $0.ticket })
    }
}
