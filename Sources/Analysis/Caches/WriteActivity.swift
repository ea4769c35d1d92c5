import Trace

/// What a cache holds in memory only, and how it gets to the backend.
struct WriteActivity: Sendable {
    /// The time in which a key is dirty.
    struct Stay: Sendable {
        var key: NameID
        /// The writes that no flush has taken to the backend yet, ascending.
        var writes: [UInt32]
        var attempts: [Attempt] = []
    }

    /// A flush of a key: the event that begins it, and the one that says how it ended.
    struct Attempt: Sendable {
        var from: UInt32
        var to: UInt32
    }

    /// Background work that writes dirty keys. `to`: 0 if it never ends.
    struct Flush: Sendable {
        var from: UInt32
        var to: UInt32
        /// Keys that reached the backend, and those that did not: the events.
        var flushed: [UInt32] = []
        var failed: [UInt32] = []
    }

    private(set) var stays: [Stay] = []
    private(set) var dirty = Occupancy()
    private(set) var flushes: [Flush] = []
    /// The event of each key lost, and its stay.
    private(set) var losses: [(event: UInt32, stay: Int)] = []
    /// For look-up only. The stay of each dirty key; the place of each flush by the event that begins it.
    private var stayOfKey: [NameID: Int] = [:]
    private var flushPlaces: [UInt32: Int] = [:]

    /// The dirty keys. O(log n + answer).
    func keys(at eventCount: Int) -> Set<NameID> { Set(dirty.stays(at: eventCount).map { stays[$0].key }) }

    mutating func begin(flush id: UInt32, until end: UInt32) {
        flushPlaces[id] = flushes.count
        flushes.append(Flush(from: id, to: end))
    }

    mutating func write(_ event: Event, id: UInt32) {
        if let stay = stayOfKey[event.detail] {
            stays[stay].writes.append(id)
        } else {
            enter(event.detail, writes: [id], id, event.time)
        }
    }

    /// - Parameter start: the event that began the background work; 0: a write that went past the cache has taken the
    ///   key's newest value to the backend.
    mutating func flush(_ event: Event, id: UInt32, since start: UInt32) {
        let isDone = event.outcome.isSuccess || event.outcome == .none
        if let place = flushPlaces[start] {
            if isDone { flushes[place].flushed.append(id) } else { flushes[place].failed.append(id) }
        }
        guard let stay = stayOfKey[event.detail] else { return }
        if start != 0 { stays[stay].attempts.append(Attempt(from: start, to: id)) }
        guard isDone else { return }
        // One that is on its way to the backend keeps the key dirty until it is there.
        if start == 0, event.value >= stayOfKey.count { return }
        // A value written since the flush began is not the one that has reached the backend.
        let newer = start == 0 ? [] : stays[stay].writes.filter { $0 > start }
        leave(stay, id, event.time)
        if !newer.isEmpty { enter(event.detail, writes: newer, id, event.time) }
    }

    mutating func lose(_ event: Event, id: UInt32) {
        guard let stay = stayOfKey[event.detail] else { return }
        losses.append((id, stay))
        // What became of a write on its way is known some time after the crash: newer ones are not lost with it.
        let crash = event.cause.rawValue
        let newer = crash == 0 ? [] : stays[stay].writes.filter { $0 > crash }
        stays[stay].writes.removeLast(newer.count)
        leave(stay, id, event.time)
        if !newer.isEmpty { enter(event.detail, writes: newer, id, event.time) }
    }

    private mutating func enter(_ key: NameID, writes: [UInt32], _ id: UInt32, _ time: VirtualTime) {
        stayOfKey[key] = dirty.enter(event: id, time: time)
        stays.append(Stay(key: key, writes: writes))
    }

    private mutating func leave(_ stay: Int, _ id: UInt32, _ time: VirtualTime) {
        stayOfKey[stays[stay].key] = nil
        dirty.leave(stay, event: id, time: time)
    }

    mutating func seal() {
        dirty.seal()
        stayOfKey = [:]
        flushPlaces = [:]
    }
}
