/// A plain binary heap: what a simulation cannot do without.
struct BareHeap {
    typealias Entry = (time: Int64, process: Int)
    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var hole = entries.count - 1
        while hole > 0, entry.time < entries[(hole - 1) / 2].time {
            entries[hole] = entries[(hole - 1) / 2]
            hole = (hole - 1) / 2
        }
        entries[hole] = entry
    }

    /// Of a heap that is not empty.
    mutating func pop() -> Entry {
        let first = entries[0]
        let last = entries.removeLast()
        if entries.isEmpty { return first }
        var hole = 0
        while 2 * hole + 1 < entries.count {
            var child = 2 * hole + 1
            if child + 1 < entries.count, entries[child + 1].time < entries[child].time { child += 1 }
            if last.time <= entries[child].time { break }
            entries[hole] = entries[child]
            hole = child
        }
        entries[hole] = last
        return first
    }
}
