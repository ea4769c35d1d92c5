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
    struct Request {
        var timer: Timer
        var deadline: VirtualTime?
        /// The identity of the task that may be parked; 0: any.
        var onlyTask: UInt
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

    /// The task that was resumed last, if it is one that was spawned; else 0.
    var runningRoot: UInt = 0
    var request = Request(timer: .none, deadline: nil, onlyTask: 0)
    /// Why the task that is being resumed goes on; `nil`: it was bounced.
    var wakeup: Wakeup?
    /// A task that was not the one expected and goes on at once, to wait in the other way.
    var bounced: UnownedJob?
    var lastEnqueued: UInt = 0

    init(limits: SimulationLimits) { self.limits = limits }

    /// Takes a task that the runtime wants to run.
    mutating func enqueue(_ job: UnownedJob) {
        lastEnqueued = Job.identity(job)
        ready.append(.job(job))
    }

    /// Takes a task that has just suspended in the ``Parking``.
    mutating func park(_ unowned: UnownedJob) {
        let identity = Job.identity(unowned)
        guard request.onlyTask == 0 || request.onlyTask == identity else { return bounced = unowned }
        let job = Job(job: unowned, isRoot: request.onlyTask != 0)
        let timer = request.timer
        if case .decided(let wakeup) = table[timer] {
            _ = table.remove(timer)
            ready.append(.waiter(job, wakeup))
        } else {
            table.set(timer, .task(job))
            if isFinished {
                resolve(timer, .cancelled)
            } else if let deadline = request.deadline {
                arm(timer, at: deadline)
            }
        }
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
