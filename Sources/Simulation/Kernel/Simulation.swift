public import Trace

/// A run's clock, queue and threads of control: ordinary `async` code on one thread, in virtual time.
///
/// It is a task executor. Jobs that are ready run at once, in order; when none is, the clock moves to the next timer.
/// What happens at the same time happens in the order in which it was scheduled. Unstructured `Task {}` would
/// leave the executor: use ``spawn(_:)``. Task groups, `async let` and actors inherit it.
///
/// Confined to the thread that calls ``run(until:)``; only a ``Cancellation`` may be used from elsewhere.
public final class Simulation: TaskExecutor, @unchecked Sendable {
    public let seed: UInt64
    private let cancellation: Cancellation?
    private let state: UnsafeMutablePointer<State>
    private let parking: Parking

    public init(seed: UInt64, limits: SimulationLimits = .init(), cancellation: Cancellation? = nil) {
        self.seed = seed
        self.cancellation = cancellation
        state = .allocate(capacity: 1)
        state.initialize(to: State(limits: limits))
        parking = Parking(state)
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// The present moment of the run.
    public var now: VirtualTime { state.pointee.now }
    /// Whether the run is over. Tasks that were still waiting are then cancelled: what they do no longer counts.
    public var isFinished: Bool { state.pointee.isFinished }
    /// Timers fired and jobs run so far.
    public var steps: Int { state.pointee.steps }

    /// The run's clock, for code that is generic over `Clock`.
    public var clock: VirtualClock { VirtualClock(self) }

    /// The random stream with that name: see ``RandomStream``.
    public func stream(_ component: String, _ purpose: String, entity: UInt64 = 0) -> RandomStream {
        RandomStream(seed: seed, component: component, purpose: purpose, entity: entity)
    }
}

// MARK: Work

extension Simulation {
    /// Starts a task at the present time, after what is ready already.
    public func spawn(_ work: nonisolated(nonsending) @escaping @Sendable () async -> Void) {
        if isFinished { return }
        if state.pointee.employ(work) { return }
        let place = state.pointee.tasks.reserve()
        let worker = Worker(work)
        let task = Task(executorPreference: self) {
            while !self.isFinished {
                await worker.perform()
                // One that cancelled itself is of no more use.
                if Task.isCancelled { break }
                self.state.pointee.request = .idle(worker)
                _ = await self.parking.enter()
            }
            self.state.pointee.tasks.release(place)
        }
        state.pointee.tasks.set(place, task, identity: state.pointee.lastEnqueued)
    }

    /// Calls back at a time; one in the past counts as now. O(log n).
    @discardableResult public func schedule(at time: VirtualTime, _ action: @escaping () -> Void) -> Timer {
        if isFinished { return .none }
        let timer = state.pointee.table.insert(.action(action))
        state.pointee.arm(timer, at: time)
        return timer
    }

    /// Calls back after a delay in nanoseconds; a negative one counts as none. O(log n).
    @discardableResult public func schedule(after delay: Int64, _ action: @escaping () -> Void) -> Timer {
        schedule(at: now.advanced(byNanoseconds: delay), action)
    }

    /// Forgets a callback; one that fired or was cancelled before is left alone. O(1), amortised.
    ///
    /// A task that waits under that name goes on as cancelled.
    public func cancel(_ timer: Timer) { state.pointee.resolve(timer, .cancelled) }

    /// Whether a callback is still to come, or a task still to be woken.
    public func isPending(_ timer: Timer) -> Bool { state.pointee.isPending(timer) }

    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    public func enqueue(_ job: consuming ExecutorJob) { state.pointee.enqueue(UnownedJob(job)) }
}

// MARK: Waiting

extension Simulation {
    /// Waits so many nanoseconds of virtual time.
    ///
    /// - Throws: `CancellationError` at the same moment when the task is cancelled or the run ends.
    nonisolated(nonsending) public func sleep(forNanoseconds delay: Int64) async throws {
        try await sleep(until: now.advanced(byNanoseconds: delay))
    }

    /// Waits until a time; one in the past lets all that is ready go first.
    ///
    /// - Throws: `CancellationError` at the same moment when the task is cancelled or the run ends.
    @inline(__always) nonisolated(nonsending) public func sleep(until deadline: VirtualTime) async throws {
        var wakeup: Wakeup?
        let root = state.pointee.runningRoot
        if root != 0 {
            state.pointee.request = .sleep(deadline, as: root)
            wakeup = await parking.enter()
        }
        if wakeup == nil { wakeup = await wait(until: deadline) }
        if wakeup == .cancelled { throw CancellationError() }
    }

    /// Suspends the task until ``wake(_:)``, the deadline, its cancellation or the end of the run.
    ///
    /// The closure is called before the task suspends and hands its name to whoever will wake it. Unlike a plain
    /// continuation this one is never leaked: the end of the run resumes it.
    nonisolated(nonsending) public func wait(
        until deadline: VirtualTime? = nil, _ body: (Timer) -> Void = { _ in }
    ) async -> Wakeup {
        let timer = state.pointee.table.insert(.reserved)
        body(timer)
        // A spawned task has no handle and no parent: only the end of the run can cancel it, and needs no handler.
        let root = state.pointee.runningRoot
        if root != 0 {
            state.pointee.request = .wait(timer, deadline, as: root)
            if let wakeup = await parking.enter() { return wakeup }
        }
        return await withTaskCancellationHandler {
            state.pointee.request = .wait(timer, deadline, as: 0)
            return await parking.enter() ?? .cancelled
        } onCancel: {
            state.pointee.resolve(timer, .cancelled)
        }
    }

    /// Lets a waiting task go on at the present time, after what is ready already; a stale name is left alone.
    public func wake(_ timer: Timer) { state.pointee.resolve(timer, .woken) }
}

// MARK: Running

extension Simulation {
    /// Runs until a time or until nothing is left to do, and ends the run: tasks that still wait are cancelled.
    ///
    /// What is due exactly at `end` still happens. Afterwards ``now`` is `end`, or the time of the last event.
    public func run(until end: VirtualTime) throws(SimulationError) {
        advance(to: end)
        finish()
        if let failure = state.pointee.failure { throw failure }
    }

    /// Runs up to and including a time and keeps what is left for a later call.
    public func advance(to end: VirtualTime) {
        while state.pointee.failure == nil, !isFinished, step(to: end) {
            state.pointee.steps += 1
            if state.pointee.steps & 0xff == 0 { checkLimits() }
        }
    }

    /// Ends the run: cancels every task that is left and lets it unwind. Also what a run that failed does.
    public func finish() {
        if isFinished { return }
        state.pointee.isFinished = true
        for task in state.pointee.tasks.all { task.cancel() }
        for timer in state.pointee.table.pending { state.pointee.resolve(timer, .cancelled) }
        state.pointee.heap.removeAll()
        state.pointee.dismissIdle()
        // Code that swallows cancellation could go on for ever: it is left suspended.
        var patience = 1_000 + 100 * state.pointee.ready.count
        while patience > 0, let next = state.pointee.ready.popFirst() {
            perform(next)
            patience -= 1
        }
    }

    /// Stops the run with an error, at the end of the present step.
    public func stop(_ error: SimulationError) { state.pointee.stop(error) }

    /// Does the next thing, if there is one up to that time.
    private func step(to end: VirtualTime) -> Bool {
        while state.pointee.heap.count > 0 {
            let next = state.pointee.heap.first
            if next.time > now, let ready = state.pointee.ready.popFirst() {
                perform(ready)
                return true
            }
            if next.time > end {
                if state.pointee.table.contains(next.timer) {
                    state.pointee.now = max(now, end)
                    return false
                }
                state.pointee.heap.removeFirst()
                continue
            }
            state.pointee.heap.removeFirst()
            if let payload = state.pointee.table.remove(next.timer) {
                state.pointee.now = next.time
                fire(payload)
                return true
            }
        }
        guard let ready = state.pointee.ready.popFirst() else { return false }
        perform(ready)
        return true
    }

    private func perform(_ next: State.Ready) {
        switch next {
        case .job(let job): resume(Job(job: job, isRoot: state.pointee.tasks.contains(job)), .woken)
        case .timer(let timer): if let payload = state.pointee.table.remove(timer) { fire(payload) }
        case .waiter(let job, let wakeup): resume(job, wakeup)
        }
    }

    private func fire(_ payload: TimerTable.Payload) {
        switch payload {
        case .action(let action): action()
        case .task(let job): resume(job, .timedOut)
        case .reserved, .decided, .free: break
        }
    }

    private func resume(_ job: Job, _ wakeup: Wakeup) {
        state.pointee.runningRoot = job.isRoot ? job.identity : 0
        state.pointee.wakeup = wakeup
        job.job.runSynchronously(on: asUnownedTaskExecutor())
        while !state.pointee.bounced.isEmpty {
            let bounced = state.pointee.bounced.removeFirst()
            state.pointee.runningRoot = 0
            state.pointee.wakeup = nil
            bounced.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    private func checkLimits() {
        let limit = state.pointee.limits.maxSteps
        if steps >= limit { stop(.tooManySteps(limit: limit, at: now)) }
        if let cancellation, cancellation.isCancelled { stop(.cancelled(at: now)) }
    }
}
