import Simulation
import Trace

/// Lets one strand at a time go on, in the order in which they came. Confined to the run's thread.
final class Turns {
    private let world: World
    private var isTaken = false
    private var queue = FIFO<Waiter>()

    private final class Waiter {
        let strand: Strand
        /// What ended the turn before; `nil`: that goes on.
        var called: EventID?
        var hasLeft = false

        init(_ strand: Strand) { self.strand = strand }
    }

    init(_ world: World) { self.world = world }

    /// Waits for the strand's turn; ``give(_:)`` has to follow.
    nonisolated(nonsending) func take(_ strand: Strand) async throws(Stopped) {
        try strand.checkCancelled()
        guard isTaken else {
            isTaken = true
            return
        }
        let waiter = Waiter(strand)
        queue.append(waiter)
        _ = await world.simulation.wait { strand.waiting = $0 }
        do throws(Stopped) { try strand.checkCancelled() } catch {
            waiter.hasLeft = true
            // At the same moment as its time ran out it may have been called all the same.
            if waiter.called != nil { give(strand) }
            throw error
        }
        if let called = waiter.called { strand.cause = called }
    }

    /// Ends the strand's turn.
    func give(_ strand: Strand) {
        while let next = queue.popFirst() {
            if next.hasLeft { continue }
            next.called = strand.cause
            return world.simulation.wake(next.strand.waiting)
        }
        isTaken = false
    }
}
