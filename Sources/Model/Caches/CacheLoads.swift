import Resilience
import Simulation
import Trace

/// The loads under way for a cache that knows of them, and the strands that wait for one. Confined to the run's thread.
final class CacheLoads {
    typealias Core = CoalescingCore<String, Int>
    typealias Loaded = (answer: Datum, version: Truth.Version)

    private let world: World
    private var core = Core()
    /// The event of each load that those who join it are caused by.
    private var events: [Core.Flight: EventID] = [:]
    private var waiters: [Int: Waiter] = [:]
    private var count = 0

    init(_ world: World) { self.world = world }

    final class Waiter {
        let number: Int
        let strand: Strand
        let flight: Core.Flight
        fileprivate(set) var word: Word?

        init(_ number: Int, _ strand: Strand, _ flight: Core.Flight) {
            self.number = number
            self.strand = strand
            self.flight = flight
        }
    }

    /// What ends a wait.
    enum Word {
        case landed(Result<Loaded, Stopped>, cause: EventID)
        /// Whoever loaded no longer does: load in its place.
        case leads(cause: EventID)
    }

    enum Entry {
        case leads(Core.Flight)
        /// cause: the event that began the load.
        case joined(Waiter, cause: EventID)
    }

    /// - Parameter event: that of the strand, in case it loads.
    func join(_ key: String, _ strand: Strand, event: EventID) -> Entry {
        count += 1
        switch core.join(key, count) {
        case .leads(let flight):
            events[flight] = event
            return .leads(flight)
        case .joined(let flight):
            let waiter = Waiter(count, strand, flight)
            waiters[count] = waiter
            return .joined(waiter, cause: events[flight] ?? event)
        }
    }

    /// A load in the background. `nil`: there is one already. isAlone: beside any other, and joined by nobody.
    func begin(_ key: String, isAlone: Bool) -> Core.Flight? { isAlone ? core.leadAlone(key) : core.lead(key) }

    func name(_ flight: Core.Flight, event: EventID) { events[flight] = event }

    func isForgotten(_ flight: Core.Flight, tags: [String]) -> Bool { core.isForgotten(flight, tags: tags) }

    func forget(where isMeant: (String) -> Bool) { core.forget(where: isMeant) }

    func forget(tagged tag: String) { core.forget(tagged: tag) }

    func land(_ flight: Core.Flight, _ result: Result<Loaded, Stopped>, cause: EventID) {
        events[flight] = nil
        for number in core.land(flight).waiters { tell(number, .landed(result, cause: cause)) }
    }

    /// Whoever loads has been stopped.
    func handOver(_ flight: Core.Flight, cause: EventID) {
        guard let next = core.handOver(flight) else {
            events[flight] = nil
            return
        }
        tell(next, .leads(cause: cause))
    }

    /// A strand no longer waits.
    func leave(_ waiter: Waiter) {
        waiters[waiter.number] = nil
        core.leave(waiter.number, waiter.flight)
    }

    private func tell(_ number: Int, _ word: Word) {
        guard let waiter = waiters.removeValue(forKey: number) else { return }
        waiter.word = word
        world.simulation.wake(waiter.strand.waiting)
    }
}
