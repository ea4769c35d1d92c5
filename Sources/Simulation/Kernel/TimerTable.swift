/// What each pending timer does when it is due, in slots that are used again.
///
/// A slot holds the whole ``Timer`` number of its user, so a stale number finds nothing. All operations O(1).
struct TimerTable: ~Copyable {
    enum Payload {
        case free(next: Int)
        /// The task has asked to wait and is not suspended yet.
        case reserved
        case task(UnsafeContinuation<Wakeup, Never>)
        case action(() -> Void)
    }

    private struct Slot {
        var key: UInt64
        var payload: Payload
    }

    private(set) var count = 0
    private var slots: UnsafeMutablePointer<Slot>
    private var used = 0
    private var capacity: Int
    private var firstFree = -1
    private var sequence: UInt64 = 0

    init(capacity: Int = 64) {
        self.capacity = capacity
        slots = .allocate(capacity: capacity)
    }

    deinit {
        slots.deinitialize(count: used)
        slots.deallocate()
    }

    mutating func insert(_ payload: Payload) -> Timer {
        let index: Int
        sequence += 1
        if firstFree >= 0 {
            index = firstFree
            if case .free(let next) = slots[index].payload { firstFree = next }
            let timer = Timer(sequence: sequence, slot: index)
            slots[index].key = timer.key
            slots[index].payload = payload
            count += 1
            return timer
        }
        if used == capacity { grow() }
        index = used
        used += 1
        count += 1
        let timer = Timer(sequence: sequence, slot: index)
        (slots + index).initialize(to: Slot(key: timer.key, payload: payload))
        return timer
    }

    @inline(__always) func contains(_ timer: Timer) -> Bool {
        timer.slot < used && slots[timer.slot].key == timer.key
    }

    /// Puts the suspended task in the place that was reserved for it.
    @inline(__always) mutating func set(_ timer: Timer, _ continuation: UnsafeContinuation<Wakeup, Never>) {
        slots[timer.slot].payload = .task(continuation)
    }

    /// Takes out what the timer was to do; `nil` when it fired or was cancelled before.
    @inline(__always) mutating func remove(_ timer: Timer) -> Payload? {
        guard contains(timer) else { return nil }
        let index = timer.slot
        let payload = slots[index].payload
        slots[index].key = 0
        slots[index].payload = .free(next: firstFree)
        firstFree = index
        count -= 1
        return payload
    }

    /// The pending timers, by slot.
    var pending: [Timer] { (0..<used).filter { slots[$0].key != 0 }.map { Timer(key: slots[$0].key) } }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: slots, count: used)
        slots.deallocate()
        slots = larger
        capacity *= 2
    }
}
