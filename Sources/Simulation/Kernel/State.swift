import Collections
import Trace

/// All that changes in a run.
///
/// It lives in memory of its own, because the stored properties of a class are checked for exclusive access each time
/// they are touched. None of its methods calls out.
struct State: ~Copyable {
    enum Ready {
        /// A job that the runtime handed over: a task that starts, or one that something else resumed.
        case job(UnownedJob)
        case timer(Timer)
        case waiter(Job, Wakeup)
    }

    /// What the running task asks for when it enters the ``Parking``.
    enum Request {
        /// To be resumed at a time, as the task with that identity: one that was spawned.
        case sleep(VirtualTime, as: UInt)
        /// To be resumed under a name, at a time at the latest; `0`: whichever task it is.
        case wait(Timer, VirtualTime?, as: UInt)
        /// To be given more work.
        case idle(Worker)
        /// Nothing: the last one was heard.
        case done
    }

    let limits: SimulationLimits
    var now = VirtualTime.zero
    var isFinished = false
    var steps = 0
    var failure: SimulationError?

    /// Due now, in order; after the heap's timers of this moment, which were scheduled before.
    var ready = Deque<Ready>()
    var heap = TimerHeap()
    var table = TimerTable()
    var tasks = TaskTable()
    /// Spawned tasks whose work is done.
    var idle: [Worker] = []

    /// The task that was resumed last, if it is one that was spawned; else 0.
    var runningRoot: UInt = 0
    var request = Request.done
    /// Why the task that is being resumed goes on; `nil`: it was bounced.
    var wakeup: Wakeup?
    /// Tasks that were not the one expected and go on at once, to wait in the other way: those that began inside the
    /// turn of another.
    var bounced: [UnownedJob] = []
    var lastEnqueued: UInt = 0

    init(limits: SimulationLimits) { self.limits = limits }

    /// Takes a task that the runtime wants to run.
    mutating func enqueue(_ job: UnownedJob) {
        lastEnqueued = Job.identity(job)
        ready.append(.job(job))
    }

    /// Takes a task that has just suspended in the ``Parking``.
    mutating func park(_ job: UnownedJob) {
        let request = request
        self.request = .done
        switch request {
        case .sleep(let deadline, let identity):
            guard Job.identity(job) == identity else {
                bounced.append(job)
                return
            }
            let timer = table.insert(.task(Job(job: job, isRoot: true)))
            if isFinished { resolve(timer, .cancelled) } else { arm(timer, at: deadline) }
        case .wait(let timer, let deadline, let identity):
            guard identity == 0 || Job.identity(job) == identity else {
                bounced.append(job)
                return
            }
            wait(timer, Job(job: job, isRoot: identity != 0), until: deadline)
        case .idle(let worker):
            worker.job = job
            if isFinished {
                ready.append(.waiter(Job(job: job, isRoot: true), .cancelled))
            } else {
                idle.append(worker)
            }
        case .done: break
        }
    }

    private mutating func wait(_ timer: Timer, _ job: Job, until deadline: VirtualTime?) {
        if case .decided(let wakeup) = table[timer] {
            _ = table.remove(timer)
            ready.append(.waiter(job, wakeup))
        } else {
            table.set(timer, .task(job))
            if isFinished {
                resolve(timer, .cancelled)
            } else if let deadline {
                arm(timer, at: deadline)
            }
        }
    }

    /// Has a worker that has nothing to do begin, if there is one.
    mutating func employ(_ work: @escaping Worker.Work) -> Bool {
        guard let worker = idle.popLast(), let job = worker.job else { return false }
        worker.work = work
        ready.append(.waiter(Job(job: job, isRoot: true), .woken))
        return true
    }

    /// Lets the workers go that have nothing to do.
    mutating func dismissIdle() {
        for worker in idle {
            if let job = worker.job { ready.append(.waiter(Job(job: job, isRoot: true), .cancelled)) }
        }
        idle = []
    }

    mutating func arm(_ timer: Timer, at time: VirtualTime) {
        if time > now {
            heap.push(.init(time: time, timer: timer))
        } else {
            ready.append(.timer(timer))
        }
        if table.count > limits.maxPending { stop(.tooManyPending(limit: limits.maxPending, at: now)) }
    }

    func isPending(_ timer: Timer) -> Bool {
        guard table.contains(timer) else { return false }
        if case .decided = table[timer] { return false }
        return true
    }

    /// Ends a timer before its time; a task that waits under that name goes on.
    mutating func resolve(_ timer: Timer, _ wakeup: Wakeup) {
        guard table.contains(timer) else { return }
        switch table[timer] {
        case .reserved: return table.set(timer, .decided(wakeup))
        case .decided: return
        case .task(let job): ready.append(.waiter(job, wakeup))
        case .action, .free: break
        }
        _ = table.remove(timer)
        if heap.count > 64, heap.count > 2 * table.count { heap.compact(keeping: table) }
    }

    mutating func stop(_ error: SimulationError) {
        if failure == nil { failure = error }
    }
}
