import Trace

extension Strand {
    /// Runs steps, and answers something else when they fail.
    nonisolated(nonsending) func fallback(_ step: FallbackInstruction) async throws(Stopped) -> Datum? {
        try await self.step(step.label) { () async throws(Stopped) in
            let before = answers
            let failure: Stopped
            do throws(Stopped) {
                let answer = try await run(step.steps)
                if case .rule(let source) = step.otherwise, let answer { source.keep(answer, for: self, client) }
                save(answer ?? .null, in: step.slot)
                return answer
            } catch {
                failure = error
            }
            switch step.otherwise {
            case .rule(let source):
                return try substitute(source, for: failure, client, answers: before, slot: step.slot)
            case .steps(let steps):
                guard canReplace(failure) else { throw failure }
                answers = before
                cause = failure.event
                record(.fallbackUsed, failure.outcome, detail: world.name("source"))
                let answer = try await run(steps)
                save(answer ?? .null, in: step.slot)
                return answer
            }
        }
    }
}
