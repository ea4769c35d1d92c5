import Trace

/// Calls in the order in which they arrive at a backend, and how many in each tenth of a second of the run.
struct Arrivals: Sendable {
    /// A bucket with arrivals: its number from the start of the run, and the arrivals up to its end.
    private struct Bucket: Sendable {
        var number: Int64
        var end: Int
    }

    private(set) var events: [UInt32] = []
    private var buckets: [Bucket] = []
    private var blockMaxima: [Int] = []
    private static let block = 128
    /// In nanoseconds.
    static let bucketWidth: Int64 = 100_000_000

    mutating func add(event: UInt32, time: VirtualTime) {
        events.append(event)
        let number = time.nanoseconds / Self.bucketWidth
        if buckets.last?.number == number {
            buckets[buckets.count - 1].end = events.count
        } else {
            buckets.append(Bucket(number: number, end: events.count))
        }
    }

    mutating func seal() {
        blockMaxima = stride(from: 0, to: buckets.count, by: Self.block).map { start in
            (start..<min(start + Self.block, buckets.count)).map(size).max() ?? 0
        }
    }

    private func size(_ place: Int) -> Int { buckets[place].end - (place == 0 ? 0 : buckets[place - 1].end) }

    /// The most arrivals of a window that share a bucket. In blocks, as in ``StepSeries``.
    func peak(in window: Window) -> Int {
        let places = events.places(in: window)
        guard !places.isEmpty else { return 0 }
        // The buckets at the edges may have arrivals outside the window.
        var place = buckets.prefixCount { $0.end <= places.lowerBound }
        let last = buckets.prefixCount { $0.end < places.upperBound }
        if place == last { return places.count }
        var result = max(buckets[place].end - places.lowerBound, places.upperBound - buckets[last - 1].end)
        place += 1
        while place < last {
            if place % Self.block == 0, place + Self.block <= last {
                result = max(result, blockMaxima[place / Self.block])
                place += Self.block
            } else {
                result = max(result, size(place))
                place += 1
            }
        }
        return result
    }

    /// The last arrival in a window; `nil`: there is none.
    func last(in window: Window) -> UInt32? {
        let places = events.places(in: window)
        return places.isEmpty ? nil : events[places.upperBound - 1]
    }
}
