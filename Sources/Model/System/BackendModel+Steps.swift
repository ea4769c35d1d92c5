import Simulation
import Trace

/// The steps of an operation at work for a call, in the service's own name. Confined to the run's thread.
final class ServiceSteps: @unchecked Sendable {
    let strand: Strand
    var isOver = false
    /// Whether the deadline of the call has passed meanwhile.
    fileprivate var isLate = false
    /// What the call was lost to; none: it was not.
    fileprivate var loss = EventID.none

    init(_ strand: Strand) { self.strand = strand }
}

extension BackendModel {
    /// Whether steps follow on the backend's own work. An answer that is an error needs none.
    func hasStepsLeft(_ call: BackendCall) -> Bool {
        call.operation.program != nil && call.steps == nil && call.outcome.isSuccess
    }

    /// Runs the steps of the call's operation; its slot is held until they end.
    ///
    /// They draw by the call's identity, so the same call draws the same whatever others do. A caller that gives up
    /// does not stop them; the deadline that it has told does.
    func beginSteps(of call: BackendCall, cause: EventID) {
        guard let program = call.operation.program else { return }
        let strand = Strand(
            world: world, client: component, request: call.request, span: call.span, cause: cause, key: call.key,
            environment: Environment(slots: [Datum?](repeating: nil, count: program.slotCount)))
        strand.origin = call.origin
        strand.subject = call.subject
        strand.deadline = call.deadline
        if let subject = call.subject { strand.save(Datum(.text(subject)), in: program.keySlot) }
        let steps = ServiceSteps(strand)
        call.steps = steps
        let job = StepsJob(call: call, program: program)
        world.simulation.spawn {
            var stopped: Stopped?
            do throws(Stopped) { try await self.run(steps, job) } catch { stopped = error }
            self.endSteps(steps, of: job.call, stopped)
        }
    }

    /// Confined to the run's thread, like everything that it holds.
    private struct StepsJob: @unchecked Sendable {
        let call: BackendCall
        let program: Program
    }

    nonisolated(nonsending) private func run(_ steps: ServiceSteps, _ job: StepsJob) async throws(Stopped) {
        let strand = steps.strand
        guard let deadline = job.call.deadline else {
            _ = try await strand.run(job.program.body)
            return
        }
        let fire = { [world, component] in
            steps.isLate = true
            let event = world.record(
                .timeoutFired, .timedOut, component: component, detail: world.name("deadline"),
                request: strand.request, span: strand.span, cause: job.call.cause,
                value: deadline.nanoseconds - job.call.sent.nanoseconds)
            return Stopped(outcome: .timedOut, event: event)
        }
        let left = deadline.nanoseconds - world.now.nanoseconds
        if left <= 0 { throw fire() }
        _ = try await strand.run(for: left, fire: fire) { () async throws(Stopped) in
            try await strand.run(job.program.body)
        }
    }

    private func endSteps(_ steps: ServiceSteps, of call: BackendCall, _ stopped: Stopped?) {
        steps.isOver = true
        if world.isOver { return }
        if steps.loss != .none {
            call.outcome = .failed
            return close(call, cause: steps.loss)
        }
        if stopped != nil { call.outcome = steps.isLate ? .timedOut : .failed }
        call.influence = stopped?.event ?? steps.strand.cause
        complete(call)
    }

    /// Stops the steps of a call that is lost; it ends with them, at this moment. Returns whether there were any.
    func loseSteps(of call: BackendCall, cause: EventID) -> Bool {
        guard let steps = call.steps, !steps.isOver else { return false }
        steps.loss = cause
        steps.strand.cancel(Stopped(outcome: .cancelled, event: cause))
        return true
    }
}
