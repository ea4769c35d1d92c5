import Scenario
import Simulation
import Trace

extension Strand {
    // MARK: Joining

    func merge(_ step: MergeInstruction) throws(Stopped) -> Datum {
        var parts: [Datum] = []
        for part in step.parts { parts.append(try value(of: part)) }
        if step.parts.isEmpty { (parts, answers) = (answers, []) }
        if parts.contains(where: \.isOmitted) { parts.removeAll { $0.isOmitted } }
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

    func key(of formula: Formula) throws(Stopped) -> String {
        try evaluate(formula) { formula, environment throws(Formula.Missing) in try formula.key(environment) }
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
            if case .given(let values) = items {
                joined += values
            } else {
                for index in 0..<items.count { joined.append(items.at(index) ?? .null) }
            }
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
