import Scenario
import Simulation
import Trace

extension Strand {
    // MARK: Joining

    func merge(_ step: MergeInstruction) throws(Stopped) -> Datum {
        var parts: [Datum] = []
        for part in step.parts { parts.append(try value(of: part)) }
        if step.parts.isEmpty { (parts, answers) = (answers, []) }
        parts.removeAll { $0.isOmitted }
        let joined = try bounded(step.kind == .concat ? .concat(parts) : .zip(parts))
        record(.merged, .ok, detail: step.label, value: Int64(joined.items?.count ?? 0))
        answers.append(joined)
        save(joined, in: step.slot)
        return joined
    }

    /// An answer made of answers, unless it has outgrown its bounds.
    func bounded(_ answer: Datum?) throws(Stopped) -> Datum {
        if let answer { return answer }
        world.stop(.tooMuchData(limit: "\(Datum.maxItems) items or \(Datum.maxDepth) levels of lists", at: world.now))
        throw Stopped(outcome: .cancelled, event: cause)
    }

    func value(of formula: Formula) throws(Stopped) -> Datum {
        try evaluate(formula) { formula, environment throws(Formula.Missing) in try formula.evaluate(environment) }
    }

    func text(of formula: Formula) throws(Stopped) -> String {
        try evaluate(formula) { formula, environment throws(Formula.Missing) in try formula.text(environment) }
    }

    // MARK: Caches

    nonisolated(nonsending) func cached(_ step: CacheInstruction) async throws(Stopped) -> Datum {
        let key = try text(of: step.key)
        let drawKey = self.key.part(step.drawKey)
        var event = Event(
            time: world.now, kind: .cacheLookup, component: step.cache.component, detail: world.name(key),
            request: request, span: world.newSpan(), parent: span, cause: cause)
        cause = world.record(event)
        event.cause = cause
        do throws(Stopped) { try await pause(step.cache.lookupTime(drawKey)) } catch {
            event.time = world.now
            event.kind = .cacheAbandoned
            event.outcome = .cancelled
            event.cause = error.event
            cause = world.record(event)
            throw error
        }
        let (found, lookup) = step.cache.look(up: key, for: event)
        cause = lookup
        let answer: Datum
        switch found {
        case .hit(let value): answer = value
        case .miss: answer = try await fill(step, key, drawKey, event)
        }
        answers.append(answer)
        save(answer, in: step.slot)
        return answer
    }

    /// Runs the steps of a cache step and stores their answer.
    nonisolated(nonsending) private func fill(
        _ step: CacheInstruction, _ key: String, _ drawKey: DrawKey, _ lookup: Event
    ) async throws(Stopped) -> Datum {
        let answer = try await apart(step.steps) ?? .null
        try await pause(step.cache.storeTime(drawKey))
        var event = lookup
        event.cause = cause
        cause = step.cache.store(answer, under: key, ttl: step.ttl, for: event)
        return answer
    }

    /// Runs steps whose answers are not the flow's own.
    nonisolated(nonsending) private func apart(_ steps: [Instruction]) async throws(Stopped) -> Datum? {
        let before = answers
        answers = []
        defer { answers = before }
        return try await run(steps)
    }

    func invalidate(_ step: InvalidateInstruction) throws(Stopped) {
        let key = if let formula = step.key { try text(of: formula) } else { nil as String? }
        let event = Event(
            time: world.now, kind: .cacheInvalidated, component: step.cache.component,
            detail: key.map { world.name($0) } ?? .none, request: request, span: span, cause: cause)
        cause = if let key { step.cache.invalidate(key, for: event) } else { step.cache.invalidateAll(for: event) }
    }

    // MARK: Waiting

    nonisolated(nonsending) func sleep(_ nanoseconds: Int64) async throws(Stopped) {
        let wait = world.newSpan()
        let start = world.now
        record(.waitStarted, span: wait, parent: span, value: nanoseconds)
        var stopped: Stopped?
        do throws(Stopped) { try await pause(nanoseconds) } catch { stopped = error }
        if let stopped { cause = stopped.event }
        record(
            .waitFinished, stopped == nil ? .ok : .cancelled, span: wait, parent: span,
            value: self.nanoseconds(since: start))
        if let stopped { throw stopped }
    }
}

extension Datum {
    /// A list of answers; a step without one answers nothing. `nil`: too deep.
    static func list(_ answers: [Datum?]) -> Datum? {
        let depth = 1 + (answers.lazy.map { $0?.depth ?? 0 }.max() ?? 0)
        if depth > maxDepth { return nil }
        return Datum(value: .list(answers.map { $0?.value ?? .null }), depth: depth)
    }

    /// All items, one list after another; what is no list counts as one item. `nil`: too many.
    static func concat(_ parts: [Datum]) -> Datum? {
        var joined: [Value] = []
        for part in parts {
            guard let items = part.items else {
                joined.append(part.value)
                continue
            }
            if items.count > maxItems - joined.count { return nil }
            for index in 0..<items.count { joined.append(items.at(index) ?? .null) }
        }
        return Datum(value: .list(joined), depth: max(1, parts.lazy.map(\.depth).max() ?? 0))
    }

    /// The first of each, the second of each, ..., as long as the shortest. `nil`: too many, or too deep.
    static func zip(_ parts: [Datum]) -> Datum? {
        let lists = parts.map { $0.items ?? .given([$0.value]) }
        let count = lists.lazy.map(\.count).min() ?? 0
        let depth = 1 + max(1, parts.lazy.map(\.depth).max() ?? 0)
        if count > maxItems / max(parts.count, 1) || depth > maxDepth { return nil }
        let rows = (0..<count).map { row in Value.list(lists.map { $0.at(row) ?? .null }) }
        return Datum(value: .list(rows), depth: depth)
    }
}
