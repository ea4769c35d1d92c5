import Analysis
import TerminalKit
import Trace

// The panels about policies: how each layer stands and what it has decided.

extension BreakerPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let (layers, _) = context.layers(.breaker)
        guard !layers.isEmpty else { return [context.text("There is no breaker here.", "Aquí no hay cortacircuitos.")] }
        return layers.compactMap { BreakerState(context.index, $0.id, at: context.cursor) }.flatMap { state in
            told(state, context)
        }
    }

    private func told(_ state: BreakerState, _ context: PanelContext) -> [String] {
        let words = BreakerWords(context: context.signed, state: state)
        let name = context.trace.name(state.layer)
        let measure = words.measures(width: 200).plain
        let position = Speech.unsigned(words.position.plain)
        var lines = [Speech.sentence("\(name): \(position)\(measure.isEmpty ? "" : ", \(measure)")")]
        if let left = state.timeLeft {
            let time = context.numbers.duration(left)
            lines.append(context.text("It may be half-open in \(time).", "Podrá estar semiabierto en \(time)."))
        }
        if let last = state.last {
            let why = words.reason(last, width: 200).plain
            lines.append(Speech.sentence(context.text("Why: \(why)", "Por qué: \(why)")))
        }
        let passed = context.counted(state.passed, ("let through", "let through"), ("dejada pasar", "dejadas pasar"))
        let rejected = context.counted(state.rejected, ("failed fast", "failed fast"), ("rechazada", "rechazadas"))
        lines.append("\(passed), \(rejected).")
        return lines
    }
}

extension BulkheadPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let (layers, _) = context.layers(.bulkhead)
        guard !layers.isEmpty else {
            return [context.text("There is no bulkhead here.", "Aquí no hay ningún mamparo.")]
        }
        let words = FigureWords(context: context)
        return layers.compactMap { BulkheadState(context.index, $0.id, at: context.cursor) }.map { state in
            let inside = words.share(state.inside.count, of: state.limit)
            let isFull = state.limit.map { state.inside.count >= $0 } ?? false
            let full = isFull ? context.text(", full", ", lleno") : ""
            let queue = words.share(state.queue.count, of: state.queueLimit)
            let passed = words.count(state.passed, ("let in", "let in"), ("admitida", "admitidas"))
            let refused = words.count(
                state.rejected + state.shed, ("turned away", "turned away"), ("rechazada", "rechazadas"))
            return Speech.sentence(
                context.trace.name(state.layer)
                    + context.text(
                        ": \(inside) inside\(full); queue \(queue); \(passed), \(refused)",
                        ": \(inside) dentro\(full); cola \(queue); \(passed), \(refused)"))
        }
    }
}

extension LimitsPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let (layers, _) = context.layers(.limiter)
        guard !layers.isEmpty else {
            return [context.text("There is no rate limit here.", "Aquí no hay ningún limitador.")]
        }
        let numbers = context.numbers
        return layers.compactMap { LimiterState(context.index, $0.id, at: context.cursor) }.map { state in
            let left = state.permits.map { numbers.factor(($0 * 10).rounded() / 10) }
            let most = state.capacity.map { " \(context.text("of", "de")) \(numbers.factor($0))" } ?? ""
            let permits =
                left.map { context.text("permits left: \($0)\(most); ", "permisos que quedan: \($0)\(most); ") } ?? ""
            let counts = [
                context.counted(state.passed, ("let through", "let through"), ("dejada pasar", "dejadas pasar")),
                context.counted(state.delayed, ("made to wait", "made to wait"), ("demorada", "demoradas")),
                context.counted(state.rejected, ("rejected", "rejected"), ("rechazada", "rechazadas")),
            ]
            return Speech.sentence(
                "\(context.trace.name(state.layer)): \(permits)\(counts.joined(separator: ", "))")
        }
    }
}

extension PoliciesPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let stacks = PolicyStack.all(context)
        guard !stacks.isEmpty else {
            return [context.text("There is no policy here.", "Aquí no hay ninguna política.")]
        }
        let numbers = context.numbers
        return stacks.flatMap { stack in
            let (ok, failed) = (numbers.count(stack.ok), numbers.count(stack.failed))
            let came = numbers.count(stack.state.passes)
            let head = context.text(
                "\(stack.state.name): \(came) came to it, \(ok) ended well, \(failed) did not.",
                "\(stack.state.name): le llegaron \(came); \(ok) acabaron bien, \(failed) no.")
            let layers = stack.layers.map { layer in
                let words = LayerWords(context: context.signed, layer: layer)
                let decisions = words.decisions.map { Speech.unsigned($0.long.plain) }.filter { !$0.isEmpty }
                let parts = [words.settings] + decisions
                return Speech.sentence(
                    "\(layer.state.info.name): \(parts.filter { !$0.isEmpty }.joined(separator: ", "))")
            }
            let calls = context.counted(stack.calls, ("call", "calls"), ("llamada", "llamadas"))
            let went = context.text("\(calls) went out.", stack.calls == 1 ? "Salió \(calls)." : "Salieron \(calls).")
            return [head] + layers + [went]
        }
    }
}

extension RetriesPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let lists = lists(context)
        guard !lists.isEmpty else { return [context.text("No attempt yet.", "Aún no hay intentos.")] }
        let words = RetryWords(context: context.signed)
        return lists.flatMap { list in
            let head = Speech.sentence("\(context.trace.name(list.layer.id)): \(counts(list, context))")
            // The row that the panels are about, attempt by attempt; the newest others as they ended.
            let focus = list.rows(list.focus..<min(list.count, list.focus + 1)).flatMap { row in
                [Speech.sentence("\(words.label(row, isLong: true)): \(ending(row, words, context))")]
                    + zip(row.attempts, words.details(row).rows).map { told($0, of: row, cells: $1, context) }
            }
            let others = (max(0, list.count - 6)..<list.count).filter { $0 != list.focus }.flatMap {
                list.rows($0..<$0 + 1)
            }
            return [head] + focus
                + others.map { Speech.sentence("\(words.label($0, isLong: true)): \(ending($0, words, context))") }
        }
    }

    /// `Attempt 2, after 1 s: 503 in 20 ms; wait 2 s.`
    private func told(
        _ attempt: RetryTimeline.Attempt, of row: RetryTimeline.Row, cells: [StyledText], _ context: PanelContext
    ) -> String {
        let numbers = context.numbers
        let after = numbers.duration(attempt.start.nanoseconds - row.start.nanoseconds)
        let number = numbers.count(attempt.number)
        let head = context.text("Attempt \(number), after \(after): ", "Intento \(number), a los \(after): ")
        guard let end = attempt.end else { return head + context.text("under way.", "en curso.") }
        let word = attempt.outcome.isSuccess ? context.text("ok", "bien") : context.outcomeWord(attempt.outcome)
        let length = numbers.duration(end.nanoseconds - attempt.start.nanoseconds)
        let rest = cells.dropFirst(3).map { Speech.unsigned($0.plain) }.filter { !$0.isEmpty }
        return Speech.sentence(([head + word + context.text(" in ", " en ") + length] + rest).joined(separator: "; "))
    }

    private func ending(_ row: RetryTimeline.Row, _ words: RetryWords, _ context: PanelContext) -> String {
        if case .open = row.ending { return context.text("under way", "en curso") }
        let word: String
        if case .succeeded = row.ending {
            word = context.text("ok, ", "bien, ")
        } else {
            word = context.text("failed, ", "fallida, ")
        }
        let attempts = FigureWords(context: context)
            .count(row.attempts.count, ("attempt", "attempts"), ("intento", "intentos"))
        return word + Speech.unsigned(words.ending(row).plain) + ", " + attempts
    }
}
