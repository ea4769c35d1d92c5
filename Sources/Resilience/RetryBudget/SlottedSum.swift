/// A sum over the last so long, in slots that expire as a whole.
///
/// As Finagle's windowed adder has it: a slot begins with the first use after the one before has
/// lasted its length, so slots are not aligned to a clock, and what was added counts for at least the whole time and
/// at most a slot longer, while the sum is in use. O(1), and O(slots) after a pause.
struct SlottedSum<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    private var slots: [Int]
    private let width: Duration
    /// The slot that ``current`` goes to once its time is over.
    private var index = 0
    private var current = 0
    private var committed = 0
    private var started: Instant

    init(slots count: Int, over time: Duration, at now: Instant) {
        slots = Array(repeating: 0, count: count)
        width = max(.nanoseconds(1), time.clamped / count)
        started = now
    }

    mutating func add(_ amount: Int, at now: Instant) {
        advance(to: now)
        current += amount
    }

    mutating func sum(at now: Instant) -> Int {
        advance(to: now)
        return current + committed
    }

    private mutating func advance(to now: Instant) {
        let elapsed = started.duration(to: now)
        guard elapsed >= width else { return }
        commit(current)
        current = 0
        var unused = elapsed - width
        var skipped = 0
        while unused >= width, skipped < slots.count {
            commit(0)
            unused -= width
            skipped += 1
        }
        started = now
    }

    private mutating func commit(_ amount: Int) {
        committed += amount - slots[index]
        slots[index] = amount
        index = (index + 1) % slots.count
    }
}
