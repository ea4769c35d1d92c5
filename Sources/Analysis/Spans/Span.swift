import Trace

/// A piece of work with a start and an end: a request, a step of its flow, a call, a wait, a look in a cache, a pass
/// through a policy, an attempt of a retry, a copy of a hedge, something that a cache does in the background.
public struct Span: Hashable, Sendable, Identifiable {
    public enum Kind: UInt8, CaseIterable, Sendable {
        case request, step, call, wait, cacheLookup, `guard`, attempt, copy, background

        /// Whether it belongs to a policy, not to the flow itself.
        public var isOfPolicy: Bool { self == .guard || self == .attempt || self == .copy }

        init?(opening kind: EventKind) {
            switch kind {
            case .requestStarted: self = .request
            case .stepStarted: self = .step
            case .callSent: self = .call
            case .waitStarted: self = .wait
            case .cacheLookup: self = .cacheLookup
            case .guardStarted: self = .guard
            case .attemptStarted: self = .attempt
            case .copyStarted: self = .copy
            case .backgroundStarted: self = .background
            default: return nil
            }
        }
    }

    /// One of the moments of a call.
    public struct Moment: Hashable, Sendable {
        public var time: VirtualTime
        public var event: EventID

        public init(time: VirtualTime, event: EventID) {
            self.time = time
            self.event = event
        }
    }

    public var id: SpanID
    public var parent: SpanID
    public var request: RequestID
    public var kind: Kind
    /// The client, backend, cache, policy or layer.
    public var component: NameID
    /// The flow, the step's label, the operation, the cache key, or what is done in the background.
    public var detail: NameID
    public var opened: Moment
    /// `nil`: still open.
    public var closed: Moment?
    public var outcome: Outcome
    /// Of a call: one-way delay to the backend, -1 when it is lost on its way. Of a wait: how long it was to be. In
    /// nanoseconds, else 0.
    public var planned: Int64
    /// Of an attempt: which, from 1. Of a copy: which, from 0 for the first call. Else 0.
    public var number: Int64
    /// Of a call: whether nobody waits for its answer. What becomes of it at the backend follows its end.
    public var isDetached: Bool

    // Of a call, seen from the backend. Each is `nil` while it has not happened.
    public var arrival: Moment?
    public var queueing: Moment?
    public var rejection: Moment?
    public var serviceStart: Moment?
    public var serviceEnd: Moment?
    /// The backend drops it: nobody wants the answer any longer.
    public var expiry: Moment?

    public var start: VirtualTime { opened.time }
    public var end: VirtualTime? { closed?.time }
    public var startEvent: EventID { opened.event }
    public var endEvent: EventID { closed?.event ?? .none }
    public var arrived: VirtualTime? { arrival?.time }
    public var queued: VirtualTime? { queueing?.time }
    public var rejected: VirtualTime? { rejection?.time }
    public var serviceStarted: VirtualTime? { serviceStart?.time }
    public var serviceFinished: VirtualTime? { serviceEnd?.time }
    public var expired: VirtualTime? { expiry?.time }
    /// Whether it is a message that never arrives, as its sender's scenario has it.
    public var isLost: Bool { kind == .call && planned < 0 }
    public var isOpen: Bool { closed == nil }
    /// From start to end in nanoseconds; `nil` while it is open.
    public var duration: Int64? { end.map { $0.nanoseconds - start.nanoseconds } }

    /// The span as it is known at a cursor: what has not happened yet is `nil`, an open span has no outcome.
    ///
    /// A span that has not started yet keeps its start; ask ``Cursor/includes(_:)`` with ``startEvent``.
    public func clipped(to cursor: Cursor) -> Span {
        func known(_ moment: Moment?) -> Moment? { moment.flatMap { cursor.includes($0.event) ? $0 : nil } }
        var span = self
        span.closed = known(closed)
        if span.closed == nil { span.outcome = .none }
        span.arrival = known(arrival)
        span.queueing = known(queueing)
        span.rejection = known(rejection)
        span.serviceStart = known(serviceStart)
        span.serviceEnd = known(serviceEnd)
        span.expiry = known(expiry)
        return span
    }
}

/// The events of a span, from which ``Span`` is made when asked for: 32 bytes instead of 240.
struct SpanRecord: Sendable {
    var opened: UInt32 = 0
    var closed: UInt32 = 0
    var arrived: UInt32 = 0
    var queued: UInt32 = 0
    var rejected: UInt32 = 0
    var serviceStarted: UInt32 = 0
    var serviceFinished: UInt32 = 0
    var expired: UInt32 = 0

    /// The last event of the span, or `.max` if it never ends in the trace. Work that goes on at a backend after
    /// its caller gave up belongs to it.
    var last: UInt32 {
        if closed == 0 { return .max }
        return max(max(closed, arrived, queued), max(rejected, expired), max(serviceStarted, serviceFinished))
    }
}

/// All spans of a trace, in the order in which they start.
public struct SpanList: RandomAccessCollection, Sendable {
    let index: TraceIndex
    public var startIndex: Int { 0 }
    public var endIndex: Int { index.spanOrder.count }
    public subscript(position: Int) -> Span { index.materialise(index.spanOrder[position]) }
}

/// A request of a client.
public struct RequestInfo: Hashable, Sendable, Identifiable {
    public var id: RequestID
    public var client: NameID
    public var flow: NameID
    /// Its root span.
    public var root: SpanID
    public var start: VirtualTime
    /// `nil`: not answered when the run stopped, or not yet at the cursor.
    public var end: VirtualTime?
    public var outcome: Outcome
    public var startEvent: EventID
    public var endEvent: EventID
    /// In nanoseconds; `nil` while it is open.
    public var latency: Int64? { end.map { $0.nanoseconds - start.nanoseconds } }

    /// The request as it is known at a cursor.
    public func clipped(to cursor: Cursor) -> RequestInfo {
        guard !cursor.includes(endEvent) else { return self }
        var info = self
        info.end = nil
        info.endEvent = .none
        info.outcome = .none
        return info
    }
}
