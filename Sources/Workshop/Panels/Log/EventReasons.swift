import Analysis
import TerminalKit
import Trace

/// Why an event happened, as short sentences: the nearest reason first.
struct EventReasons {
    let context: PanelContext
    var isShort = false

    /// How far back the chain is followed: in a closed loop it reaches to the start of the run.
    private static let longestWalk = 64

    /// At most so many, each an event of the causal chain, or a state of the system that the chain alone does not say.
    func reasons(of event: EventID, limit: Int) -> [StyledText] {
        guard let first = context.trace[event] else { return [] }
        var reasons: [StyledText] = []
        if let state = state(behind: first, event) { reasons.append(state) }
        var effect = first
        var id = event
        for _ in 0..<Self.longestWalk {
            guard reasons.count < limit, effect.cause < id, let cause = context.trace[effect.cause] else { break }
            // The way of one call through its backend explains itself; what only passes a failure on has a cause to
            // tell of it.
            let isMinor = EventSentence(cause, in: context, isShort: isShort).isMinor
            let passesOn = cause.kind.closesSpan && EventSentence.mark(cause.outcome) != .ok && cause.outcome != .none
            if !isMinor || cause.span != effect.span && !passesOn {
                reasons.append(sentence(for: cause, behind: effect))
                let isDecision = cause.kind == .balancerPicked || cause.kind == .healthChecked
                if isDecision, let why = state(behind: cause, effect.cause) { reasons.append(why) }
            }
            (id, effect) = (effect.cause, cause)
        }
        return Array(reasons.prefix(limit))
    }

    /// What the event that is its cause does not say.
    private func state(behind event: Event, _ id: EventID) -> StyledText? {
        switch event.kind {
        case .timeoutFired: progress(of: event)
        case .callQueued: fullness(behind: event)
        case .callRejected where event.outcome == .rejected: fullness(behind: event)
        case .cacheMiss: absence(of: event, id)
        case .cacheHit: presence(of: event, id)
        case .cacheEvicted: eviction(of: event)
        case .cacheJoined: load(behind: event)
        case .cacheExpiredServed: permission(toServe: event, id)
        case .cacheStaleServed: overwriting(of: event, id)
        case .cacheLost: writing(of: event, id)
        case .balancerPicked: choice(of: event, id)
        case .balancerRefused: emptiness(of: event, id)
        case .panicStarted, .panicEnded: health(behind: event, id)
        case .keyMoved: upheaval(behind: event, id)
        case .healthChecked: fault(behind: event, id)
        default: nil
        }
    }

    private func fullness(behind event: Event) -> StyledText? {
        let sentence = EventSentence(event, in: context, isShort: isShort)
        guard let capacity = capacity(of: event.component, before: event) else { return nil }
        let slots = context.numbers.count(capacity)
        return sentence.filled(
            context.text(
                capacity == 1 ? "the only slot of {component} is busy" : "all \(slots) slots of {component} are busy",
                capacity == 1
                    ? "la única plaza de {component} está ocupada" : "las \(slots) plazas de {component} están ocupadas"
            ),
            style: .text)
    }

    /// How far the call had come when its caller stopped waiting.
    private func progress(of event: Event) -> StyledText? {
        let inner = context.index.openCall(in: event.span, at: event.time)
        guard let call = inner, let sent = context.trace[call.startEvent] else { return nil }
        let sentence = EventSentence(sent, in: context, isShort: isShort)
        let moment = event.time
        func isBy(_ time: VirtualTime?) -> Bool { time.map { $0 <= moment } ?? false }
        let (english, spanish) =
            if isBy(call.serviceFinished) || isBy(call.rejected) {
                ("the answer of {call} was on its way", "la respuesta de {call} estaba en camino")
            } else if isBy(call.serviceStarted) {
                ("{call} was still at work", "{call} seguía trabajando")
            } else if isBy(call.queued) {
                ("{call} was still in the queue", "{call} seguía en la cola")
            } else if call.isLost(in: context.trace) {
                ("{call} never arrived", "{call} no llegó nunca")
            } else {
                ("{call} was on its way", "{call} estaba en camino")
            }
        return sentence.filled(context.text(english, spanish), style: .text)
    }

    private func capacity(of backend: NameID, before event: Event) -> Int? {
        SystemState(context.index, at: context.trace.cursor(at: event.time)).backend(backend)?.capacity
    }

    private func sentence(for cause: Event, behind effect: Event) -> StyledText {
        let sentence = EventSentence(cause, in: context, isShort: isShort)
        let freesSlot = cause.kind == .serviceFinished && effect.kind == .serviceStarted && cause.span != effect.span
        guard freesSlot else { return sentence.text }
        return sentence.filled(
            context.text(
                "{call} of {request} finished and freed a slot", "{call} de {request} terminó y dejó libre una plaza"),
            style: .text)
    }
}
