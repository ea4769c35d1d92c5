import Scenario
import Simulation
import Trace

/// Runs the steps of a flow. The answer of each kind of step:
///
/// - `call`: what the operation returns;
/// - `sequence`, `repeat`: that of the last step that has one;
/// - `parallel`: the list of its branches' answers; `forEach`: the list of its rounds' answers;
/// - `merge`: the joined list; `cache`: what was or is now stored;
/// - `wait`, `send`, `write`, `invalidate`: none;
/// - `choose`: that of the branch taken;
/// - `guard`, `fallback`: that of their steps, or what stands in for it.
///
/// A flow's answers so far, which `merge` joins, are those of its calls, caches, fan-outs and merges; the branches of
/// `parallel` and the steps of `sequence` and `repeat` count one by one.
extension Strand {
    /// Runs steps one after another.
    nonisolated(nonsending) func run(_ steps: [Instruction]) async throws(Stopped) -> Datum? {
        var answer: Datum?
        for step in steps {
            if case .call(let step) = step {
                answer = try await call(step)
            } else {
                answer = try await run(step) ?? answer
            }
        }
        return answer
    }

    nonisolated(nonsending) func run(_ step: Instruction) async throws(Stopped) -> Datum? {
        try checkCancelled()
        switch step {
        case .call(let step): return try await call(step)
        case .send(let step):
            try send(step)
            return nil
        case .sequence(let block): return try await sequence(block)
        case .parallel(let block): return try await parallel(block)
        case .forEach(let step): return try await forEach(step)
        case .merge(let step): return try merge(step)
        case .cache(let step): return try await cached(step)
        case .write(let step):
            try await write(step)
            return nil
        case .invalidate(let step):
            try invalidate(step)
            return nil
        case .wait(let latency, let key):
            try await sleep(latency.sample(self.key.part(key)))
            return nil
        case .repeat(let block, let times): return try await loop(block, times: times)
        case .choose(let step): return try await choose(step)
        case .guarded(let step): return try await guarded(step)
        case .fallback(let step): return try await fallback(step)
        }
    }

    // MARK: Blocks

    /// Runs `work` inside a span of its own.
    nonisolated(nonsending) func step<Result>(
        _ label: NameID, _ work: nonisolated(nonsending) () async throws(Stopped) -> Result
    ) async throws(Stopped) -> Result {
        let outer = span
        let start = world.now
        span = world.newSpan()
        record(.stepStarted, detail: label, parent: outer)
        defer { span = outer }
        do throws(Stopped) {
            let result = try await work()
            record(.stepFinished, .ok, detail: label, parent: outer, value: nanoseconds(since: start))
            return result
        } catch {
            cause = error.event
            record(.stepFinished, error.outcomeOfWhole, detail: label, parent: outer, value: nanoseconds(since: start))
            throw error.after(cause)
        }
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
            let results: [Datum?]
            if let calls = block.calls {
                results = try await join(
                    CallFork(self, count: calls.count, limit: .max) { index throws(Stopped) in
                        try self.check(calls[index].arguments)
                        return (calls[index], self.key, try self.subject(of: calls[index]))
                    })
                answers.append(contentsOf: results.lazy.map { $0 ?? .null })
                for (call, answer) in zip(calls, results) { save(answer ?? .null, in: call.slot) }
            } else {
                let branches = block.steps.map { _ in branch() }
                results = try await join(
                    StrandFork(self, count: branches.count, limit: .max) { (branches[$0], [block.steps[$0]]) })
                for branch in branches { answers += branch.answers }
            }
            return try bounded(.list(results))
        }
    }

    nonisolated(nonsending) private func forEach(_ loop: ForEachInstruction) async throws(Stopped) -> Datum {
        let list = try evaluate(loop.items) { formula, environment throws(Formula.Missing) in
            try formula.list(environment)
        }
        let answer = try await step(loop.block.label) { () async throws(Stopped) in
            try bounded(.list(try await join(fork(loop, over: list))))
        }
        answers.append(answer)
        save(answer, in: loop.slot)
        return answer
    }

    /// The rounds of a fan-out; what they save is theirs alone.
    private func fork(_ loop: ForEachInstruction, over list: Datum) -> Fork {
        let block = loop.block
        let count = block.steps.isEmpty ? 0 : list.items?.count ?? 0
        let round = { (index: Int) in
            let branch = self.branch()
            branch.key = self.key.part(index)
            branch.environment = Environment(slots: self.environment.slots)
            branch.save(list.item(at: index) ?? .null, in: loop.itemSlot)
            return branch
        }
        guard let calls = block.calls, calls.count == 1 else {
            return StrandFork(self, count: count, limit: loop.concurrency) { (round($0), block.steps) }
        }
        return CallFork(self, count: count, limit: loop.concurrency) { index throws(Stopped) in
            guard calls[0].isMadeOfData else { return (calls[0], self.key.part(index), self.subject) }
            let branch = round(index)
            try branch.check(calls[0].arguments)
            return (calls[0], self.key.part(index), try branch.subject(of: calls[0]))
        }
    }
}
