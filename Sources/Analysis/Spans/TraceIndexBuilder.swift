import Trace

/// One pass over the events that finds spans and requests.
struct TraceIndexBuilder {
    private(set) var records: [SpanRecord]
    private(set) var spanOrder: [UInt32] = []
    private(set) var requestEvents: [(start: UInt32, end: UInt32)]
    private(set) var requestOrder: [UInt32] = []
    private(set) var requestStarts: [UInt32] = []
    private(set) var happenings: [EventID] = []
    private(set) var childrenOfSpan: Grouping
    private(set) var spansOfRequest: Grouping
    private(set) var eventsOfRequest: Grouping

    init(_ trace: Trace) {
        // Every span and request is opened by an event of its own, so a larger id cannot be meant.
        let limit = UInt32(clamping: trace.events.count)
        var spanLimit = 0
        var requestLimit = 0
        for event in trace.events {
            if event.span.rawValue <= limit { spanLimit = max(spanLimit, Int(event.span.rawValue)) }
            if event.request.rawValue <= limit { requestLimit = max(requestLimit, Int(event.request.rawValue)) }
        }
        records = [SpanRecord](repeating: SpanRecord(), count: spanLimit + 1)
        requestEvents = [(start: UInt32, end: UInt32)](repeating: (0, 0), count: requestLimit + 1)
        childrenOfSpan = Grouping(last: 0, items: []) { _ in 0 }
        spansOfRequest = childrenOfSpan
        eventsOfRequest = childrenOfSpan
        addEvents(of: trace, requestLimit: requestLimit, spanLimit: spanLimit)
        childrenOfSpan = Grouping(last: spanLimit, items: spanOrder) { parent(of: $0, in: trace) }
        spansOfRequest = Grouping(last: requestLimit, items: spanOrder) { span in
            let request = trace.events[Int(records[Int(span)].opened) - 1].request.rawValue
            return Int(request) <= requestLimit ? request : 0
        }
        eventsOfRequest = Grouping(last: requestLimit, items: 1..<limit + 1) { event in
            let request = trace.events[Int(event) - 1].request.rawValue
            return Int(request) <= requestLimit ? request : 0
        }
    }

    /// A parent starts before its children: otherwise a walk down the tree might never end.
    private func parent(of span: UInt32, in trace: Trace) -> UInt32 {
        let opened = records[Int(span)].opened
        let parent = trace.events[Int(opened) - 1].parent.rawValue
        guard Int(parent) < records.count, records[Int(parent)].opened < opened else { return 0 }
        return records[Int(parent)].opened == 0 ? 0 : parent
    }

    private mutating func addEvents(of trace: Trace, requestLimit: Int, spanLimit: Int) {
        for (position, event) in trace.events.enumerated() {
            let id = UInt32(position + 1)
            // A setting changes with the parameter that is there already.
            let isAtStart = event.kind == .capacityChanged || event.kind == .serverJoined
            let isSetUp = isAtStart && event.time == .zero || event.kind.isSetting
            if event.kind.isDoneToSystem, !isSetUp { happenings.append(EventID(id)) }
            let request = Int(event.request.rawValue)
            if request != 0, request <= requestLimit { addRequestEvent(event.kind, id: id, request: request) }
            let span = Int(event.span.rawValue)
            if span != 0, span <= spanLimit { addSpanEvent(event.kind, id: id, span: span) }
        }
    }

    private mutating func addRequestEvent(_ kind: EventKind, id: UInt32, request: Int) {
        switch kind {
        case .requestStarted where requestEvents[request].start == 0:
            requestEvents[request].start = id
            requestOrder.append(UInt32(request))
            requestStarts.append(id)
        case .requestFinished where requestEvents[request].start != 0 && requestEvents[request].end == 0:
            requestEvents[request].end = id
        default: break
        }
    }

    private mutating func addSpanEvent(_ kind: EventKind, id: UInt32, span: Int) {
        if kind.opensSpan, records[span].opened == 0 {
            records[span].opened = id
            spanOrder.append(UInt32(span))
        }
        guard records[span].opened != 0 else { return }
        if kind.closesSpan, records[span].closed == 0 { records[span].closed = id }
        switch kind {
        case .callArrived where records[span].arrived == 0: records[span].arrived = id
        case .callQueued where records[span].queued == 0: records[span].queued = id
        case .callRejected where records[span].rejected == 0: records[span].rejected = id
        case .serviceStarted where records[span].serviceStarted == 0: records[span].serviceStarted = id
        case .serviceFinished where records[span].serviceFinished == 0: records[span].serviceFinished = id
        case .callExpired where records[span].expired == 0: records[span].expired = id
        default: break
        }
    }
}
