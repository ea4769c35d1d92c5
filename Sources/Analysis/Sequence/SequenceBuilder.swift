import Trace

/// Gathers the messages of requests from their events.
struct SequenceBuilder {
    let index: TraceIndex
    let cursor: Cursor
    private var messages: [SequenceDiagram.Message] = []
    private var activations: [SequenceDiagram.Activation] = []
    private var from: VirtualTime?
    private var to = VirtualTime.zero

    init(index: TraceIndex, cursor: Cursor) {
        self.index = index
        self.cursor = cursor
    }

    mutating func add(_ request: RequestID) {
        guard let info = index.request(request)?.clipped(to: cursor), cursor.includes(info.startEvent) else { return }
        from = min(from ?? info.start, info.start)
        to = max(to, info.end ?? cursor.time)
        for event in index.events(of: request) {
            guard cursor.includes(event), let happened = index.trace[event] else { break }
            add(happened, event, client: info.client)
            to = max(to, happened.time)
        }
        addBreakerChanges(info)
    }

    /// A change of a breaker belongs to no request; one that a result of this request brought about is shown with it.
    private mutating func addBreakerChanges(_ info: RequestInfo) {
        let end = info.endEvent == .none ? cursor.eventCount : Int(info.endEvent.rawValue)
        for layer in index.activity.policies.layers where layer.info.kind == .breaker {
            for change in layer.breaker.changes(after: Int(info.startEvent.rawValue), through: end) {
                guard let event = index.trace[EventID(change)], index.trace[event.cause]?.request == info.id else {
                    continue
                }
                append(
                    .breakerChange, event, EventID(change), from: info.client, to: info.client, arrives: event.time)
            }
        }
    }

    func finished() -> SequenceDiagram {
        let messages = messages.sorted { $0.event < $1.event }
        let from = from ?? .zero
        var seen = Set<NameID>()
        var participants: [NameID] = []
        let clients = activations.filter { $0.kind == .request }.map(\.participant)
        for name in clients + messages.flatMap({ [$0.from, $0.to] }) where seen.insert(name).inserted {
            participants.append(name)
        }
        let end = max(from, to)
        return SequenceDiagram(
            participants: participants, messages: messages,
            activations: activations.sorted { ($0.from, $0.span) < ($1.from, $1.span) },
            notes: self.from == nil ? [] : notes(from: from, to: end, participants: seen), from: from, to: end)
    }

    private mutating func add(_ event: Event, _ id: EventID, client: NameID) {
        let whole = index.span(event.span)
        let span = whole?.clipped(to: cursor)
        let caller = whole == nil ? client : index.caller(of: event)
        switch event.kind {
        case .requestStarted:
            if let span { activate(span, span.component, .request, span.start, span.end) }
        case .callSent:
            append(
                whole?.isDetached == true ? .send : .call, event, id, from: caller, to: event.component,
                arrives: span?.arrived ?? span?.rejected)
            messages[messages.count - 1].isLost = whole?.isLost == true
            if let span { addBackendWork(span) }
        case .callRejected where whole?.isDetached == true, .serviceFinished where whole?.isDetached == true: break
        case .callRejected:
            addAnswer(event, id, span, caller, outcome: event.outcome == .none ? .rejected : event.outcome)
        case .serviceFinished: addAnswer(event, id, span, caller, outcome: event.outcome)
        case .callAbandoned, .cacheAbandoned:
            append(.abandon, event, id, from: caller, to: caller, arrives: event.time, elapsed: span?.duration)
        case .waitStarted:
            append(.wait, event, id, from: caller, to: caller, arrives: span?.end, elapsed: span?.duration)
        case .merged: append(.merge, event, id, from: caller, to: caller, arrives: event.time)
        case .branchChosen: append(.branch, event, id, from: caller, to: caller, arrives: event.time)
        case .dataMissing: append(.dataMissing, event, id, from: caller, to: caller, arrives: event.time)
        case .cacheLookup:
            append(.cacheLookup, event, id, from: caller, to: event.component, arrives: event.time)
            if let span { activate(span, span.component, .lookup, span.start, span.end) }
        case .cacheHit, .cacheMiss:
            append(
                event.kind == .cacheHit ? .cacheHit : .cacheMiss, event, id, from: event.component, to: caller,
                arrives: event.time, elapsed: span?.duration)
        case .cacheStored: append(.cacheStore, event, id, from: caller, to: event.component, arrives: event.time)
        case .cacheWritten: append(.cacheWrite, event, id, from: caller, to: event.component, arrives: event.time)
        case .cacheInvalidated:
            append(.cacheInvalidate, event, id, from: caller, to: event.component, arrives: event.time)
        case .cacheStaleServed, .cacheExpiredServed:
            if let hit = messages.lastIndex(where: { $0.kind == .cacheHit && $0.span == event.span }) {
                messages[hit].isStale = true
            }
        case .backgroundStarted:
            if let span { activate(span, span.component, .background, span.start, span.end) }
        case .callExpired:
            append(.drop, event, id, from: event.component, to: event.component, arrives: event.time)
        default: addDecision(event, id, caller)
        }
    }

    /// What a policy, a pool or a cache decides, said by the caller to itself.
    private mutating func addDecision(_ event: Event, _ id: EventID, _ caller: NameID) {
        let kind: SequenceDiagram.Message.Kind
        var elapsed: Int64?
        var arrives = event.time
        switch event.kind {
        case .retryScheduled: (kind, elapsed) = (.backoff, event.value)
        case .limiterDelayed: (kind, elapsed) = (.held, event.value)
        case .timeoutFired: (kind, elapsed) = (.timeout, event.value)
        case .retryGivenUp: kind = .giveUp
        case .breakerRejected, .bulkheadRejected, .bulkheadShed, .limiterRejected, .balancerRefused:
            kind = .turnedAway
        case .bulkheadQueued, .cacheJoined: kind = .held
        case .copyStarted where event.value > 0: kind = .copy
        case .fallbackUsed:
            kind = .fallback
            if event.value > 0 { elapsed = event.value }
        default: return
        }
        if kind == .backoff || kind == .held { arrives = event.time.advanced(byNanoseconds: max(0, elapsed ?? 0)) }
        append(
            kind, event, id, from: caller, to: caller, arrives: arrives <= cursor.time ? arrives : nil,
            elapsed: elapsed)
    }

    private mutating func addBackendWork(_ span: Span) {
        if let queued = span.queued {
            activate(span, span.component, .queued, queued, span.serviceStarted ?? span.rejected ?? span.expired)
        }
        if let started = span.serviceStarted { activate(span, span.component, .service, started, span.serviceFinished) }
    }

    private mutating func addAnswer(_ event: Event, _ id: EventID, _ span: Span?, _ caller: NameID, outcome: Outcome) {
        let abandoned = span?.closed.flatMap { index.trace[$0.event]?.kind } == .callAbandoned
        let arrives = abandoned ? nil : span?.end
        append(
            .answer, event, id, from: event.component, to: caller, arrives: arrives, outcome: outcome,
            elapsed: arrives.flatMap { arrives in span.map { arrives.nanoseconds - $0.start.nanoseconds } },
            isLate: abandoned)
    }

    private mutating func append(
        _ kind: SequenceDiagram.Message.Kind, _ event: Event, _ id: EventID, from: NameID, to: NameID,
        arrives: VirtualTime?, outcome: Outcome? = nil, elapsed: Int64? = nil, isLate: Bool = false
    ) {
        messages.append(
            SequenceDiagram.Message(
                kind: kind, from: from, to: to, label: event.detail, sent: event.time, arrives: arrives,
                outcome: outcome ?? event.outcome, request: event.request, span: event.span, event: id,
                isLate: isLate, elapsed: elapsed))
    }

    private mutating func activate(
        _ span: Span, _ participant: NameID, _ kind: SequenceDiagram.Activation.Kind, _ from: VirtualTime,
        _ to: VirtualTime?
    ) {
        activations.append(
            SequenceDiagram.Activation(
                participant: participant, kind: kind, from: from, to: to, span: span.id, request: span.request))
    }

    private func notes(from: VirtualTime, to: VirtualTime, participants: Set<NameID>) -> [SequenceDiagram.Note] {
        index.happenings.compactMap { event in
            guard cursor.includes(event), let note = index.trace[event], note.time >= from, note.time <= to else {
                return nil
            }
            guard note.component == .none || participants.contains(note.component) else { return nil }
            return SequenceDiagram.Note(time: note.time, event: event, participant: note.component)
        }
    }
}
