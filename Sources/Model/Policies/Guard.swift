import Trace

/// What a layer holds: the layers further in, and then the work.
struct Inside {
    let step: GuardInstruction
    /// The place of the outermost of those layers.
    let layer: Int

    nonisolated(nonsending) func run(_ strand: Strand) async throws(Stopped) -> Datum? {
        let layers = step.policy.layers
        guard layer < layers.count else { return try await strand.run(step.steps) }
        return try await layers[layer].run(strand, Inside(step: step, layer: layer + 1))
    }

    /// Whose draws those of the layer around are, for one pass of a strand.
    func key(_ strand: Strand) -> DrawKey { strand.key.part(step.key).part(layer) }
}

extension Strand {
    /// Runs steps inside a policy.
    nonisolated(nonsending) func guarded(_ step: GuardInstruction) async throws(Stopped) -> Datum? {
        let outer = span
        let start = world.now
        span = world.newSpan()
        record(.guardStarted, of: step.policy.component, detail: step.label, parent: outer, value: 0)
        defer { span = outer }
        do throws(Stopped) {
            let answer = try await Inside(step: step, layer: 0).run(self)
            record(.guardFinished, .ok, of: step.policy.component, parent: outer, value: nanoseconds(since: start))
            return answer
        } catch {
            cause = error.event
            record(
                .guardFinished, error.outcome, of: step.policy.component, parent: outer,
                value: nanoseconds(since: start))
            throw error.after(cause)
        }
    }

    /// Records an event of a policy or a layer that goes on with the strand.
    func record(
        _ kind: EventKind, _ outcome: Outcome = .none, of component: NameID, detail: NameID = .none, parent: SpanID,
        value: Int64
    ) {
        cause = world.record(
            kind, outcome, component: component, detail: detail, request: request, span: span, parent: parent,
            cause: cause, value: value)
    }
}
