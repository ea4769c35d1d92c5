import Scenario
import Simulation
import Trace

/// Runs the steps of a flow. The answer of each kind of step:
///
/// - `call`: what the operation returns;
/// - `sequence`, `repeat`: that of the last step that has one;
/// - `parallel`: the list of its branches' answers; `forEach`: the list of its rounds' answers;
/// - `merge`: the joined list; `cache`: what was or is now stored;
/// - `wait`, `invalidate`: none.
///
/// A flow's answers so far, which `merge` joins, are those of its calls, caches, fan-outs and merges; the branches of
/// `parallel` and the steps of `sequence` and `repeat` count one by one.
extension Strand {
    /// Runs steps one after another.
    nonisolated(nonsending) func run(_ steps: [Instruction]) async throws(Stopped) -> Datum? {
        var answer: Datum?
        for step in steps { answer = try await run(step) ?? answer }
        return answer
    }

    nonisolated(nonsending) func run(_ step: Instruction) async throws(Stopped) -> Datum? {
        if world.isOver { throw cancellation() }
        switch step {
        case .call(let step): return try await call(step)
        case .sequence(let block): return try await sequence(block)
        case .parallel(let block): return try await parallel(block)
        case .forEach(let step): return try await forEach(step)
        case .merge(let step): return try merge(step)
        case .cache(let step): return try await cached(step)
        case .invalidate(let step):
            try invalidate(step)
            return nil
        case .wait(let latency, let key):
            try await wait(latency.sample(self.key.part(key)))
            return nil
        case .repeat(let block, let times): return try await loop(block, times: times)
        }
    }

    // MARK: Calls

    nonisolated(nonsending) private func call(_ step: CallInstruction) async throws(Stopped) -> Datum {
        for argument in step.arguments { _ = try value(of: argument) }
        if Task.isCancelled { throw cancellation() }
        let call = BackendCall(
            operation: step.operation, request: request, span: world.newSpan(), parent: span, key: key.part(step.key),
            sent: world.now)
        call.cause = cause
        let wakeup = await world.simulation.wait { timer in
            call.caller = timer
            step.backend.send(call)
        }
        guard case .woken = wakeup else {
            let stopped = cancellation()
            finish(call, .callAbandoned, .cancelled, on: step.backend, cause: stopped.event)
            throw stopped
        }
        finish(call, .callFinished, call.outcome, on: step.backend, cause: call.cause)
        guard call.outcome.isSuccess else { throw Stopped(outcome: .failed, event: cause) }
        let answer = step.operation.answer
        answers.append(answer)
        save(answer, in: step.slot)
        return answer
    }

    private func finish(
        _ call: BackendCall, _ kind: EventKind, _ outcome: Outcome, on backend: BackendModel, cause: EventID
    ) {
        self.cause = world.record(
            kind, outcome, component: backend.component, detail: call.operation.name, request: request, span: call.span,
            parent: call.parent, cause: cause, value: nanoseconds(since: call.sent))
    }

    // MARK: Blocks

    /// Runs `work` inside a span of its own.
    nonisolated(nonsending) private func step<Result>(
        _ label: NameID, _ work: nonisolated(nonsending) () async throws(Stopped) -> Result
    ) async throws(Stopped) -> Result {
        let outer = span
        let start = world.now
        span = world.newSpan()
        record(.stepStarted, detail: label, parent: outer)
        let outcome: Outcome
        let result: Swift.Result<Result, Stopped>
        do {
            result = .success(try await work())
            outcome = .ok
        } catch {
            result = .failure(error)
            outcome = error.outcome
            cause = error.event
        }
        record(.stepFinished, outcome, detail: label, parent: outer, value: nanoseconds(since: start))
        span = outer
        if case .failure(let stopped) = result { throw Stopped(outcome: stopped.outcome, event: cause) }
        return try result.get()
    }

    nonisolated(nonsending) private func sequence(_ block: Block) async throws(Stopped) -> Datum? {
        try await step(block.label) { () async throws(Stopped) in try await run(block.steps) }
    }

    nonisolated(nonsending) private func loop(_ block: Block, times: Int) async throws(Stopped) -> Datum? {
        let outer = key
        defer { key = outer }
        return try await step(block.label) { () async throws(Stopped) in
            var answer: Datum?
            for round in 0..<max(times, 0) {
                key = outer.part(round)
                answer = try await run(block.steps) ?? answer
            }
            return answer
        }
    }

    nonisolated(nonsending) private func parallel(_ block: Block) async throws(Stopped) -> Datum {
        try await step(block.label) { () async throws(Stopped) in
            let branching = newBranching()
            let branches = block.steps.map { _ in branch(branching) }
            let results = try await fanOut(branches.count, limit: .max, branching) { index in
                (branches[index], [block.steps[index]])
            }
            for branch in branches { answers += branch.answers }
            return try bounded(.list(results))
        }
    }

    nonisolated(nonsending) private func forEach(_ loop: ForEachInstruction) async throws(Stopped) -> Datum {
        let list = try evaluate(loop.items) { formula, environment throws(Formula.Missing) in
            try formula.list(environment)
        }
        let answer = try await step(loop.block.label) { () async throws(Stopped) in
            let branching = newBranching()
            let count = loop.block.steps.isEmpty ? 0 : (list.items?.count ?? 0)
            let results = try await fanOut(count, limit: loop.concurrency, branching) { index in
                let environment = Environment(slots: environment.slots)
                environment.slots[loop.itemSlot] = list.item(at: index)
                return (branch(branching, key: key.part(index), environment: environment), loop.block.steps)
            }
            return try bounded(.list(results))
        }
        answers.append(answer)
        save(answer, in: loop.slot)
        return answer
    }
}
