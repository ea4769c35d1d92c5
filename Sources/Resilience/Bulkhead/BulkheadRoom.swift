/// A bulkhead's core, and the tasks that wait for it. Everything happens under the bulkhead's lock, but the waking.
struct BulkheadRoom<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    /// How waiting ended.
    enum Settlement: Sendable {
        case started
        case shed(BulkheadShedReason)
        case abandoned
    }

    /// A task to wake, after the lock is given back.
    struct WakeUp: Sendable {
        let continuation: CheckedContinuation<Settlement, Never>?
        let settlement: Settlement

        func resume() { continuation?.resume(returning: settlement) }
    }

    private enum Waiter: Sendable {
        /// Queued, and its task is not asleep yet.
        case arriving
        case asleep(CheckedContinuation<Settlement, Never>)
        /// Its turn came before its task was asleep.
        case settled(Settlement)
    }

    var core: BulkheadCore<UInt64, Instant>
    private var waiters: [UInt64: Waiter] = [:]
    private var tickets: UInt64 = 0

    init(_ core: BulkheadCore<UInt64, Instant>) { self.core = core }

    typealias Occupancy = (inside: Int, queued: Int, limit: Int)

    var occupancy: Occupancy { (core.inFlight, core.queued, core.limit) }

    mutating func enter(timeLeft: Duration?, at now: Instant) -> (ticket: UInt64, entry: BulkheadEntry<UInt64>) {
        tickets &+= 1
        let entry = core.enter(tickets, timeLeft: timeLeft, at: now)
        switch entry {
        case .queued, .queuedShedding: waiters[tickets] = .arriving
        case .entered, .rejected: break
        }
        return (tickets, entry)
    }

    /// The task goes to sleep, unless its turn has come.
    mutating func wait(_ ticket: UInt64, _ continuation: CheckedContinuation<Settlement, Never>) -> WakeUp? {
        if case .settled(let settlement) = waiters[ticket] {
            waiters[ticket] = nil
            return WakeUp(continuation: continuation, settlement: settlement)
        }
        waiters[ticket] = .asleep(continuation)
        return nil
    }

    /// Its turn has come, in one way or another.
    mutating func settle(_ ticket: UInt64, _ settlement: Settlement) -> WakeUp? {
        switch waiters[ticket] {
        case .arriving:
            waiters[ticket] = .settled(settlement)
            return nil
        case .asleep(let continuation):
            waiters[ticket] = nil
            return WakeUp(continuation: continuation, settlement: settlement)
        case .settled, nil: return nil
        }
    }

    mutating func settle(_ releases: [BulkheadRelease<UInt64>]) -> [WakeUp] {
        releases.compactMap { release in
            switch release {
            case .start(let ticket): settle(ticket, .started)
            case .shed(let ticket, let reason): settle(ticket, .shed(reason))
            }
        }
    }

    /// The task was cancelled. `nil`: its turn had come before.
    mutating func abandon(_ ticket: UInt64, at now: Instant) -> WakeUp? {
        guard core.abandon(ticket, at: now) else { return nil }
        return settle(ticket, .abandoned) ?? WakeUp(continuation: nil, settlement: .abandoned)
    }
}
