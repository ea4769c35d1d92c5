/// The calls of the last so many equal stretches of time, the one that runs now included.
///
/// resilience4j's seconds, Hystrix' half seconds, gobreaker's buckets. Adding a call is O(1), plus one step for each
/// bucket that has ended since, and allocates nothing.
struct ClockBuckets: Sendable {
    /// ns
    let length: Int64
    /// Whether a bucket still has its last instant: gobreaker's do.
    let ownsItsEnd: Bool
    private var cells: [CircuitBreakerCell]
    private var origin: Int64 = 0
    /// The number of the bucket that runs, from the origin.
    private(set) var latest: Int64 = 0
    private(set) var totals = CircuitBreakerCell()

    init(length: Int64, count: Int, ownsItsEnd: Bool = false) {
        self.length = max(1, length)
        self.ownsItsEnd = ownsItsEnd
        cells = Array(repeating: CircuitBreakerCell(), count: max(1, count))
    }

    var count: Int { cells.count }

    mutating func add(failed: Bool, slow: Bool, at now: Int64) {
        advance(to: now)
        cells[Int(latest % Int64(cells.count))].add(failed: failed, slow: slow)
        totals.add(failed: failed, slow: slow)
    }

    mutating func advance(to now: Int64) {
        let elapsed = now - origin
        let current = ownsItsEnd ? max(0, elapsed - 1) / length : elapsed / length
        guard current > latest else { return }
        if current - latest >= Int64(cells.count) {
            clearCells()
        } else {
            for index in latest + 1...current {
                let place = Int(index % Int64(cells.count))
                totals.subtract(cells[place])
                cells[place] = CircuitBreakerCell()
            }
        }
        latest = current
    }

    /// Empties it; buckets are counted from `origin` on.
    mutating func clear(origin: Int64) {
        clearCells()
        self.origin = origin
        latest = 0
    }

    private mutating func clearCells() {
        for place in cells.indices { cells[place] = CircuitBreakerCell() }
        totals = CircuitBreakerCell()
    }

    /// Oldest first; the last one runs now. O(n).
    var ordered: [CircuitBreakerCell] {
        let count = Int64(cells.count)
        return (max(0, latest - count + 1)...latest).map { cells[Int($0 % count)] }
    }
}
