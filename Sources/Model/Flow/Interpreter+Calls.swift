import Simulation
import Trace

extension Strand {
    /// Calls a backend and waits for the answer.
    nonisolated(nonsending) func call(_ step: CallInstruction) async throws(Stopped) -> Datum {
        try check(step.arguments)
        let subject = try subject(of: step)
        try checkCancelled()
        let call = newCall(step, key, subject)
        let wakeup = await world.simulation.wait { timer in
            waiting = timer
            call.caller = .task(timer)
            step.backend.send(call)
        }
        if case .cancelled = wakeup {
            let stopped = stop ?? Stopped(outcome: .cancelled, event: cause)
            cause = abandon(call, step, stopped)
            throw stopped
        }
        if let stopped = call.watch?.stop {
            cause = abandon(call, step, stopped)
            throw stopped
        }
        let result: Result<Datum, Stopped>
        (cause, result) = conclude(call, step)
        let answer = try result.get()
        answers.append(answer)
        save(answer, in: step.slot)
        return answer
    }

    /// Evaluates arguments for the sake of what could be missing.
    func check(_ arguments: [Formula]) throws(Stopped) {
        for argument in arguments { _ = try value(of: argument) }
    }

    /// The key that a call is about, if it is about one.
    func subject(of step: CallInstruction) throws(Stopped) -> String? {
        if let formula = step.subject { try text(of: formula) } else { subject }
    }

    func newCall(_ step: CallInstruction, _ key: DrawKey, _ subject: String?) -> BackendCall {
        let call = BackendCall(
            operation: step.operation, request: request, span: world.newSpan(), parent: span, key: key.part(step.key),
            subject: subject, sent: world.now, deadline: deadline)
        call.cause = cause
        if !step.isRepeatable { countUnrepeatable(1) }
        if let callLimits { call.watch = CallWatch(callLimits, world) }
        return call
    }

    /// The caller has the answer. Returns the event that says so.
    func conclude(_ call: BackendCall, _ step: CallInstruction) -> (event: EventID, result: Result<Datum, Stopped>) {
        call.caller = .nobody
        let event = finish(call, step, .callFinished, call.outcome, cause: call.cause)
        let hasBegun = call.outcome != .refused && call.outcome != .rejected
        if !step.isRepeatable, !hasBegun { countUnrepeatable(-1) }
        step.backend.conclude(call)
        if call.outcome.isSuccess { return (event, .success(step.operation.answer)) }
        return (event, .failure(Stopped(outcome: call.outcome, event: event, retryAfter: call.retryAfter)))
    }

    /// The caller waits no longer. The backend does not know. Returns the event that says so.
    func abandon(_ call: BackendCall, _ step: CallInstruction, _ reason: Stopped) -> EventID {
        call.caller = .nobody
        call.watch?.clear()
        return finish(call, step, .callAbandoned, reason.outcome, cause: reason.event)
    }

    private func finish(
        _ call: BackendCall, _ step: CallInstruction, _ kind: EventKind, _ outcome: Outcome, cause: EventID
    ) -> EventID {
        world.record(
            kind, outcome, component: step.backend.component, detail: call.operation.name, request: request,
            span: call.span, parent: call.parent, cause: cause, value: nanoseconds(since: call.sent))
    }
}
