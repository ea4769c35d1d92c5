import Dispatch
import Simulation
import Synchronization

/// Makes the runs of a sweep on several threads, and takes what came of them in their order.
public final class SweepWorkers: Sendable {
    private struct State {
        var summary: SweepSummary
        /// The next run that nobody makes yet.
        var next: Int
        /// Made before those before them.
        var early: [Int: SweepPlan.Outcome] = [:]
        var isStopped = false
    }

    /// How far a thread may run ahead of the slowest, in runs a thread: what waits for its turn takes memory.
    private static let lead = 8

    private let plan: SweepPlan
    private let cancellation = Cancellation()
    private let state: Mutex<State>

    /// - Parameter summary: of the runs that are there already.
    public init(_ summary: SweepSummary) {
        plan = summary.plan
        state = Mutex(State(summary: summary, next: summary.taken))
    }

    public var summary: SweepSummary { state.withLock { $0.summary } }

    /// Stops: the runs under way are given up.
    public func stop() {
        cancellation.cancel()
        state.withLock { $0.isStopped = true }
    }

    /// Returns when every run is made, or none goes on. The result does not depend on how many threads there are.
    /// - Parameter take: gets each run, in order, on any thread. `false` stops the sweep.
    public func work(
        jobs: Int, take: @Sendable (_ run: Int, SweepPlan.Outcome, SweepSummary) -> Bool = { _, _, _ in true }
    ) {
        // From 0 up: a semaphore traps when it goes with less than it began with, and runs given up take theirs along.
        let room = DispatchSemaphore(value: 0)
        for _ in 0..<jobs * Self.lead { room.signal() }
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while true {
                room.wait()
                guard let run = claim() else { break }
                guard let outcome = needsNot(run) ? .skipped : plan.outcome(of: run, cancellation: cancellation) else {
                    break
                }
                for _ in 0..<deliver(outcome, of: run, take) { room.signal() }
            }
            room.signal()
        }
    }

    private func claim() -> Int? {
        state.withLock { state in
            guard !state.isStopped, state.next < plan.runs else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func needsNot(_ run: Int) -> Bool { state.withLock { $0.summary.needsNot(run) } }

    /// Returns how many runs were taken: this one, and those that had waited for it.
    private func deliver(
        _ outcome: SweepPlan.Outcome, of run: Int, _ take: (Int, SweepPlan.Outcome, SweepSummary) -> Bool
    ) -> Int {
        state.withLock { state in
            state.early[run] = outcome
            var taken = 0
            while !state.isStopped, let next = state.early.removeValue(forKey: state.summary.taken) {
                let number = state.summary.taken
                let kept = state.summary.add(next)
                taken += 1
                if !take(number, kept, state.summary) { state.isStopped = true }
            }
            return taken
        }
    }
}
