import Simulation
import Trace

extension Strand {
    /// Calls a backend and waits for the answer.
    nonisolated(nonsending) func call(_ step: CallInstruction) async throws(Stopped) -> Datum {
        let call = try prepare(step)
        do throws(Stopped) {
            try await wait { timer in
                call.caller = .task(timer)
                step.backend.send(call)
            }
        } catch {
            abandon(call, step, error)
            throw error
        }
        return try conclude(call, step)
    }

    /// Calls a backend from a branch that has no task: `onEnd` is told how it went.
    func start(_ step: CallInstruction, _ onEnd: @escaping (Result<Datum?, Stopped>) -> Void) {
        do throws(Stopped) {
            let call = try prepare(step)
            let branchCall = BranchCall(strand: self, step: step, call: call, onEnd: onEnd)
            self.branchCall = branchCall
            call.caller = .branch(branchCall)
            step.backend.send(call)
        } catch {
            onEnd(.failure(error))
        }
    }

    private func prepare(_ step: CallInstruction) throws(Stopped) -> BackendCall {
        for argument in step.arguments { _ = try value(of: argument) }
        try checkCancelled()
        let call = BackendCall(
            operation: step.operation, request: request, span: world.newSpan(), parent: span, key: key.part(step.key),
            sent: world.now)
        call.cause = cause
        return call
    }

    /// The caller has the answer.
    fileprivate func conclude(_ call: BackendCall, _ step: CallInstruction) throws(Stopped) -> Datum {
        finish(call, step, .callFinished, call.outcome, cause: call.cause)
        guard call.outcome.isSuccess else { throw Stopped(outcome: .failed, event: cause) }
        let answer = step.operation.answer
        answers.append(answer)
        save(answer, in: step.slot)
        return answer
    }

    /// The caller waits no longer. The backend does not know.
    fileprivate func abandon(_ call: BackendCall, _ step: CallInstruction, _ reason: Stopped) {
        call.caller = .nobody
        finish(call, step, .callAbandoned, .cancelled, cause: reason.event)
    }

    private func finish(
        _ call: BackendCall, _ step: CallInstruction, _ kind: EventKind, _ outcome: Outcome, cause: EventID
    ) {
        self.cause = world.record(
            kind, outcome, component: step.backend.component, detail: call.operation.name, request: request,
            span: call.span, parent: call.parent, cause: cause, value: nanoseconds(since: call.sent))
    }
}

/// The call that a branch consists of.
final class BranchCall {
    private let strand: Strand
    private let step: CallInstruction
    private let call: BackendCall
    private let onEnd: (Result<Datum?, Stopped>) -> Void

    init(
        strand: Strand, step: CallInstruction, call: BackendCall, onEnd: @escaping (Result<Datum?, Stopped>) -> Void
    ) {
        self.strand = strand
        self.step = step
        self.call = call
        self.onEnd = onEnd
    }

    /// The answer is there.
    func conclude() {
        strand.branchCall = nil
        call.caller = .nobody
        do throws(Stopped) { onEnd(.success(try strand.conclude(call, step))) } catch { onEnd(.failure(error)) }
    }

    func abandon(_ reason: Stopped) {
        strand.branchCall = nil
        strand.abandon(call, step, reason)
        onEnd(.failure(reason))
    }
}
