import Simulation
import Trace

extension Strand {
    /// How a branch ended.
    private struct BranchEnd: Sendable {
        var index: Int
        var answer: Datum?
        var stopped: Stopped?
        /// Its newest event.
        var cause: EventID
    }

    /// Runs branches at the same time, at most `limit` at once; the first that fails cancels the others.
    ///
    /// A branch that had to wait for another to end is caused by that end. Returns the branches' answers.
    nonisolated(nonsending) func fanOut(
        _ count: Int, limit: Int, _ branching: Branching, _ make: (Int) -> (strand: Strand, steps: [Instruction])
    ) async throws(Stopped) -> [Datum?] {
        // Each branch makes an event at the least: so many would not fit, and their tasks need not be made.
        if count > world.room {
            world.stopForWork()
            throw cancellation()
        }
        var answers = [Datum?](repeating: nil, count: count)
        var failure: Stopped?
        await withTaskGroup(of: BranchEnd.self) { group in
            for index in 0..<min(count, limit) {
                let (strand, steps) = make(index)
                group.addTask { await strand.end(steps, index) }
            }
            var next = min(count, limit)
            for await end in group {
                cause = end.cause
                answers[end.index] = end.answer
                if let stopped = end.stopped {
                    if failure != nil { continue }
                    failure = stopped
                    branching.fail(with: stopped.event)
                    group.cancelAll()
                } else if failure == nil, next < count {
                    let (strand, steps) = make(next)
                    let index = next
                    next += 1
                    group.addTask { await strand.end(steps, index) }
                }
            }
        }
        if let failure { throw failure }
        return answers
    }

    /// Runs a branch to its end, however it ends.
    nonisolated(nonsending) private func end(_ steps: [Instruction], _ index: Int) async -> BranchEnd {
        do {
            let answer = try await run(steps)
            return BranchEnd(index: index, answer: answer, cause: cause)
        } catch {
            return BranchEnd(index: index, stopped: error, cause: cause)
        }
    }
}
