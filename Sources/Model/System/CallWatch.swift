import Simulation
import Trace

/// The time-outs of each call, as the policies round it set them: the shorter one counts.
struct CallLimits {
    struct Limit {
        var nanoseconds: Int64
        /// The layer that set it.
        var layer: NameID
        var detail: NameID
    }

    /// From the call's start until it has reached its backend.
    var connect: Limit?
    /// From then until its answer.
    var read: Limit?
}

/// Watches one call for its ``CallLimits``. Confined to the run's thread.
///
/// A call that takes exactly as long as it may is too late: its time-out was set first.
final class CallWatch {
    private let limits: CallLimits
    private let world: World
    private var timer = Timer.none
    /// Why the caller gave up, once it has.
    private(set) var stop: Stopped?

    init(_ limits: CallLimits, _ world: World) {
        self.limits = limits
        self.world = world
    }

    func sent(_ call: BackendCall) { set(limits.connect, call) }

    func arrived(_ call: BackendCall) {
        clear()
        if stop == nil { set(limits.read, call) }
    }

    /// The call has ended for its caller.
    func clear() { world.simulation.cancel(timer) }

    private func set(_ limit: CallLimits.Limit?, _ call: BackendCall) {
        guard let limit else { return }
        if case .nobody = call.caller { return }
        let start = call.cause
        timer = world.simulation.schedule(after: limit.nanoseconds) { self.expire(call, limit, since: start) }
    }

    private func expire(_ call: BackendCall, _ limit: CallLimits.Limit, since start: EventID) {
        let event = world.record(
            .timeoutFired, .timedOut, component: limit.layer, detail: limit.detail, request: call.request,
            span: call.parent, cause: start, value: limit.nanoseconds)
        let stop = Stopped(outcome: .timedOut, event: event)
        self.stop = stop
        switch call.caller {
        case .nobody: break
        case .task(let timer): world.simulation.wake(timer)
        case .branch(let fork, let index): fork.expire(index, stop)
        }
    }
}
