import Simulation
import Trace

/// Branches of a strand that run at the same time, at most so many at once. The first that fails cancels the others.
///
/// Like a task group, but a branch that is one call needs no task: a fan-out costs little more than its calls.
/// A branch that had to wait for another to end is caused by that end. Confined to the run's thread.
final class Fork: @unchecked Sendable {
    private let parent: Strand
    private let limit: Int
    /// Whether every branch is one call.
    private let isDirect: Bool
    /// Makes branch `index` on its strand.
    private let make: (Int) -> (strand: Strand, steps: [Instruction])
    private var running: [Strand?]
    private var next = 0
    private var remaining: Int
    private var isCancelled = false

    /// By branch.
    private(set) var answers: [Datum?]
    private(set) var failure: Stopped?
    /// Woken when the last branch has ended.
    var onEnd = Timer.none

    init(
        _ parent: Strand, count: Int, limit: Int, isDirect: Bool,
        _ make: @escaping (Int) -> (strand: Strand, steps: [Instruction])
    ) {
        self.parent = parent
        self.limit = limit
        self.isDirect = isDirect
        self.make = make
        running = [Strand?](repeating: nil, count: count)
        answers = [Datum?](repeating: nil, count: count)
        remaining = count
    }

    var isDone: Bool { remaining == 0 }

    func start() {
        while next < min(running.count, limit), !isCancelled { startNext() }
    }

    /// Cancels the branches that run; those that have not started never do.
    func cancel(_ reason: EventID) {
        if isCancelled { return }
        isCancelled = true
        remaining -= running.count - next
        next = running.count
        for strand in running { strand?.cancel(reason) }
    }

    private func startNext() {
        let index = next
        next += 1
        let (strand, steps) = make(index)
        running[index] = strand
        if isDirect, case .call(let call) = steps.first {
            strand.start(call) { self.end(index, $0) }
        } else {
            strand.world.simulation.spawn {
                do throws(Stopped) { self.end(index, .success(try await strand.run(steps))) } catch {
                    self.end(index, .failure(error))
                }
            }
        }
    }

    private func end(_ index: Int, _ result: Result<Datum?, Stopped>) {
        if let strand = running[index] { parent.cause = strand.cause }
        running[index] = nil
        remaining -= 1
        switch result {
        case .success(let answer):
            answers[index] = answer
            if next < running.count { startNext() }
        case .failure(let stopped):
            if failure == nil { failure = stopped }
            cancel(stopped.event)
        }
        if remaining == 0 { parent.world.simulation.wake(onEnd) }
    }
}
