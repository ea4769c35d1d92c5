import Trace

/// Writes traces by hand: calls and requests in any order of time, times in milliseconds.
struct TraceSketch {
    private struct Draft {
        var event: Event
        /// Place of its cause among the drafts.
        var cause: Int?
    }

    private var trace = Trace(scenario: "sketch", seed: 1)
    private var drafts: [Draft] = []
    private(set) var spans: UInt32 = 0
    private var requests: UInt32 = 0

    init(clients: [String] = ["web"], flows: [String] = ["dashboard"], backends: [String] = [], caches: [String] = []) {
        for (names, kind) in [(clients, Component.Kind.client), (flows, .flow), (backends, .backend), (caches, .cache)]
        {
            for name in names { declare(name, kind) }
        }
    }

    mutating func declare(_ name: String, _ kind: Component.Kind) {
        trace.components.append(Component(name: trace.names.intern(name), kind: kind))
    }

    /// The places of events of a kind, in the order in which they were written.
    func events(_ kind: EventKind) -> [Int] { drafts.indices.filter { drafts[$0].event.kind == kind } }

    /// The event written last.
    var last: Int { drafts.count - 1 }

    mutating func newSpan() -> SpanID {
        spans += 1
        return SpanID(spans)
    }

    /// Where something belongs: a request, or a step of it.
    struct Holder {
        var request: RequestID
        var span: SpanID
        var event: Int
        var client: String
        var flow: String
        var start: Double
    }

    mutating func name(_ text: String) -> NameID { trace.names.intern(text) }

    @discardableResult
    mutating func event(
        _ kind: EventKind, at time: Double, _ component: String = "", _ detail: String = "", outcome: Outcome = .none,
        in holder: Holder? = nil, span: SpanID = .none, parent: SpanID = .none, cause: Int? = nil, value: Int64 = 0
    ) -> Int {
        drafts.append(
            Draft(
                event: Event(
                    time: .milliseconds(time), kind: kind, outcome: outcome, component: name(component),
                    detail: name(detail),
                    request: holder?.request ?? .none, span: span, parent: parent, value: value), cause: cause))
        return drafts.count - 1
    }

    mutating func request(at start: Double, client: String = "web", flow: String = "dashboard") -> Holder {
        requests += 1
        spans += 1
        var holder = Holder(
            request: RequestID(requests), span: SpanID(spans), event: 0, client: client, flow: flow, start: start)
        holder.event = event(.requestStarted, at: start, client, flow, in: holder, span: holder.span)
        return holder
    }

    mutating func end(_ request: Holder, at time: Double, _ outcome: Outcome = .ok) {
        event(
            .requestFinished, at: time, request.client, request.flow, outcome: outcome, in: request, span: request.span,
            cause: drafts.lastIndex { $0.event.request == request.request },
            value: Self.nanoseconds(time - request.start))
    }

    /// Opens a step of a flow; ``end(step:at:)`` closes it.
    mutating func step(_ label: String, at time: Double, in holder: Holder) -> Holder {
        spans += 1
        var step = holder
        step.span = SpanID(spans)
        step.start = time
        step.event = event(
            .stepStarted, at: time, holder.client, label, in: holder, span: step.span, parent: holder.span,
            cause: holder.event)
        step.flow = label
        return step
    }

    mutating func end(step: Holder, at time: Double) {
        event(
            .stepFinished, at: time, step.client, step.flow, outcome: .ok, in: step, span: step.span,
            cause: drafts.count - 1, value: Self.nanoseconds(time - step.start))
    }

    mutating func wait(at time: Double, _ length: Double, in holder: Holder) {
        spans += 1
        let span = SpanID(spans)
        let value = Self.nanoseconds(length)
        let started = event(
            .waitStarted, at: time, holder.client, in: holder, span: span, parent: holder.span, cause: holder.event,
            value: value)
        event(
            .waitFinished, at: time + length, holder.client, in: holder, span: span, parent: holder.span,
            cause: started,
            value: value)
    }

    /// A call of `service` ms to a backend, perhaps after a hop and a wait in its queue. Returns when it is answered.
    @discardableResult
    mutating func call(
        _ backend: String, _ operation: String, at time: Double, in holder: Holder, service: Double, hop: Double = 0,
        queue: Double = 0, inService: Int64 = 1, inQueue: Int64 = 1, outcome: Outcome = .ok, abandonedAt: Double? = nil
    ) -> Double {
        spans += 1
        let span = SpanID(spans)
        func add(
            _ sketch: inout TraceSketch, _ kind: EventKind, _ time: Double, _ cause: Int, _ outcome: Outcome = .none,
            _ value: Int64 = 0
        ) -> Int {
            sketch.event(
                kind, at: time, backend, operation, outcome: outcome, in: holder, span: span, parent: holder.span,
                cause: cause, value: value)
        }
        var cause = add(&self, .callSent, time, holder.event, .none, Self.nanoseconds(hop))
        var now = time + hop
        if outcome == .rejected || outcome == .refused {
            cause = add(&self, .callRejected, now, cause, outcome, inQueue)
        } else {
            cause = add(&self, .callArrived, now, cause, .none, inService)
            if queue > 0 {
                cause = add(&self, .callQueued, now, cause, .none, inQueue)
                now += queue
            }
            cause = add(&self, .serviceStarted, now, cause, .none, inService)
            now += service
            cause = add(&self, .serviceFinished, now, cause, outcome, Self.nanoseconds(service))
        }
        if let abandonedAt {
            _ = add(&self, .callAbandoned, abandonedAt, holder.event, .timedOut)
            return abandonedAt
        }
        _ = add(&self, .callFinished, now + hop, cause, outcome, Self.nanoseconds(now + hop - time))
        return now + hop
    }

    /// Asks a cache: a hit `age` ms old, or a miss.
    mutating func lookup(
        _ cache: String, _ key: String, at time: Double, in holder: Holder, age: Double? = nil, takes: Double = 0
    ) {
        spans += 1
        let span = SpanID(spans)
        let asked = event(
            .cacheLookup, at: time, cache, key, in: holder, span: span, parent: holder.span, cause: holder.event)
        event(
            age == nil ? .cacheMiss : .cacheHit, at: time + takes, cache, key, in: holder, span: span,
            parent: holder.span, cause: asked, value: age.map(Self.nanoseconds) ?? 0)
    }

    mutating func store(_ cache: String, _ key: String, at time: Double, in holder: Holder, ttl: Double) {
        event(.cacheStored, at: time, cache, key, in: holder, cause: drafts.count - 1, value: Self.nanoseconds(ttl))
    }

    /// The trace: events in the order of their times, numbered anew.
    func finished(end: Double? = nil) -> Trace {
        let order = drafts.indices.sorted {
            (drafts[$0].event.time, $0) < (drafts[$1].event.time, $1)
        }
        var ids = Array(repeating: EventID.none, count: drafts.count)
        for (place, draft) in order.enumerated() { ids[draft] = EventID(UInt32(place + 1)) }
        var trace = trace
        trace.events = order.map { place in
            var event = drafts[place].event
            event.cause = drafts[place].cause.map { ids[$0] } ?? .none
            return event
        }
        trace.end = end.map { .milliseconds($0) } ?? trace.events.last?.time ?? .zero
        return trace
    }

    static func nanoseconds(_ milliseconds: Double) -> Int64 { Int64((milliseconds * 1e6).rounded()) }
}

extension TraceSketch {
    static let shop = ["sql", "cosmos", "rest"]

    /// Three calls of 500 ms, one after another.
    static var oneAfterAnother: Trace {
        var sketch = TraceSketch(backends: shop)
        let request = sketch.request(at: 0)
        sketch.call("sql", "calculate_metrics", at: 0, in: request, service: 500)
        sketch.call("cosmos", "analyze_users", at: 500, in: request, service: 500)
        sketch.call("rest", "check_stock", at: 1000, in: request, service: 500)
        sketch.end(request, at: 1500)
        return sketch.finished(end: 2000)
    }

    /// The same three at once, with a hop of `hop` ms.
    static func allAtOnce(hop: Double = 0) -> Trace {
        var sketch = TraceSketch(backends: shop)
        let request = sketch.request(at: 0)
        let step = sketch.step("parallel", at: 0, in: request)
        sketch.call("sql", "calculate_metrics", at: 0, in: step, service: 500, hop: hop)
        sketch.call("cosmos", "analyze_users", at: 0, in: step, service: 450, hop: hop)
        sketch.call("rest", "check_stock", at: 0, in: step, service: 80, hop: hop, outcome: .failed)
        sketch.end(step: step, at: 500 + 2 * hop)
        sketch.end(request, at: 500 + 2 * hop)
        return sketch.finished(end: 1000)
    }

    /// Ten calls to a backend that serves five at once.
    static var fanOut: Trace {
        var sketch = TraceSketch(backends: ["sql", "cosmos"])
        sketch.event(.capacityChanged, at: 0, "sql", value: -1)
        sketch.event(.capacityChanged, at: 0, "cosmos", value: 5)
        let request = sketch.request(at: 0)
        sketch.call("sql", "get_top_customers", at: 0, in: request, service: 100)
        let step = sketch.step("forEach", at: 100, in: request)
        for number in 0..<10 {
            let waits = number >= 5
            sketch.call(
                "cosmos", "analyze_user_behavior", at: 100, in: step, service: 200, queue: waits ? 200 : 0,
                inService: Int64(min(5, number + 1)), inQueue: Int64(max(0, number - 4)))
        }
        sketch.end(step: step, at: 500)
        sketch.end(request, at: 500)
        return sketch.finished(end: 1000)
    }

    /// A miss that fills the cache, then a hit.
    static var cached: Trace {
        var sketch = TraceSketch(backends: shop, caches: ["summaries"])
        let first = sketch.request(at: 0)
        sketch.lookup("summaries", "sales", at: 0, in: first)
        sketch.call("sql", "calculate_metrics", at: 0, in: first, service: 500)
        sketch.store("summaries", "sales", at: 500, in: first, ttl: 300_000)
        sketch.end(first, at: 500)
        let second = sketch.request(at: 2000)
        sketch.lookup("summaries", "sales", at: 2000, in: second, age: 1500, takes: 50)
        sketch.end(second, at: 2050)
        return sketch.finished(end: 3000)
    }

    /// Everything that can go wrong with a call, with a wait between.
    static var trouble: Trace {
        var sketch = TraceSketch(backends: shop)
        sketch.event(.capacityChanged, at: 0, "sql", value: 1)
        let request = sketch.request(at: 0)
        sketch.event(.faultStarted, at: 0, "rest", "down")
        sketch.call("rest", "check_stock", at: 0, in: request, service: 0, outcome: .refused)
        sketch.call("sql", "calculate_metrics", at: 0, in: request, service: 0, inQueue: 4, outcome: .rejected)
        sketch.wait(at: 0, 400, in: request)
        sketch.call("sql", "calculate_metrics", at: 400, in: request, service: 100, outcome: .failed)
        sketch.call("cosmos", "analyze_users", at: 500, in: request, service: 600, abandonedAt: 800)
        sketch.event(.faultEnded, at: 700, "rest", "down")
        sketch.end(request, at: 800, .timedOut)
        return sketch.finished(end: 2000)
    }
}
