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
        try checkCancelled()
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
            try await sleep(latency.sample(self.key.part(key)))
            return nil
        case .repeat(let block, let times): return try await loop(block, times: times)
        }
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
            var branches: [Strand] = []
            let results = try await fanOut(block.steps.count, isDirect: block.areCalls) { index in
                let branch = self.branch()
                branches.append(branch)
                return (branch, [block.steps[index]])
            }
            for branch in branches { answers += branch.answers }
            return try bounded(.list(results))
        }
    }

    nonisolated(nonsending) private func forEach(_ loop: ForEachInstruction) async throws(Stopped) -> Datum {
        let list = try evaluate(loop.items) { formula, environment throws(Formula.Missing) in
            try formula.list(environment)
        }
        let block = loop.block
        let answer = try await step(block.label) { () async throws(Stopped) in
            let count = block.steps.isEmpty ? 0 : list.items?.count ?? 0
            let isDirect = block.steps.count == 1 && block.areCalls
            let results = try await fanOut(count, limit: loop.concurrency, isDirect: isDirect) { index in
                let branch = self.branch()
                branch.key = self.key.part(index)
                branch.environment = Environment(slots: self.environment.slots)
                branch.save(list.item(at: index) ?? .null, in: loop.itemSlot)
                return (branch, block.steps)
            }
            return try bounded(.list(results))
        }
        answers.append(answer)
        save(answer, in: loop.slot)
        return answer
    }

    /// Runs branches at the same time and returns their answers.
    nonisolated(nonsending) private func fanOut(
        _ count: Int, limit: Int = .max, isDirect: Bool,
        _ make: @escaping (Int) -> (strand: Strand, steps: [Instruction])
    ) async throws(Stopped) -> [Datum?] {
        // Each branch makes an event at the least: so many would not fit, and need not be made.
        if count > world.room { world.stopForWork() }
        try checkCancelled()
        let fork = Fork(self, count: count, limit: limit, isDirect: isDirect, make)
        try await join(fork)
        return fork.answers
    }
}
