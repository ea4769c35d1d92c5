/// Tasks that wait, each under a ticket, until they are told something. Under its owner's lock, but for the waking.
struct Sleepers<Word: Sendable>: Sendable {
    /// A task to wake, after the lock is given back.
    struct WakeUp: Sendable {
        let continuation: CheckedContinuation<Word, Never>
        let word: Word

        func resume() { continuation.resume(returning: word) }
    }

    private enum Sleeper: Sendable {
        case asleep(CheckedContinuation<Word, Never>)
        /// It was told before it was asleep.
        case told(Word)
    }

    private var sleepers: [UInt64: Sleeper] = [:]
    private var tickets: UInt64 = 0

    mutating func newTicket() -> UInt64 {
        tickets += 1
        return tickets
    }

    /// The task goes to sleep, unless it has been told. Every ticket that may be told something has to come here.
    mutating func sleep(_ ticket: UInt64, _ continuation: CheckedContinuation<Word, Never>) -> WakeUp? {
        if case .told(let word) = sleepers.removeValue(forKey: ticket) {
            return WakeUp(continuation: continuation, word: word)
        }
        sleepers[ticket] = .asleep(continuation)
        return nil
    }

    mutating func tell(_ ticket: UInt64, _ word: Word) -> WakeUp? {
        if case .asleep(let continuation) = sleepers.removeValue(forKey: ticket) {
            return WakeUp(continuation: continuation, word: word)
        }
        sleepers[ticket] = .told(word)
        return nil
    }
}
