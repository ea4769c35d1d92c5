import Trace

/// A run in the Trace Event Format that Chrome's tracing view and Perfetto read.
///
/// Each component is a process. Spans of a client are stacked on as many threads as run at once; so are the slots of
/// a backend. Arrows lead from a call to its service, counters show queues, who is inside bulkheads, which breakers are
/// open and what is in caches, instants show what policies, pools and caches decide and what was done to the system.
public struct ChromeTrace: Sendable {
    private let index: TraceIndex
    private let selection: TraceSelection

    /// - Parameter selection: work under way in it and what happens in it, of these components alone.
    public init(_ index: TraceIndex, _ selection: TraceSelection = .all) {
        self.index = index
        self.selection = selection
    }

    /// O(n).
    public var json: JSON {
        var writer = ChromeWriter(index: index, selection: selection)
        writer.run()
        let run: JSON = .members([
            "scenario": .string(index.trace.scenario), "seed": .string(String(index.trace.seed)),
            "digest": .string(index.trace.digest.description),
        ])
        return .members([
            "displayTimeUnit": .string("ms"), "otherData": run, "traceEvents": .array(writer.events),
        ])
    }
}

private struct ChromeWriter {
    let index: TraceIndex
    let selection: TraceSelection
    var events: [JSON] = []
    /// Threads in use, by component name.
    private var lanes: [Lanes]
    /// The thread of each open piece of work: of the caller, and of the backend.
    private var callerLane: [Int]
    private var serverLane: [Int]

    init(index: TraceIndex, selection: TraceSelection) {
        self.index = index
        self.selection = selection
        lanes = [Lanes](repeating: Lanes(), count: index.trace.names.names.count + 1)
        callerLane = [Int](repeating: 0, count: index.records.count)
        serverLane = callerLane
    }

    mutating func run() {
        for component in index.trace.components where component.kind.isProcess {
            add(
                "process_name", "M", time: nil, process: component.name, thread: 0,
                ("args", .members(["name": .string(index.trace.name(component.name))])))
        }
        for (place, event) in index.trace.events.enumerated() { add(event, EventID(UInt32(place + 1))) }
        let end = index.trace.lastCursor.time
        for span in index.spans {
            if span.isOpen { finish(span, at: end) }
            if span.serviceStart != nil, span.serviceEnd == nil { finishService(span, at: end) }
        }
        for component in index.trace.components where component.kind.isProcess { nameThreads(of: component) }
    }

    /// Threads are numbered as they are first used; number 0 has what belongs to no work.
    private mutating func nameThreads(of component: Component) {
        let name = component.kind == .backend ? "slot" : "work"
        for thread in 0..<lanes[Int(component.name.rawValue)].count {
            add(
                "thread_name", "M", time: nil, process: component.name, thread: thread + 1,
                ("args", .members(["name": .string("\(name) \(thread + 1)")])))
        }
    }

    private mutating func add(_ event: Event, _ id: EventID) {
        let isSelected = selection.includes(event)
        if isSelected, event.kind.isDoneToSystem, !event.kind.isSetting {
            add(
                index.trace.name(event.detail), "i", time: event.time, process: event.component, thread: 0,
                ("cat", .string("\(event.kind)")), ("s", .string("g")))
        }
        if isSelected, event.kind.isDecision { addDecision(event) }
        let isInTime = selection.from <= event.time && event.time <= selection.to
        if isInTime, let counters = counters(of: event, at: Int(id.rawValue)) {
            add(
                index.trace.name(event.component), "C", time: event.time, process: event.component, thread: 0,
                ("args", counters))
        }
        guard let span = index.span(event.span) else { return }
        if span.startEvent == id { start(span) }
        if span.endEvent == id { finish(span, at: event.time) }
        if span.serviceStart?.event == id { startService(span, at: event.time) }
        if span.serviceEnd?.event == id, span.serviceStart != nil { finishService(span, at: event.time) }
    }

    /// What a layer of a policy, a pool or a cache does: an instant on the thread of the work.
    private mutating func addDecision(_ event: Event) {
        let span = index.span(event.span)
        let thread = span == nil ? 0 : callerLane[Int(event.span.rawValue)] + 1
        var arguments = [JSON.Member(key: "by", value: .string(index.trace.name(event.component)))]
        if event.detail != .none {
            arguments.append(JSON.Member(key: "detail", value: .string(index.trace.name(event.detail))))
        }
        arguments.append(JSON.Member(key: "value", value: .integer(event.value)))
        let category = event.kind.isOfPolicy ? "policy" : event.kind.isOfCache ? "cache" : "balancer"
        add(
            "\(event.kind)", "i", time: event.time, process: span.map(process) ?? event.component, thread: thread,
            ("cat", .string(category)), ("s", .string("t")), ("args", .object(arguments)))
    }

    private func counters(of event: Event, at eventCount: Int) -> JSON? {
        let policies = index.activity.policies
        switch event.kind {
        case .callQueued, .callRejected, .callExpired, .serviceStarted, .serviceFinished:
            return index.activity.backend(named: event.component).map { backend in
                .members([
                    "in service": .integer(backend.inService.value(at: eventCount)),
                    "queued": .integer(backend.queued.value(at: eventCount)),
                ])
            }
        case .bulkheadEntered, .bulkheadQueued, .bulkheadShed, .bulkheadLeft:
            return policies.layer(event.component, .bulkhead).map { layer in
                .members([
                    "inside": .integer(layer.inside.count.value(at: eventCount)),
                    "queued": .integer(layer.queue.count.value(at: eventCount)),
                ])
            }
        case .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerDisabled:
            return policies.layer(event.component, .breaker).map { layer in
                .members(["open": .integer(layer.breaker.isOpen.value(at: eventCount))])
            }
        case .cacheStored, .cacheEvicted, .cacheRemoved, .cacheEmptied, .cacheDirtied, .cacheFlushed, .cacheLost:
            return index.activity.cache(named: event.component).map { cache in
                .members([
                    "entries": .integer(cache.history.entryCount.value(at: eventCount)),
                    "dirty": .integer(cache.writes.dirty.count.value(at: eventCount)),
                ])
            }
        default: return nil
        }
    }

    private func process(of span: Span) -> NameID {
        switch span.kind {
        case .call, .cacheLookup, .guard, .attempt, .copy: index.caller(of: span)
        case .request, .step, .wait, .background: span.component
        }
    }

    private mutating func start(_ span: Span) {
        let component = Int(process(of: span).rawValue)
        guard component < lanes.count else { return }
        let parent = index.span(span.parent) == nil ? nil : callerLane[Int(span.parent.rawValue)]
        callerLane[Int(span.id.rawValue)] = lanes[component].open(span.id, in: span.parent, on: parent)
    }

    private mutating func finish(_ span: Span, at time: VirtualTime) {
        let component = process(of: span)
        guard Int(component.rawValue) < lanes.count else { return }
        let lane = callerLane[Int(span.id.rawValue)]
        // What outlives its holder is cut there, so that work on a thread nests.
        for id in lanes[Int(component.rawValue)].close(span.id, on: lane) {
            guard let ended = index.span(id) else { continue }
            let outcome = id == span.id ? span.outcome : .none
            addWork(ended, from: ended.start, to: time, process: component, thread: lane, outcome: outcome)
        }
    }

    private mutating func startService(_ span: Span, at time: VirtualTime) {
        guard Int(span.component.rawValue) < lanes.count else { return }
        let lane = lanes[Int(span.component.rawValue)].open(span.id, in: .none, on: nil)
        serverLane[Int(span.id.rawValue)] = lane
        guard selection.touches(span), selection.includes(process(of: span)), selection.includes(span.component)
        else { return }
        let arrow: (String, JSON) = ("id", .integer(Int64(span.id.rawValue)))
        let name = index.trace.name(span.detail)
        add(
            name, "s", time: span.start, process: process(of: span), thread: callerLane[Int(span.id.rawValue)] + 1,
            ("cat", .string("call")), arrow)
        add(
            name, "f", time: time, process: span.component, thread: lane + 1, ("cat", .string("call")), arrow,
            ("bp", .string("e")))
    }

    private mutating func finishService(_ span: Span, at time: VirtualTime) {
        guard Int(span.component.rawValue) < lanes.count, let started = span.serviceStarted else { return }
        let lane = serverLane[Int(span.id.rawValue)]
        _ = lanes[Int(span.component.rawValue)].close(span.id, on: lane)
        let outcome = index.trace[span.serviceEnd?.event ?? .none]?.outcome ?? .none
        addWork(span, from: started, to: max(started, time), process: span.component, thread: lane, outcome: outcome)
    }

    private mutating func addWork(
        _ span: Span, from: VirtualTime, to: VirtualTime, process: NameID, thread: Int, outcome: Outcome
    ) {
        guard selection.touches(span) else { return }
        add(
            index.label(of: span), "X", time: from, process: process, thread: thread + 1,
            ("dur", .number(Double(to.nanoseconds - from.nanoseconds) / 1e3)), ("cat", .string("\(span.kind)")),
            (
                "args",
                .members([
                    "request": .integer(Int64(span.request.rawValue)), "span": .integer(Int64(span.id.rawValue)),
                    "outcome": .string(outcome == .none ? "open" : "\(outcome)"),
                ])
            ))
    }

    private mutating func add(
        _ name: String, _ phase: String, time: VirtualTime?, process: NameID, thread: Int, _ more: (String, JSON)...
    ) {
        guard selection.includes(process) else { return }
        var members = [JSON.Member(key: "name", value: .string(name)), JSON.Member(key: "ph", value: .string(phase))]
        if let time { members.append(JSON.Member(key: "ts", value: .number(Double(time.nanoseconds) / 1e3))) }
        members.append(JSON.Member(key: "pid", value: .integer(Int64(process.rawValue))))
        members.append(JSON.Member(key: "tid", value: .integer(Int64(thread))))
        for (key, value) in more { members.append(JSON.Member(key: key, value: value)) }
        events.append(.object(members))
    }
}

extension Component.Kind {
    /// Whether it does or holds something of its own; a flow or a policy is done by its client.
    fileprivate var isProcess: Bool {
        switch self {
        case .client, .backend, .cache, .balancer, .breaker, .bulkhead: true
        case .flow, .policy, .timeout, .retry, .limiter, .hedge, .fallback: false
        }
    }
}

/// Threads on which work is stacked so that what is on one of them nests.
private struct Lanes {
    private var stacks: [[SpanID]] = []
    private var free: [Int] = []

    /// How many there have been.
    var count: Int { stacks.count }

    /// On the thread of its holder if nothing else is on top of that, else on one of its own.
    mutating func open(_ span: SpanID, in parent: SpanID, on parentLane: Int?) -> Int {
        if let parentLane, parentLane < stacks.count, stacks[parentLane].last == parent {
            stacks[parentLane].append(span)
            return parentLane
        }
        let lane = free.popLast() ?? stacks.count
        if lane == stacks.count { stacks.append([]) }
        stacks[lane].append(span)
        return lane
    }

    /// The span and what is stacked on it, the top first; nothing if it is not there any more.
    mutating func close(_ span: SpanID, on lane: Int) -> [SpanID] {
        guard lane < stacks.count, let place = stacks[lane].lastIndex(of: span) else { return [] }
        let closed = Array(stacks[lane][place...].reversed())
        stacks[lane].removeSubrange(place...)
        if stacks[lane].isEmpty { free.append(lane) }
        return closed
    }
}
