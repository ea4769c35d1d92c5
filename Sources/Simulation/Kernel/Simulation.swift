import Collections
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
    public let limits: SimulationLimits
    private let cancellation: Cancellation?

    /// The present moment of the run.
    public private(set) var now = VirtualTime.zero
    /// Whether the run is over. Tasks that were still waiting are then cancelled: what they do no longer counts.
    public private(set) var isFinished = false
    /// Timers fired and jobs run so far.
    public private(set) var steps = 0

    private enum Ready {
        case job(UnownedJob)
        case timer(Timer)
    }

    /// Due now, in order; after the heap's timers of this moment, which were scheduled before.
    private var ready = Deque<Ready>()
    private var heap = TimerHeap()
    private var table = TimerTable()
    private var tasks = TaskTable()
    /// Set while a timer resumes its task, whose job then takes the timer's place in the order.
    private var resumesDirectly = false
    private var directJob: UnownedJob?
    private var failure: SimulationError?

    public init(seed: UInt64, limits: SimulationLimits = .init(), cancellation: Cancellation? = nil) {
        self.seed = seed
        self.limits = limits
        self.cancellation = cancellation
    }

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
    public func spawn(_ work: @escaping @Sendable () async -> Void) {
        if isFinished { return }
        let place = tasks.reserve()
        tasks[place] = Task(executorPreference: self) {
            if !self.isFinished { await work() }
            self.tasks.release(place)
        }
    }

    /// Calls back at a time; one in the past counts as now. O(log n).
    @discardableResult public func schedule(at time: VirtualTime, _ action: @escaping () -> Void) -> Timer {
        if isFinished { return .none }
        let timer = table.insert(.action(action))
        arm(timer, at: time)
        return timer
    }

    /// Calls back after a delay in nanoseconds; a negative one counts as none. O(log n).
    @discardableResult public func schedule(after delay: Int64, _ action: @escaping () -> Void) -> Timer {
        schedule(at: now.advanced(byNanoseconds: delay), action)
    }

    /// Forgets a callback; one that fired or was cancelled before is left alone. O(1), amortised.
    ///
    /// A task that waits under that name goes on as cancelled.
    public func cancel(_ timer: Timer) { resolve(timer, .cancelled) }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if resumesDirectly {
            resumesDirectly = false
            directJob = job
        } else {
            ready.append(.job(job))
        }
    }
}

// MARK: Waiting

extension Simulation {
    /// Waits so many nanoseconds of virtual time.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled or the run ends.
    nonisolated(nonsending) public func sleep(forNanoseconds delay: Int64) async throws {
        try await sleep(until: now.advanced(byNanoseconds: delay))
    }

    /// Waits until a time; one in the past lets all that is ready go first.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled or the run ends.
    nonisolated(nonsending) public func sleep(until deadline: VirtualTime) async throws {
        if await wait(until: deadline, {_ in}) == .cancelled { throw CancellationError() }
    }

    /// Suspends the task until ``wake(_:)``, the deadline, its cancellation or the end of the run.
    ///
    /// The closure is called before the task suspends and hands its name to whoever will wake it. Unlike a plain
    /// continuation this one is never leaked: the end of the run resumes it.
    nonisolated(nonsending) public func wait(
        until deadline: VirtualTime? = nil, _ body: (Timer) -> Void
    ) async -> Wakeup {
        if Task.isCancelled { return .cancelled }
        let timer = table.insert(.reserved)
        body(timer)
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                suspend(timer, continuation, until: deadline)
            }
        } onCancel: {
            resolve(timer, .cancelled)
        }
    }

    /// Lets a waiting task go on at the present time, after what is ready already; a stale name is left alone.
    public func wake(_ timer: Timer) { resolve(timer, .woken) }

    private func suspend(_ timer: Timer, _ continuation: UnsafeContinuation<Wakeup, Never>, until deadline: VirtualTime?) {
        guard table.contains(timer) else { return continuation.resume(returning: .woken) }
        table.set(timer, continuation)
        if isFinished { return resolve(timer, .cancelled) }
        if let deadline { arm(timer, at: deadline) }
    }

    private func resolve(_ timer: Timer, _ wakeup: Wakeup) {
        guard let payload = table.remove(timer) else { return }
        if case .task(let continuation) = payload { continuation.resume(returning: wakeup) }
        if heap.count > 64, heap.count > 2 * table.count {
            heap.compact { table.contains(Timer(key: $0.key)) }
        }
    }

    private func arm(_ timer: Timer, at time: VirtualTime) {
        if time > now {
            heap.push(.init(time: time.nanoseconds, key: timer.key))
        } else {
            ready.append(.timer(timer))
        }
        if table.count > limits.maxPending { stop(.tooManyPending(limit: limits.maxPending, at: now)) }
    }
}

// MARK: Running

extension Simulation {
    /// Runs until a time or until nothing is left to do, and ends the run: tasks that still wait are cancelled.
    ///
    /// What is due exactly at `end` still happens. Afterwards ``now`` is `end`, or the time of the last event.
    public func run(until end: VirtualTime) throws(SimulationError) {
        advance(to: end)
        finish()
        if let failure { throw failure }
    }

    /// Runs up to and including a time and keeps what is left for a later call.
    public func advance(to end: VirtualTime) {
        while !isFinished, failure == nil {
            if heap.count > 0, heap.first.time == now.nanoseconds {
                fireNext()
            } else if let next = ready.popFirst() {
                perform(next)
            } else if heap.count > 0, heap.first.time <= end.nanoseconds {
                moveClock()
                continue
            } else {
                if heap.count > 0 { now = max(now, end) }
                return
            }
            steps += 1
            if steps & 0xff == 0 { checkLimits() }
        }
    }

    /// Ends the run: cancels every task that is left and lets it unwind. Also what a run that failed does.
    public func finish() {
        if isFinished { return }
        isFinished = true
        tasks.cancelAll()
        for timer in table.pending { resolve(timer, .cancelled) }
        heap.removeAll()
        // Code that swallows cancellation could go on for ever: it is left suspended.
        var patience = 1_000 + 100 * ready.count
        while patience > 0, let next = ready.popFirst() {
            perform(next)
            patience -= 1
        }
    }

    /// Stops the run with an error, at the end of the present step.
    public func stop(_ error: SimulationError) {
        if failure == nil { failure = error }
    }

    private func moveClock() {
        let next = heap.first
        if table.contains(Timer(key: next.key)) {
            now = VirtualTime(nanoseconds: next.time)
        } else {
            heap.removeFirst()
        }
    }

    private func fireNext() {
        let timer = Timer(key: heap.first.key)
        heap.removeFirst()
        fire(timer)
    }

    private func fire(_ timer: Timer) {
        switch table.remove(timer) {
        case .action(let action): action()
        case .task(let continuation):
            resumesDirectly = true
            continuation.resume(returning: .timedOut)
            resumesDirectly = false
            if let job = directJob {
                directJob = nil
                job.runSynchronously(on: asUnownedTaskExecutor())
            }
        default: break
        }
    }

    private func perform(_ next: Ready) {
        switch next {
        case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
        case .timer(let timer): fire(timer)
        }
    }

    private func checkLimits() {
        if steps >= limits.maxSteps { stop(.tooManySteps(limit: limits.maxSteps, at: now)) }
        if let cancellation, cancellation.isCancelled { stop(.cancelled(at: now)) }
    }
}
