import Trace

/// A trace made ready for questions: built once in O(n), every question then O(log n + answer).
///
/// What only some questions need, the groups of ``TraceIndex/childrenOfSpan`` and the like, is built for the first of
/// them: most runs of a lesson, and all of a sweep, are asked for figures alone.
///
/// Events that contradict the vocabulary (a span closed twice, an id beyond the number of events) are passed over,
/// so that a trace from a file can never stop a view.
public final class TraceIndex: Sendable {
    public let trace: Trace
    let records: [SpanRecord]
    /// The ids of all spans in the order in which they start.
    let spanOrder: [UInt32]
    let requestEvents: [(start: UInt32, end: UInt32)]
    /// The ids of all requests in the order in which they start.
    let requestOrder: [UInt32]
    /// The events that start requests, ascending; parallel to ``requestOrder``.
    let requestStarts: [UInt32]
    /// What was done to the system: faults, parameters, marks, caches that lose their memory, and after the start
    /// slots, users and the servers of a pool. In order.
    public let happenings: [EventID]
    let activity: Activity
    private let knownChildren = Once<Grouping>()
    private let knownSpans = Once<Grouping>()
    private let knownEvents = Once<Grouping>()
    private let knownCheckpoints = Once<OpenSpanCheckpoints>()

    public init(_ trace: Trace) {
        let builder = TraceIndexBuilder(trace)
        self.trace = trace
        records = builder.records
        spanOrder = builder.spanOrder
        requestEvents = builder.requestEvents
        requestOrder = builder.requestOrder
        requestStarts = builder.requestStarts
        happenings = builder.happenings
        activity = Activity(trace: trace, records: builder.records)
    }

    // MARK: Spans

    public var spans: SpanList { SpanList(index: self) }

    /// The span with that id; `nil` if it never starts.
    public func span(_ id: SpanID) -> Span? {
        Int(id.rawValue) < records.count && records[Int(id.rawValue)].opened != 0 ? materialise(id.rawValue) : nil
    }

    /// The spans that a span holds, in the order in which they start.
    public func children(of id: SpanID) -> [Span] {
        id == .none ? [] : childrenOfSpan[id.rawValue].map(materialise)
    }

    /// All spans of a request, in the order in which they start: the root first.
    public func spans(of request: RequestID) -> [Span] {
        request == .none ? [] : spansOfRequest[request.rawValue].map(materialise)
    }

    /// The span of a request that holds all its others.
    public func root(of request: RequestID) -> Span? { self.request(request).flatMap { span($0.root) } }

    /// The spans that have started and not ended, the longest open first. Calls whose caller gave up count until
    /// the backend is done with them.
    public func openSpans(at cursor: Cursor) -> [Span] {
        openSpanCheckpoints.open(at: cursor.eventCount, trace: trace, records: records)
            .map { materialise($0).clipped(to: cursor) }
    }

    // MARK: Requests

    public var requestCount: Int { requestOrder.count }

    /// All requests, in the order in which they start.
    public var requests: [RequestInfo] { requestOrder.compactMap { request(RequestID($0)) } }

    /// `nil` if no request with that id starts.
    public func request(_ id: RequestID) -> RequestInfo? {
        guard Int(id.rawValue) < requestEvents.count else { return nil }
        let (start, end) = requestEvents[Int(id.rawValue)]
        guard let first = trace[EventID(start)] else { return nil }
        let last = trace[EventID(end)]
        return RequestInfo(
            id: id, client: first.component, flow: first.detail, root: first.span, start: first.time, end: last?.time,
            outcome: last?.outcome ?? .none, startEvent: EventID(start), endEvent: EventID(end))
    }

    /// How many requests have started. O(log n).
    public func requestsStarted(at cursor: Cursor) -> Int {
        requestStarts.count(through: UInt32(clamping: cursor.eventCount))
    }

    /// The latest requests that have started, newest last, as known at the cursor.
    public func latestRequests(_ count: Int, at cursor: Cursor) -> [RequestInfo] {
        let started = requestsStarted(at: cursor)
        return requestOrder[max(0, started - max(0, count))..<started]
            .compactMap { request(RequestID($0))?.clipped(to: cursor) }
    }

    /// The request that views show unless another is chosen: the latest that has started.
    public func request(at cursor: Cursor) -> RequestInfo? { latestRequests(1, at: cursor).last }

    /// Requests that have started and not ended, in the order of their starts.
    public func requestsInFlight(at cursor: Cursor) -> [RequestInfo] {
        openSpans(at: cursor).filter { $0.kind == .request }.compactMap { request($0.request)?.clipped(to: cursor) }
    }

    /// Everything that happened for a request, in order.
    public func events(of request: RequestID) -> [EventID] {
        request == .none ? [] : eventsOfRequest[request.rawValue].map { EventID($0) }
    }

    func materialise(_ id: UInt32) -> Span {
        let record = records[Int(id)]
        let first = trace.events[Int(record.opened) - 1]
        func moment(_ event: UInt32) -> Span.Moment? {
            event == 0 ? nil : Span.Moment(time: trace.events[Int(event) - 1].time, event: EventID(event))
        }
        let kind = Span.Kind(opening: first.kind) ?? .step
        return Span(
            id: SpanID(id), parent: first.parent, request: first.request, kind: kind,
            component: first.component, detail: first.detail,
            opened: Span.Moment(time: first.time, event: EventID(record.opened)), closed: moment(record.closed),
            outcome: record.closed == 0 ? .none : trace.events[Int(record.closed) - 1].outcome,
            planned: kind.isOfPolicy ? 0 : first.value, number: kind.isOfPolicy ? first.value : 0,
            isDetached: record.closed != 0 && trace.events[Int(record.closed) - 1].kind == .callDetached,
            arrival: moment(record.arrived), queueing: moment(record.queued), rejection: moment(record.rejected),
            serviceStart: moment(record.serviceStarted), serviceEnd: moment(record.serviceFinished),
            expiry: moment(record.expired))
    }
}

// Groups, each built when it is first asked for.
extension TraceIndex {
    var childrenOfSpan: Grouping {
        knownChildren.value { Grouping(last: records.count - 1, items: spanOrder, by: parent(of:)) }
    }

    var spansOfRequest: Grouping {
        knownSpans.value {
            Grouping(last: requestEvents.count - 1, items: spanOrder) { request(ofEvent: records[Int($0)].opened) }
        }
    }

    var eventsOfRequest: Grouping {
        knownEvents.value {
            let events = 1..<UInt32(clamping: trace.events.count) + 1
            return Grouping(last: requestEvents.count - 1, items: events, by: request(ofEvent:))
        }
    }

    var openSpanCheckpoints: OpenSpanCheckpoints {
        knownCheckpoints.value { OpenSpanCheckpoints(trace: trace, records: records) }
    }

    /// A parent starts before its children: otherwise a walk down the tree might never end. 0: none.
    private func parent(of span: UInt32) -> UInt32 {
        let opened = records[Int(span)].opened
        let parent = trace.events[Int(opened) - 1].parent.rawValue
        guard Int(parent) < records.count, records[Int(parent)].opened < opened else { return 0 }
        return records[Int(parent)].opened == 0 ? 0 : parent
    }

    /// The request of an event, 0 where no such request can be.
    private func request(ofEvent event: UInt32) -> UInt32 {
        let request = trace.events[Int(event) - 1].request.rawValue
        return Int(request) < requestEvents.count ? request : 0
    }
}
