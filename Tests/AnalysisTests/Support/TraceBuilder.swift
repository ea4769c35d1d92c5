import Trace

/// Writes small traces by hand: moments in milliseconds, names as text, spans and requests numbered as they start.
struct TraceBuilder {
    private(set) var trace: Trace
    private var nextSpan: UInt32 = 1
    private var nextRequest: UInt32 = 1
    /// What each span was opened with, so that later events repeat it.
    private var opened: [SpanID: Event] = [:]
    /// Of the next span that is opened; `nil`: the event before it.
    var causeOfNext: EventID?

    init(scenario: String = "test", seed: UInt64 = 1) { trace = Trace(scenario: scenario, seed: seed) }

    mutating func declare(_ name: String, _ kind: Component.Kind) {
        trace.components.append(Component(name: trace.names.intern(name), kind: kind))
    }

    mutating func end(_ milliseconds: Double) { trace.end = .milliseconds(milliseconds) }

    @discardableResult mutating func add(
        _ milliseconds: Double, _ kind: EventKind, _ component: String = "", _ detail: String = "",
        outcome: Outcome = .none,
        request: RequestID = .none, span: SpanID = .none, parent: SpanID = .none, cause: EventID = .none,
        value: Int64 = 0
    ) -> EventID {
        trace.events.append(
            Event(
                time: .milliseconds(milliseconds), kind: kind, outcome: outcome,
                component: trace.names.intern(component),
                detail: trace.names.intern(detail), request: request, span: span, parent: parent, cause: cause,
                value: value))
        trace.end = max(trace.end, .milliseconds(milliseconds))
        return lastEvent
    }

    var lastEvent: EventID { EventID(UInt32(trace.events.count)) }

    mutating func open(
        _ milliseconds: Double, _ kind: EventKind, _ component: String, _ detail: String, in parent: SpanID = .none,
        value: Int64 = 0
    ) -> SpanID {
        var request = opened[parent]?.request ?? .none
        if kind == .requestStarted {
            request = RequestID(nextRequest)
            nextRequest += 1
        }
        let span = SpanID(nextSpan)
        nextSpan += 1
        add(
            milliseconds, kind, component, detail, request: request, span: span, parent: parent,
            cause: causeOfNext ?? lastEvent, value: value)
        causeOfNext = nil
        opened[span] = trace.events.last
        return span
    }

    /// Any later event of a span, with its component, detail, request and parent.
    @discardableResult mutating func happen(
        _ milliseconds: Double, _ kind: EventKind, _ span: SpanID, outcome: Outcome = .none, value: Int64 = 0
    ) -> EventID {
        guard let first = opened[span] else { return .none }
        trace.events.append(
            Event(
                time: .milliseconds(milliseconds), kind: kind, outcome: outcome, component: first.component,
                detail: first.detail,
                request: first.request, span: span, parent: first.parent, cause: lastEvent, value: value))
        trace.end = max(trace.end, .milliseconds(milliseconds))
        return lastEvent
    }

    mutating func close(_ milliseconds: Double, _ span: SpanID, _ outcome: Outcome = .ok) {
        guard let first = opened[span] else { return }
        let kind: EventKind =
            switch first.kind {
            case .requestStarted: .requestFinished
            case .stepStarted: .stepFinished
            case .waitStarted: .waitFinished
            case .cacheLookup: outcome == .ok ? .cacheHit : .cacheMiss
            case .guardStarted: .guardFinished
            case .attemptStarted: .attemptFinished
            case .copyStarted: .copyFinished
            default: .callFinished
            }
        let elapsed = VirtualTime.milliseconds(milliseconds).nanoseconds - first.time.nanoseconds
        happen(milliseconds, kind, span, outcome: outcome, value: elapsed)
    }

    /// An event of a layer, in the span around it.
    @discardableResult mutating func decide(
        _ milliseconds: Double, _ kind: EventKind, _ layer: String, _ detail: String = "", in span: SpanID = .none,
        outcome: Outcome = .none, value: Int64 = 0
    ) -> EventID {
        add(
            milliseconds, kind, layer, detail, outcome: outcome, request: opened[span]?.request ?? .none, span: span,
            parent: opened[span]?.parent ?? .none, cause: lastEvent, value: value)
    }

    /// A whole call without network delay or queue.
    @discardableResult mutating func call(
        _ from: Double, _ to: Double, _ backend: String, _ operation: String, in parent: SpanID, outcome: Outcome = .ok
    ) -> SpanID {
        let span = open(from, .callSent, backend, operation, in: parent)
        happen(from, .callArrived, span)
        happen(from, .serviceStarted, span, value: 1)
        happen(to, .serviceFinished, span, outcome: outcome, value: Int64((to - from) * 1e6))
        close(to, span, outcome)
        return span
    }
}

/// A seeded generator for random traces (SplitMix64, after Steele, Lea and Flood).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
