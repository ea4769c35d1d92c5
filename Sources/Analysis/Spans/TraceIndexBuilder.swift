import Trace

/// One pass over the events that finds spans and requests.
struct TraceIndexBuilder {
    private(set) var records: [SpanRecord]
    private(set) var spanOrder: [UInt32] = []
    private(set) var requestEvents: [(start: UInt32, end: UInt32)]
    private(set) var requestOrder: [UInt32] = []
    private(set) var requestStarts: [UInt32] = []
    private(set) var happenings: [EventID] = []

    init(_ trace: Trace) {
        // Every span and request is opened by an event of its own, so a larger id cannot be meant.
        let limit = UInt32(clamping: trace.events.count)
        var spanLimit = 0
        var requestLimit = 0
        for event in trace.events {
            if event.span.rawValue <= limit { spanLimit = max(spanLimit, Int(event.span.rawValue)) }
            if event.request.rawValue <= limit { requestLimit = max(requestLimit, Int(event.request.rawValue)) }
        }
        records = []
        requestEvents = [(start: UInt32, end: UInt32)](repeating: (0, 0), count: requestLimit + 1)
        addEvents(of: trace, requestLimit: requestLimit, spanLimit: spanLimit)
    }

    private mutating func addEvents(of trace: Trace, requestLimit: Int, spanLimit: Int) {
        var found = [SpanRecord](repeating: SpanRecord(), count: spanLimit + 1)
        var records = found.mutableSpan
        let events = trace.events.span
        for position in events.indices {
            let event = events[position]
            let id = UInt32(position + 1)
            // A setting changes with the parameter that is there already.
            let isAtStart = event.kind == .capacityChanged || event.kind == .serverJoined
            let isSetUp = isAtStart && event.time == .zero || event.kind.isSetting
            if event.kind.isDoneToSystem, !isSetUp { happenings.append(EventID(id)) }
            let request = Int(event.request.rawValue)
            if request != 0, request <= requestLimit {
                switch event.kind {
                case .requestStarted where requestEvents[request].start == 0:
                    requestEvents[request].start = id
                    requestOrder.append(UInt32(request))
                    requestStarts.append(id)
                case .requestFinished where requestEvents[request].start != 0 && requestEvents[request].end == 0:
                    requestEvents[request].end = id
                default: break
                }
            }
            let span = Int(event.span.rawValue)
            if span != 0, span <= spanLimit, records[span].add(event.kind, id: id) { spanOrder.append(UInt32(span)) }
        }
        self.records = found
    }
}

extension SpanRecord {
    /// Notes an event of the span; one that is not the first of its kind is passed over. Returns whether it opens it.
    fileprivate mutating func add(_ kind: EventKind, id: UInt32) -> Bool {
        if opened == 0 {
            guard kind.opensSpan else { return false }
            opened = id
            return true
        }
        switch kind {
        case .callArrived where arrived == 0: arrived = id
        case .callQueued where queued == 0: queued = id
        case .callRejected where rejected == 0: rejected = id
        case .serviceStarted where serviceStarted == 0: serviceStarted = id
        case .serviceFinished where serviceFinished == 0: serviceFinished = id
        case .callExpired where expired == 0: expired = id
        default: if closed == 0, kind.closesSpan { closed = id }
        }
        return false
    }
}
