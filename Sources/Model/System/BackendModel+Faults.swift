import Scenario
import Simulation
import Trace

/// What goes wrong.
extension BackendModel {
    func begin(_ fault: Fault, _ origin: FaultState.Origin, cause: EventID = .none) {
        if faults.contains(origin) { return }
        let event = world.record(
            .faultStarted, component: component, detail: label(fault, origin), cause: cause, value: fault.size)
        var added: Sampler?
        if case .addedLatency(let latency) = fault {
            added = Sampler(latency, world.simulation.stream(name, "added latency"))
        }
        faults.begin(.init(origin: origin, fault: fault, event: event, added: added))
        if origin == .kill { loseCalls(cause: event) }
    }

    /// Ends a fault, if it has not ended yet. `cause`: what ends it before its time.
    func end(_ origin: FaultState.Origin, cause: EventID = .none) {
        guard let ended = faults.end(origin) else { return }
        let event = world.record(
            .faultEnded, component: component, detail: label(ended.fault, origin),
            cause: cause == .none ? ended.event : cause)
        if !faults.isHanging { answerHeld(cause: event) }
    }

    /// Ends the kill and every injected fault.
    func restore() {
        for fault in faults.active {
            if case .window = fault.origin { continue }
            end(fault.origin)
        }
    }

    /// Sets the timers of all fault windows, before the run.
    func scheduleWindows() { replaceWindows([], cause: nil) }

    /// Windows that did not change go on; one that did ends, and begins again if this is its time.
    ///
    /// `cause`: the change; `nil` before the run.
    func replaceWindows(_ old: [FaultWindow], cause: EventID?) {
        let new = spec.faults
        for index in 0..<max(old.count, new.count) {
            let before = index < old.count ? old[index] : nil
            let after = index < new.count ? new[index] : nil
            if before == after { continue }
            if index == windowTimers.count { windowTimers.append([]) }
            for timer in windowTimers[index] { world.simulation.cancel(timer) }
            windowTimers[index] = []
            end(.window(index), cause: cause ?? .none)
            if let after { schedule(after, .window(index), index, cause: cause) }
        }
    }

    private func schedule(_ window: FaultWindow, _ origin: FaultState.Origin, _ index: Int, cause: EventID?) {
        let from = VirtualTime.zero.advanced(by: window.from)
        let to = VirtualTime.zero.advanced(by: window.to)
        if to <= world.now { return }
        if let cause, from <= world.now {
            begin(window.fault, origin, cause: cause)
        } else {
            windowTimers[index].append(world.simulation.schedule(at: from) { self.begin(window.fault, origin) })
        }
        windowTimers[index].append(world.simulation.schedule(at: to) { self.end(origin) })
    }

    /// Everything in service or waiting is lost: it answers with an error.
    private func loseCalls(cause: EventID) {
        held = FIFO()
        var lost = serving.sorted { ($0.started, $0.cause) < ($1.started, $1.cause) }
        lost.removeAll { loseSteps(of: $0, cause: cause) }
        for call in lost {
            world.simulation.cancel(call.service)
            call.outcome = .failed
            finish(call, cause: cause)
        }
        while let call = queue.popFirst() {
            refuse(call, .refused, cause: cause)
            lost.append(call)
        }
        for call in lost { answer(call) }
    }

    private func answerHeld(cause: EventID) {
        var done: [BackendCall] = []
        while let call = held.popFirst() {
            if hasStepsLeft(call) {
                beginSteps(of: call, cause: cause)
                continue
            }
            finish(call, cause: cause)
            done.append(call)
        }
        fillSlots(cause: cause)
        for call in done { answer(call) }
    }

    private func label(_ fault: Fault, _ origin: FaultState.Origin) -> NameID {
        world.name(origin == .kill ? "kill" : fault.label)
    }
}
