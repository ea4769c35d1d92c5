import Analysis
import TerminalKit
import Trace

/// Why an event happened, as short sentences: the nearest reason first.
struct EventReasons {
    let context: PanelContext

    /// At most so many, each an event of the causal chain, or a state of the system that the chain alone does not say.
    func reasons(of event: EventID, limit: Int) -> [StyledText] {
        let chain = context.index.causalChain(of: event).events
        guard let first = chain.first.flatMap({ context.trace[$0] }) else { return [] }
        var reasons: [StyledText] = []
        if let state = state(behind: first) { reasons.append(state) }
        var effect = first
        for id in chain.dropFirst() {
            guard reasons.count < limit, let cause = context.trace[id] else { break }
            // The way of one call through its backend explains itself.
            if cause.span != effect.span || !EventSentence(cause, in: context).isMinor || reasons.isEmpty && id == chain.last {
                reasons.append(sentence(for: cause, behind: effect))
            }
            effect = cause
        }
        return Array(reasons.prefix(limit))
    }

    private func state(behind event: Event) -> StyledText? {
        guard event.kind == .callQueued || event.kind == .callRejected && event.outcome == .rejected else { return nil }
        let sentence = EventSentence(event, in: context)
        guard let capacity = capacity(of: event.component, before: event) else { return nil }
        let slots = context.numbers.count(capacity)
        return sentence.filled(
            context.text(
                capacity == 1 ? "the only slot of {component} is busy" : "all \(slots) slots of {component} are busy",
                capacity == 1
                    ? "la única plaza de {component} está ocupada" : "las \(slots) plazas de {component} están ocupadas"),
            style: .text)
    }

    private func capacity(of backend: NameID, before event: Event) -> Int? {
        SystemState(context.index, at: context.trace.cursor(at: event.time)).backend(backend)?.capacity
    }

    private func sentence(for cause: Event, behind effect: Event) -> StyledText {
        let sentence = EventSentence(cause, in: context)
        let freesSlot = cause.kind == .serviceFinished && effect.kind == .serviceStarted && cause.span != effect.span
        guard freesSlot else { return sentence.text }
        return sentence.filled(
            context.text("{call} of {request} finished and freed a slot", "{call} de {request} terminó y dejó libre una plaza"),
            style: .text)
    }
}
