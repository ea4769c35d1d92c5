/// What is still to come, by number, the earliest first: a binary heap.
struct Agenda {
    private struct Entry {
        var time: Double
        var item: Int
    }

    private var entries: [Entry] = []

    var next: Double { entries.first?.time ?? .infinity }

    mutating func add(_ item: Int, at time: Double) {
        entries.append(Entry(time: time, item: item))
        var place = entries.count - 1
        while place > 0, entries[place].time < entries[(place - 1) / 2].time {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeNext() -> Int {
        let first = entries[0].item
        let last = entries.removeLast()
        guard !entries.isEmpty else { return first }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].time < entries[child].time { child += 1 }
            guard entries[child].time < last.time else { break }
            entries[place] = entries[child]
            place = child
        }
        entries[place] = last
        return first
    }
}
