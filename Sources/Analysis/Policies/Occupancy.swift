import Trace

/// Who is somewhere, and since when: inside a bulkhead, in its queue, among the dirty keys of a cache.
///
/// Who is there at a cursor is found in O(log n + answer).
///
/// A checkpoint holds those that are there when the stay of its place begins. The next one is taken after as many
/// arrivals as it is long (at least 64), so that all of them together are no longer than the stays.
struct Occupancy: Sendable {
    /// Where each stay starts, ascending, and where it ends: `.max` if it does not.
    private var starts: [UInt32] = []
    private var ends: [UInt32] = []
    private var live: [UInt32] = []
    private var places: [Int] = [0]
    private var checkpoints: [[UInt32]] = [[]]
    /// How many are there.
    private(set) var count = StepSeries()

    /// Returns the number of the stay.
    mutating func enter(event: UInt32, time: VirtualTime) -> Int {
        let stay = starts.count
        if stay - (places.last ?? 0) >= max(64, checkpoints.last?.count ?? 0) {
            live.removeAll { ends[Int($0)] != .max }
            places.append(stay)
            checkpoints.append(live)
        }
        starts.append(event)
        ends.append(.max)
        live.append(UInt32(stay))
        count.add(1, event: event, time: time)
        return stay
    }

    mutating func leave(_ stay: Int, event: UInt32, time: VirtualTime) {
        guard ends[stay] == .max else { return }
        ends[stay] = event
        count.add(-1, event: event, time: time)
    }

    /// Forgets what only building needs.
    mutating func seal() { live = [] }

    /// The events with which those came who are there once so many events have happened, in order.
    func present(at eventCount: Int) -> [EventID] { stays(at: eventCount).map { EventID(starts[$0]) } }

    /// The numbers of their stays.
    func stays(at eventCount: Int) -> [Int] {
        let now = UInt32(clamping: eventCount)
        let started = starts.count(through: now)
        // A checkpoint knows nothing of those that left since the arrival before it.
        let checkpoint = max(1, places.prefixCount { $0 < started }) - 1
        let candidates = checkpoints[checkpoint].map { Int($0) } + Array(places[checkpoint]..<started)
        return candidates.filter { ends[$0] > now }
    }
}
