/// The loads under way, and the tasks that wait for them. Everything happens under the owner's lock, but the waking.
struct CoalescingRoom<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    typealias Core = CoalescingCore<Key, UInt64>

    struct Landing: Sendable {
        let result: Result<Value, any Error>
        let isShared: Bool
    }

    /// What ends a wait.
    enum Word: Sendable {
        case landed(Landing)
        /// Whoever loaded was cancelled: load in its place.
        case leads
        case left
    }

    typealias WakeUp = Sleepers<Word>.WakeUp

    private(set) var core = Core()
    private var sleepers = Sleepers<Word>()

    mutating func join(_ key: Key) -> (ticket: UInt64, entry: Core.Entry) {
        let ticket = sleepers.newTicket()
        return (ticket, core.join(key, ticket))
    }

    mutating func lead(_ key: Key) -> Core.Flight? { core.lead(key) }
    mutating func leadAlone(_ key: Key) -> Core.Flight { core.leadAlone(key) }

    mutating func sleep(_ ticket: UInt64, _ continuation: CheckedContinuation<Word, Never>) -> WakeUp? {
        sleepers.sleep(ticket, continuation)
    }

    mutating func land(
        _ flight: Core.Flight, _ result: Result<Value, any Error>, tags: [String] = []
    ) -> (landing: Landing, isForgotten: Bool, wakeUps: [WakeUp]) {
        let isForgotten = core.isForgotten(flight, tags: tags)
        let end = core.land(flight)
        let landing = Landing(result: result, isShared: end.isShared)
        return (landing, isForgotten, end.waiters.compactMap { sleepers.tell($0, .landed(landing)) })
    }

    /// Whoever loads was cancelled.
    mutating func handOver(_ flight: Core.Flight) -> WakeUp? {
        core.handOver(flight).flatMap { sleepers.tell($0, .leads) }
    }

    /// A task that waits was cancelled.
    mutating func leave(_ ticket: UInt64, _ flight: Core.Flight) -> WakeUp? {
        core.leave(ticket, flight) ? sleepers.tell(ticket, .left) : nil
    }

    mutating func forget(_ key: Key) { core.forget(key) }
    mutating func forget(where isMeant: (Key) -> Bool) { core.forget(where: isMeant) }
    mutating func forget(tagged tag: String) { core.forget(tagged: tag) }
}
