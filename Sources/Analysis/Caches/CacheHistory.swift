import Trace

/// How the contents of a cache came about, with checkpoints, so that what was in it at any point is found without
/// starting over.
///
/// The next checkpoint is taken after as many changes as the last one is long (at least 256): all of them together
/// are no longer than the changes.
struct CacheHistory: Sendable {
    /// The events that change what is in the cache, ascending.
    private var changes: [UInt32] = []
    /// How many changes each checkpoint knows.
    private var places: [Int] = [0]
    private var checkpoints = [CacheContents.Checkpoint()]
    /// Until all is known.
    private var live: CacheContents
    private let names: Int
    /// Keys with their values.
    private(set) var entryCount = StepSeries()

    init(names: Int) {
        self.names = names
        live = CacheContents(names: names)
    }

    mutating func add(_ event: Event, id: UInt32) {
        let before = live.entryCount
        live.apply(event, id: id)
        changes.append(id)
        if live.entryCount != before { entryCount.set(Int64(live.entryCount), event: id, time: event.time) }
        if changes.count - (places.last ?? 0) >= max(256, live.itemCount) {
            places.append(changes.count)
            checkpoints.append(live.checkpoint)
        }
    }

    /// Forgets what only building needs.
    mutating func seal() { live = CacheContents(names: 0) }

    /// How many items all checkpoints hold together.
    var size: Int { checkpoints.reduce(0) { $0 + $1.items.count } }

    /// What was in the cache once there were so many events. O(log n + items + names).
    func contents(at eventCount: Int, in trace: Trace) -> CacheContents {
        let count = changes.count(through: UInt32(clamping: eventCount))
        let checkpoint = places.count(through: count) - 1
        var contents = CacheContents(names: names, from: checkpoints[checkpoint])
        for id in changes[places[checkpoint]..<count] { contents.apply(trace.events[Int(id) - 1], id: id) }
        return contents
    }
}
