import Simulation
import Trace

extension Strand {
    /// Calls a backend and waits for the answer.
    nonisolated(nonsending) func call(_ step: CallInstruction) async throws(Stopped) -> Datum {
        try check(step.arguments)
        let subject = try subject(of: step)
        try checkCancelled()
        let call = try newCall(step, key, subject)
        let wakeup = await world.simulation.wait { timer in
            waiting = timer
            call.caller = .task(timer)
            call.backend.send(call)
        }
        if case .cancelled = wakeup {
            let stopped = stop ?? Stopped(outcome: .cancelled, event: cause)
            cause = abandon(call, stopped)
            throw stopped
        }
        if let stopped = call.watch?.stop {
            cause = abandon(call, stopped)
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
        if let formula = step.subject { try key(of: formula) } else { subject }
    }

    /// Throws when it goes to a pool in which nobody is there.
    func newCall(_ step: CallInstruction, _ key: DrawKey, _ subject: String?) throws(Stopped) -> BackendCall {
        let key = key.part(step.key)
        let call: BackendCall
        switch step.target {
        case .backend(let backend, let operation): call = newCall(backend, operation, key, subject)
        case .pool(let pool, let operation):
            let (pick, event) = pool.pick(self, key, about: subject)
            guard let pick else { throw Stopped(outcome: .refused, event: event) }
            let backend = pick.server.backend
            call = newCall(backend, backend.operation(operation), key, subject)
            call.pick = pick
            call.cause = event
        }
        if !step.isRepeatable { countUnrepeatable(1) }
        if let write {
            call.write = write
            call.completesWrite = step.completesWrite
            write.sent(isLast: step.completesWrite)
        }
        if let callLimits { call.watch = CallWatch(callLimits, world) }
        return call
    }

    private func newCall(
        _ backend: BackendModel, _ operation: OperationModel, _ key: DrawKey, _ subject: String?
    ) -> BackendCall {
        let call = BackendCall(
            backend: backend, operation: operation, request: request, span: world.newSpan(), parent: span, key: key,
            origin: origin, subject: subject, sent: world.now, deadline: deadline)
        call.cause = cause
        return call
    }

    /// The caller has the answer. Returns the event that says so.
    func conclude(_ call: BackendCall, _ step: CallInstruction) -> (event: EventID, result: Result<Datum, Stopped>) {
        call.caller = .nobody
        let event = finish(call, .callFinished, call.outcome, cause: call.cause)
        let hasBegun = call.outcome != .refused && call.outcome != .rejected
        if !step.isRepeatable, !hasBegun { countUnrepeatable(-1) }
        if !hasBegun { call.write?.ruleOut() }
        call.backend.conclude(call)
        if let inside = call.steps?.strand.served { served = inside }
        if call.outcome.isSuccess { return (event, .success(call.operation.answer)) }
        return (event, .failure(Stopped(outcome: call.outcome, event: event, retryAfter: call.retryAfter)))
    }

    /// The caller waits no longer. The backend does not know. Returns the event that says so.
    func abandon(_ call: BackendCall, _ reason: Stopped) -> EventID {
        call.caller = .nobody
        call.watch?.clear()
        return finish(call, .callAbandoned, reason.outcome, cause: reason.event)
    }

    private func finish(
        _ call: BackendCall, _ kind: EventKind, _ outcome: Outcome, cause: EventID
    ) -> EventID {
        let event = world.record(
            kind, outcome, component: call.backend.component, detail: call.operation.name, request: request,
            span: call.span, parent: call.parent, cause: cause, value: nanoseconds(since: call.sent))
        if let pick = call.pick {
            pick.pool.finished(pick, outcome, took: call.sent.duration(to: world.now), cause: event)
        }
        return event
    }
}
