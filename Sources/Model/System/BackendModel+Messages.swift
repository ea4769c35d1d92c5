import Simulation
import Trace

// What the backend is sent without an answer being waited for, and what it only writes down.
extension BackendModel {
    /// Sends a call that nobody waits for, or that is lost on its way. Returns the event with which the caller goes on.
    func post(_ call: BackendCall, isLost: Bool) -> EventID {
        if let row = call.operation.row { call.version = rows.version(for: row, call.request) }
        let delay = isLost ? -1 : hopThere.sample(call.key)
        call.cause = record(.callSent, call, cause: call.cause, value: delay)
        let event = record(.callDetached, call, isLost ? .reset : .ok, cause: call.cause, value: 0)
        if isLost { call.settleWrite(isDone: false) }
        if delay == 0 { arrive(call) }
        if delay > 0 { world.simulation.schedule(after: delay) { self.arrive(call) } }
        return event
    }

    /// Records how far the clock is ahead.
    func announceClock(cause: EventID = .none) {
        world.record(.clockSet, component: component, cause: cause, value: spec.clock.wholeNanoseconds)
    }
}
