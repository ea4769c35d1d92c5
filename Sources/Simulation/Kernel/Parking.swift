/// Where tasks wait: an actor that parks whoever enters, until the run resumes it.
///
/// Entering makes the runtime suspend the task and hand it to this executor; a plain continuation costs twice as
/// much, most of it to find the executor again when it resumes. The run later resumes the task on the simulation
/// itself. That is sound because nothing is isolated to this actor.
actor Parking: SerialExecutor {
    private nonisolated(unsafe) let state: UnsafeMutablePointer<State>

    init(_ state: UnsafeMutablePointer<State>) { self.state = state }

    nonisolated var unownedExecutor: UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    nonisolated func enqueue(_ job: consuming ExecutorJob) { state.pointee.park(UnownedJob(job)) }

    /// Suspends the calling task as ``State/request`` says. Returns as soon as it is resumed: nothing runs between.
    ///
    /// Never inlined: a body that the compiler can see through needs no actor, and it would leave out the suspension.
    @inline(never) func enter() -> Wakeup? {
        guard case .done = state.pointee.request else { preconditionFailure("a task was not suspended") }
        return state.pointee.wakeup
    }
}
