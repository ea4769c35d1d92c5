import Analysis
import TerminalKit
import Trace

/// What takes a row of a sequence diagram: something is said, or the client's own state changes.
struct SequenceItem: Hashable {
    enum Kind: UInt8, Hashable {
        /// A call leaves the client. With ``bend`` it is still under way at the end of the row.
        case send
        /// A call that took longer than a row reaches its backend.
        case arrive
        /// An answer that will take longer than a row leaves its backend.
        case leave
        case answer
        /// A call that is turned away in the instant in which it is sent.
        case refusal
        /// The client stops waiting.
        case abandon
        /// The backend answers a client that no longer waits.
        case lateAnswer
        /// The backend drops a call unserved: its deadline has passed.
        case dropped
        case lookup
        /// The cache's answer; with ``isInstant`` in the row of the question.
        case cacheAnswer
        case store
        case invalidate
        /// A cache begins something that nobody waits for.
        case background
        case wait
        /// The client lacks data that no answer holds.
        case missing
        /// A policy says no: nothing is sent.
        case turnedAway
        /// A policy makes it wait, before anything is sent.
        case held
        /// An answer is made up.
        case fallback
        /// Something goes wrong with a backend, or is right again.
        case faultStart, faultEnd
        /// The request ends; left out where something else is said at that moment.
        case end
    }

    var kind: Kind
    var time: VirtualTime
    /// The row is drawn once this has happened.
    var event: EventID
    /// The backend or cache.
    var component: NameID = .none
    /// The cache that says it in the background; none: the client does.
    var origin: NameID = .none
    var label: NameID = .none
    var outcome = Outcome.none
    /// Latency, length or time to live, in nanoseconds.
    var elapsed: Int64 = 0
    var span: SpanID = .none
    var bend = false
    /// Why a call is sent again: it is ``Mark/retried`` or ``Mark/hedged``.
    var repetition: Mark?
    var isInstant = false
    /// The call, or the wait that ends here, never reached its backend.
    var isLost = false
    /// For a miss: an expired entry was found.
    var isExpired = false

    /// Whether its text can only stand to the right of where its arrow ends.
    var standsBeside: Bool {
        switch kind {
        case .refusal, .store, .invalidate, .background, .faultStart, .faultEnd, .dropped: true
        case .cacheAnswer: isInstant
        default: false
        }
    }

    /// What several items must have in common to be drawn as one.
    struct GroupKey: Hashable {
        var kind: Kind
        var component: NameID
        var origin: NameID
        var label: NameID
        var outcome: Outcome
        var bend: Bool
        var repetition: Mark?
        var isLost: Bool
    }

    var groupKey: GroupKey {
        GroupKey(
            kind: kind, component: component, origin: origin, label: label, outcome: outcome, bend: bend,
            repetition: repetition, isLost: isLost)
    }

    /// Whether it concerns the client alone, on whose lifeline it stands.
    var isOfClient: Bool {
        switch kind {
        case .end, .wait, .missing, .turnedAway, .held, .fallback: true
        default: false
        }
    }
}

/// Gathers the items of a request, in the order in which they happen.
struct SequenceItems {
    private(set) var items: [SequenceItem] = []
    /// The longest time that a call or answer of these is on the network, in nanoseconds.
    private(set) var longestHop: Int64 = 0
    /// Calls that take this long on the network or longer get rows of their own for leaving and arriving.
    private let bendFrom: Int64
    private let trace: Trace
    private let index: TraceIndex

    /// - Parameter bendFrom: nanoseconds in a row.
    init(_ spans: [TraceSpan], _ request: RequestInfo, in index: TraceIndex, bendFrom: Int64) {
        self.bendFrom = bendFrom
        trace = index.trace
        self.index = index
        for span in spans {
            switch span.kind {
            case .call where index.caller(of: span) != request.client: addBackgroundCall(span)
            case .call: addCall(span)
            case .cacheLookup: addLookup(span)
            case .wait:
                add(.wait, span.opened, span, elapsed: span.planned)
            case .background: add(.background, span.opened, span)
            case .request, .step, .guard, .attempt, .copy: break
            }
        }
        addMoments(of: request, in: index)
        addFaults(during: request, in: index)
        items.sort { $0.event < $1.event }
        guard let end = request.end, items.last?.time != end else { return }
        items.append(
            SequenceItem(
                kind: .end, time: end, event: request.endEvent, outcome: request.outcome, elapsed: request.latency ?? 0,
                span: request.root))
        items.sort { $0.event < $1.event }
    }

    private mutating func addFaults(during request: RequestInfo, in index: TraceIndex) {
        let met = Set(items.map(\.component))
        let last = items.last?.event ?? request.startEvent
        for id in index.happenings where id > request.startEvent && id < last {
            guard let event = trace[id], event.kind == .faultStarted || event.kind == .faultEnded else { continue }
            guard met.contains(event.component) else { continue }
            items.append(
                SequenceItem(
                    kind: event.kind == .faultStarted ? .faultStart : .faultEnd, time: event.time, event: id,
                    component: event.component, label: event.detail))
        }
    }

    private mutating func add(
        _ kind: SequenceItem.Kind, _ moment: TraceSpan.Moment, _ span: TraceSpan, outcome: Outcome = .none,
        elapsed: Int64 = 0, bend: Bool = false, repetition: Mark? = nil, isLost: Bool = false
    ) {
        items.append(
            SequenceItem(
                kind: kind, time: moment.time, event: moment.event, component: span.component, label: span.detail,
                outcome: outcome, elapsed: elapsed, span: span.id, bend: bend, repetition: repetition,
                isLost: isLost))
    }

    private mutating func addCall(_ span: TraceSpan) {
        let reached = span.arrival ?? span.rejection
        let isSlowThere = (reached?.time.nanoseconds ?? .max) - span.start.nanoseconds >= bendFrom
        let bendsThere = isSlowThere && (reached != nil || span.planned >= bendFrom)
        let repetition = index.repetition(of: span)
        if let closed = span.closed, let refused = span.rejection, closed.time == span.start, refused.time == span.start
        {
            return add(.refusal, closed, span, outcome: span.outcome, repetition: repetition)
        }
        if span.isLost(in: trace) { return addLostCall(span, repetition) }
        longestHop = max(longestHop, (reached?.time.nanoseconds).map { $0 - span.start.nanoseconds } ?? span.planned)
        add(.send, span.opened, span, bend: bendsThere, repetition: repetition)
        if bendsThere, let reached { add(.arrive, reached, span) }
        guard let closed = span.closed, !span.isDetached else { return }
        let answered = span.serviceEnd ?? span.rejection
        if trace[closed.event]?.kind == .callAbandoned {
            add(.abandon, closed, span, outcome: span.outcome, elapsed: span.duration ?? 0)
            if let answered, answered.event > closed.event {
                add(.lateAnswer, answered, span, outcome: trace[answered.event]?.outcome ?? .none)
            }
            if let expiry = span.expiry { add(.dropped, expiry, span) }
            return
        }
        longestHop = max(longestHop, answered.map { closed.time.nanoseconds - $0.time.nanoseconds } ?? 0)
        let bendsBack = answered.map { closed.time.nanoseconds - $0.time.nanoseconds >= bendFrom } ?? false
        if bendsBack, let answered { add(.leave, answered, span, outcome: span.outcome) }
        add(.answer, closed, span, outcome: span.outcome, elapsed: span.duration ?? 0, bend: bendsBack)
    }

    /// A cache calls while nobody waits, or a service does: there and back, without what lies between.
    private mutating func addBackgroundCall(_ span: TraceSpan) {
        let origin = index.caller(of: span)
        add(.send, span.opened, span, isLost: span.isLost(in: trace))
        items[items.count - 1].origin = origin
        guard let closed = span.closed, !span.isDetached else { return }
        add(.answer, closed, span, outcome: span.outcome, elapsed: span.duration ?? 0)
        items[items.count - 1].origin = origin
    }

    private mutating func addLostCall(_ span: TraceSpan, _ repetition: Mark?) {
        add(.send, span.opened, span, repetition: repetition, isLost: true)
        guard let closed = span.closed, !span.isDetached else { return }
        add(.abandon, closed, span, outcome: span.outcome, elapsed: span.duration ?? 0, isLost: true)
    }

    private mutating func addLookup(_ span: TraceSpan) {
        guard let closed = span.closed, let answer = trace[closed.event] else {
            return add(.lookup, span.opened, span)
        }
        if answer.kind == .cacheAbandoned {
            add(.lookup, span.opened, span)
            return add(.abandon, closed, span, outcome: .cancelled, elapsed: span.duration ?? 0)
        }
        let isInstant = closed.time == span.start
        if !isInstant { add(.lookup, span.opened, span) }
        add(
            .cacheAnswer, closed, span, outcome: answer.kind == .cacheHit ? .ok : .failed, elapsed: span.duration ?? 0)
        items[items.count - 1].isInstant = isInstant
        items[items.count - 1].isExpired = answer.kind == .cacheMiss && answer.value == 1
    }

    /// What has no span of its own.
    private mutating func addMoments(of request: RequestInfo, in index: TraceIndex) {
        for id in index.events(of: request.id) {
            guard let event = trace[id] else { continue }
            let kind: SequenceItem.Kind? =
                switch event.kind {
                case .cacheStored: .store
                case .cacheInvalidated: .invalidate
                case .dataMissing: .missing
                case .retryScheduled where event.value > 0: .wait
                case .breakerRejected, .bulkheadRejected, .bulkheadShed, .limiterRejected: .turnedAway
                case .bulkheadQueued, .limiterDelayed: .held
                case .fallbackUsed: .fallback
                default: nil
                }
            guard let kind else { continue }
            items.append(
                SequenceItem(
                    kind: kind, time: event.time, event: id, component: event.component,
                    origin: origin(of: event, request), label: event.detail, outcome: event.outcome,
                    elapsed: event.value, span: event.span))
        }
    }

    private func origin(of event: Event, _ request: RequestInfo) -> NameID {
        let caller = index.caller(of: event)
        return caller == request.client ? .none : caller
    }
}

extension TraceSpan {
    /// Whether the network loses the call: it should have arrived in the run, and never does.
    func isLost(in trace: Trace) -> Bool {
        kind == .call && arrival == nil && rejection == nil && start.advanced(byNanoseconds: planned) < trace.end
    }
}

extension TraceIndex {
    /// Why a call is made once more: for the attempt or copy that holds it, the innermost of several.
    func repetition(of call: TraceSpan) -> Mark? {
        var parent = span(call.parent)
        while let span = parent, span.kind.isOfPolicy {
            if span.kind == .attempt, span.number > 1 { return .retried }
            if span.kind == .copy, span.number > 0 { return .hedged }
            parent = self.span(span.parent)
        }
        return nil
    }
}
