/// What each pending timer does when it is due, in slots that are used again.
///
/// A slot holds the whole ``Timer`` number of its user, so a stale number finds nothing. All operations O(1).
struct TimerTable: ~Copyable {
    enum Payload {
        case free(next: Int)
        /// A task has asked to wait and is not suspended yet.
        case reserved
        /// The same, and it may go on already.
        case decided(Wakeup)
        case task(Job)
        case action(() -> Void)
    }

    private struct Slot {
        var timer: Timer
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

    mutating func insert(_ payload: consuming Payload) -> Timer {
        sequence += 1
        count += 1
        guard firstFree >= 0 else {
            if used == capacity { grow() }
            let timer = Timer(sequence: sequence, slot: used)
            (slots + used).initialize(to: Slot(timer: timer, payload: payload))
            used += 1
            return timer
        }
        let slot = slots + firstFree
        let timer = Timer(sequence: sequence, slot: firstFree)
        if case .free(let next) = slot.pointee.payload { firstFree = next }
        slot.initialize(to: Slot(timer: timer, payload: payload))
        return timer
    }

    func contains(_ timer: Timer) -> Bool {
        // A free slot holds `none`.
        timer != .none && timer.slot < used && slots[timer.slot].timer == timer
    }

    /// Changes what a pending timer does.
    mutating func set(_ timer: Timer, _ payload: consuming Payload) {
        slots[timer.slot].payload = payload
    }

    /// What a pending timer does.
    subscript(timer: Timer) -> Payload { slots[timer.slot].payload }

    /// Takes out what the timer was to do; `nil` when it fired or was cancelled before.
    mutating func remove(_ timer: Timer) -> Payload? {
        guard contains(timer) else { return nil }
        let slot = slots + timer.slot
        let payload = slot.move().payload
        slot.initialize(to: Slot(timer: .none, payload: .free(next: firstFree)))
        firstFree = timer.slot
        count -= 1
        return payload
    }

    /// The pending timers, by slot.
    var pending: [Timer] { (0..<used).map { slots[$0].timer }.filter { $0 != .none } }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: slots, count: used)
        slots.deallocate()
        slots = larger
        capacity *= 2
    }
}
