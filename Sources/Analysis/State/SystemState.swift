import Trace

/// What the system looks like at a cursor.
public struct SystemState: Hashable, Sendable {
    public struct ActiveFault: Hashable, Sendable {
        /// The fault, as the trace names it.
        public var fault: NameID
        public var since: VirtualTime
        /// Nanoseconds, or parts per million: see ``EventKind/faultStarted``.
        public var size: Int64
        public var event: EventID
    }

    public struct Backend: Hashable, Sendable {
        public var name: NameID
        public var inService: Int
        public var queued: Int
        /// Slots; `nil`: no limit.
        public var capacity: Int?
        /// In the order in which they began.
        public var faults: [ActiveFault]
        public var isDown: Bool
    }

    public struct Client: Hashable, Sendable {
        public var name: NameID
        public var inFlight: Int
        public var started: Int
        /// `nil`: the workload has no users.
        public var users: Int?
    }

    public struct CacheEntry: Hashable, Sendable {
        public var key: NameID
        public var stored: VirtualTime
        /// Of an entry that does not expire: the end of time.
        public var expires: VirtualTime
        /// The event that stored it.
        public var event: EventID
    }

    public struct Cache: Hashable, Sendable {
        public var name: NameID
        /// In the order in which they were stored. An expired entry stays until a look-up finds it.
        public var entries: [CacheEntry]
    }

    /// A call or an answer on its way between two components.
    public struct Message: Hashable, Sendable {
        public enum Direction: UInt8, Sendable { case call, answer }

        public var from: NameID
        public var to: NameID
        public var direction: Direction
        public var span: SpanID
        public var request: RequestID
        /// The operation.
        public var label: NameID
        /// Of an answer: how the call ended; of a call: ``Outcome/none``.
        public var outcome: Outcome
        public var sent: VirtualTime
        public var arrives: VirtualTime
        /// 0 where it was sent, 1 where it arrives.
        public var progress: Double
    }

    public var cursor: Cursor
    public var backends: [Backend]
    public var clients: [Client]
    public var caches: [Cache]
    /// In the order in which their calls were sent.
    public var messages: [Message]

    /// O(components · log n + cache entries + open spans).
    public init(_ index: TraceIndex, at cursor: Cursor) {
        self.cursor = cursor
        backends = index.activity.backends.map { Backend($0, at: cursor, in: index.trace) }
        clients = index.activity.clients.map { Client($0, at: cursor) }
        caches = index.activity.caches.map { Cache($0, at: cursor, in: index.trace) }
        messages = index.messages(at: cursor)
    }

    public func backend(_ name: NameID) -> Backend? { backends.first { $0.name == name } }
    public func client(_ name: NameID) -> Client? { clients.first { $0.name == name } }
    public func cache(_ name: NameID) -> Cache? { caches.first { $0.name == name } }
}

extension SystemState.Backend {
    init(_ activity: BackendActivity, at cursor: Cursor, in trace: Trace) {
        name = activity.name
        inService = Int(activity.inService.value(at: cursor.eventCount))
        queued = Int(activity.queued.value(at: cursor.eventCount))
        capacity = activity.capacity(at: cursor.eventCount)
        faults = []
        for event in activity.faults.prefix(activity.faults.count(through: UInt32(clamping: cursor.eventCount))) {
            let change = trace.events[Int(event) - 1]
            if change.kind == .faultStarted {
                faults.append(
                    SystemState.ActiveFault(
                        fault: change.detail, since: change.time, size: change.value, event: EventID(event)))
            } else if let ended = Self.place(of: change, in: faults) {
                faults.remove(at: ended)
            }
        }
        isDown = faults.contains { SystemState.downFaults.contains(trace.name($0.fault)) }
    }

    /// The fault that an event ends: the one that caused it, else the first of that name.
    private static func place(of end: Event, in faults: [SystemState.ActiveFault]) -> Int? {
        faults.firstIndex { $0.event == end.cause } ?? faults.firstIndex { $0.fault == end.detail }
    }
}

extension SystemState.Backend {
    /// One backend alone; `nil`: the run has none of that name. O(log n + faults).
    public init?(_ index: TraceIndex, _ name: NameID, at cursor: Cursor) {
        guard let activity = index.activity.backend(named: name) else { return nil }
        self.init(activity, at: cursor, in: index.trace)
    }
}

extension SystemState.Cache {
    /// One cache alone; `nil`: the run has none of that name. O(log n + entries · log entries).
    public init?(_ index: TraceIndex, _ name: NameID, at cursor: Cursor) {
        guard let activity = index.activity.cache(named: name) else { return nil }
        self.init(activity, at: cursor, in: index.trace)
    }
}

extension SystemState {
    /// How a trace names the faults under which a backend refuses every call.
    static let downFaults = ["down", "kill"]
}

extension SystemState.Client {
    init(_ activity: ClientActivity, at cursor: Cursor) {
        name = activity.name
        inFlight = Int(activity.traffic.inFlight.value(at: cursor.eventCount))
        started = activity.traffic.started.count(through: UInt32(clamping: cursor.eventCount))
        users = activity.users(at: cursor.eventCount)
    }
}

extension SystemState.Cache {
    init(_ activity: CacheActivity, at cursor: Cursor, in trace: Trace) {
        name = activity.name
        let items = activity.history.contents(at: cursor.eventCount, in: trace).items
        entries = items.filter { !$0.list.isGhost }.sorted { $0.stored < $1.stored }.map { item in
            SystemState.CacheEntry(
                key: item.key, stored: trace.events[Int(item.stored) - 1].time,
                expires: item.expires(in: trace) ?? VirtualTime(nanoseconds: .max), event: EventID(item.stored))
        }
    }
}

extension TraceIndex {
    /// The calls and answers under way at a cursor.
    func messages(at cursor: Cursor) -> [SystemState.Message] {
        openSpanCheckpoints.open(at: cursor.eventCount, trace: trace, records: records).compactMap { id in
            let span = materialise(id)
            return span.kind == .call ? message(of: span, at: cursor) : nil
        }
    }

    private func message(of span: Span, at cursor: Cursor) -> SystemState.Message? {
        let now = span.clipped(to: cursor)
        if now.arrival == nil && now.rejection == nil {
            let planned = span.start.advanced(byNanoseconds: max(0, span.planned))
            return message(span, .call, .none, sent: span.start, arrives: span.arrived ?? planned, at: cursor.time)
        }
        guard now.closed == nil, let answered = now.serviceFinished ?? now.rejected else { return nil }
        let outcome = trace[(now.serviceEnd ?? now.rejection)?.event ?? .none]?.outcome ?? .none
        // An answer that nothing waits for any more, or that the run's end cut off, travels as long as the call did.
        let planned = answered.advanced(byNanoseconds: max(0, span.planned))
        return message(span, .answer, outcome, sent: answered, arrives: span.end ?? planned, at: cursor.time)
    }

    private func message(
        _ span: Span, _ direction: SystemState.Message.Direction, _ outcome: Outcome, sent: VirtualTime,
        arrives: VirtualTime, at time: VirtualTime
    ) -> SystemState.Message {
        let caller = caller(of: span)
        let length = Double(arrives.nanoseconds) - Double(sent.nanoseconds)
        let gone = Double(time.nanoseconds) - Double(sent.nanoseconds)
        return SystemState.Message(
            from: direction == .call ? caller : span.component, to: direction == .call ? span.component : caller,
            direction: direction, span: span.id, request: span.request, label: span.detail, outcome: outcome,
            sent: sent,
            arrives: arrives, progress: length > 0 ? min(1, max(0, gone / length)) : 1)
    }
}
