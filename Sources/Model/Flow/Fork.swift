import Simulation
import Trace

/// Branches of a strand that run at the same time, at most so many at once. The first that fails cancels the others.
///
/// Like a task group, but it cancels along the strands, and branches that are calls need no tasks. A branch that had
/// to wait for another to end is caused by that end. Confined to the run's thread.
class Fork: @unchecked Sendable {
    let parent: Strand
    let count: Int
    private let limit: Int
    private var next = 0
    private var remaining: Int
    private(set) var isCancelled = false

    /// By branch; in memory of its own, as each branch touches it: see ``Cell``.
    private let results: UnsafeMutablePointer<Datum?>
    final var failure: Stopped?
    /// Woken when the last branch has ended.
    var onEnd = Timer.none

    init(_ parent: Strand, count: Int, limit: Int) {
        self.parent = parent
        self.count = count
        self.limit = limit
        results = .allocate(capacity: count)
        results.initialize(repeating: nil, count: count)
        remaining = count
    }

    deinit {
        results.deinitialize(count: count)
        results.deallocate()
    }

    /// By branch.
    final var answers: [Datum?] { Array(UnsafeBufferPointer(start: results, count: count)) }

    final var isDone: Bool { remaining == 0 }

    final func start() {
        while next < min(count, limit), !isCancelled { beginNext() }
    }

    /// Cancels the branches that run; those that have not started never do.
    final func cancel(_ stop: Stopped) {
        if isCancelled { return }
        isCancelled = true
        let started = next
        remaining -= count - next
        next = count
        for index in 0..<started { cancel(index, stop) }
    }

    /// Takes the end of a branch. `cause`: its newest event.
    final func end(_ index: Int, _ result: Result<Datum?, Stopped>, cause: EventID) {
        parent.cause = cause
        remaining -= 1
        settle(index, result)
        if remaining == 0 { parent.world.simulation.wake(onEnd) }
    }

    /// Whether branches are left that have not started.
    final var hasNext: Bool { next < count }

    final func beginNext() {
        next += 1
        begin(next - 1)
    }

    /// Decides what the end of a branch means for the others.
    func settle(_ index: Int, _ result: Result<Datum?, Stopped>) {
        switch result {
        case .success(let answer):
            results[index] = answer
            if hasNext { beginNext() }
        case .failure(let stopped):
            if failure == nil { failure = stopped }
            cancel(Stopped(outcome: .cancelled, event: stopped.event))
        }
    }

    // MARK: For each kind of branch

    /// Starts a branch, which reports to ``end(_:_:cause:)``.
    func begin(_ index: Int) {}
    /// Stops a branch, if it has not ended.
    func cancel(_ index: Int, _ stop: Stopped) {}
}

/// Branches of any kind, each a task.
final class StrandFork: Fork, @unchecked Sendable {
    /// Makes branch `index` on its strand.
    private let make: (Int) -> (strand: Strand, steps: [Instruction])
    private var running: [Strand?]

    init(
        _ parent: Strand, count: Int, limit: Int, _ make: @escaping (Int) -> (strand: Strand, steps: [Instruction])
    ) {
        self.make = make
        running = [Strand?](repeating: nil, count: count)
        super.init(parent, count: count, limit: limit)
    }

    override func begin(_ index: Int) {
        let (strand, steps) = make(index)
        running[index] = strand
        strand.world.simulation.spawn {
            let result: Result<Datum?, Stopped>
            do throws(Stopped) { result = .success(try await strand.run(steps)) } catch { result = .failure(error) }
            self.running[index] = nil
            self.end(index, result, cause: strand.cause)
        }
    }

    override func cancel(_ index: Int, _ stop: Stopped) { running[index]?.cancel(stop) }
}

/// Branches of one call each, without tasks: a fan-out costs little more than its calls.
final class CallFork: Fork, @unchecked Sendable {
    /// Which call, as who, and about what.
    typealias Branch = (step: CallInstruction, key: DrawKey, subject: String?)

    /// What branch `index` calls.
    private let make: (Int) throws(Stopped) -> Branch
    private let running: UnsafeMutablePointer<(call: BackendCall, step: CallInstruction)?>

    init(
        _ parent: Strand, count: Int, limit: Int,
        _ make: @escaping (Int) throws(Stopped) -> Branch
    ) {
        self.make = make
        running = .allocate(capacity: count)
        running.initialize(repeating: nil, count: count)
        super.init(parent, count: count, limit: limit)
    }

    deinit {
        running.deinitialize(count: count)
        running.deallocate()
    }

    override func begin(_ index: Int) {
        do throws(Stopped) {
            let (step, key, subject) = try make(index)
            let call = try parent.newCall(step, key, subject)
            call.caller = .branch(self, index)
            running[index] = (call, step)
            call.backend.send(call)
        } catch {
            end(index, .failure(error), cause: error.event)
        }
    }

    override func cancel(_ index: Int, _ stop: Stopped) {
        guard let call = running[index]?.call else { return }
        running[index] = nil
        end(index, .failure(stop), cause: parent.abandon(call, stop))
    }

    /// The answer to a branch's call is there.
    func answer(_ index: Int) {
        guard let (call, step) = running[index] else { return }
        running[index] = nil
        let (event, result) = parent.conclude(call, step)
        switch result {
        case .success(let answer): end(index, .success(answer), cause: event)
        case .failure(let stopped): end(index, .failure(stopped), cause: event)
        }
    }

    /// A branch's call has taken too long.
    func expire(_ index: Int, _ stop: Stopped) {
        guard let call = running[index]?.call else { return }
        running[index] = nil
        end(index, .failure(stop), cause: parent.abandon(call, stop))
    }
}
