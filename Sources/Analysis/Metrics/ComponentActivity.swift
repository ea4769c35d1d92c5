import Trace

/// The events with each group of outcomes, ascending.
struct OutcomeEvents: Sendable {
    private var ok: [UInt32] = []
    private var failed: [UInt32] = []
    private var rejected: [UInt32] = []
    private var timedOut: [UInt32] = []
    private var cancelled: [UInt32] = []

    mutating func add(_ outcome: Outcome, event: UInt32) {
        switch outcome.group {
        case .ok: ok.append(event)
        case .failed: failed.append(event)
        case .rejected: rejected.append(event)
        case .timedOut: timedOut.append(event)
        case .cancelled: cancelled.append(event)
        }
    }

    func count(_ group: Outcome.Group, in window: Window) -> Int {
        switch group {
        case .ok: ok.places(in: window).count
        case .failed: failed.places(in: window).count
        case .rejected: rejected.places(in: window).count
        case .timedOut: timedOut.places(in: window).count
        case .cancelled: cancelled.places(in: window).count
        }
    }

    func total(in window: Window) -> Int { Outcome.Group.allCases.reduce(0) { $0 + count($1, in: window) } }
}

/// Requests from their start to their end.
struct TrafficActivity: Sendable {
    private(set) var started: [UInt32] = []
    private(set) var ended = OutcomeEvents()
    private(set) var finished: [UInt32] = []
    private(set) var inFlight = StepSeries()
    private(set) var latency = LatencySamples(events: [], values: [])
    private var values: [Int64] = []

    mutating func add(_ event: Event, id: UInt32, started start: VirtualTime) {
        if event.kind == .requestStarted {
            started.append(id)
            inFlight.add(1, event: id, time: event.time)
        } else {
            ended.add(event.outcome, event: id)
            finished.append(id)
            values.append(event.time.nanoseconds - start.nanoseconds)
            inFlight.add(-1, event: id, time: event.time)
        }
    }

    mutating func seal() {
        latency = LatencySamples(events: finished, values: values)
        values = []
    }
}

/// The requests of a flow.
struct FlowActivity: Sendable {
    let name: NameID
    var traffic = TrafficActivity()
    /// Ended well, with the help of a fallback.
    private(set) var degraded: [UInt32] = []

    init(name: NameID) { self.name = name }

    mutating func add(_ event: Event, id: UInt32, started start: VirtualTime, usedFallback: Bool) {
        traffic.add(event, id: id, started: start)
        if event.kind != .requestStarted, usedFallback, event.outcome.isSuccess { degraded.append(id) }
    }
}

/// The requests of a client.
struct ClientActivity: Sendable {
    let name: NameID
    var traffic = TrafficActivity()
    /// Users of a closed loop, from the trace; empty for other workloads.
    var users = StepSeries()

    init(name: NameID) { self.name = name }
}

/// The calls to a backend.
struct BackendActivity: Sendable {
    let name: NameID
    private(set) var sent: [UInt32] = []
    private(set) var arrivals = Arrivals()
    private(set) var ended = OutcomeEvents()
    /// Calls sent and not ended for their caller; of those that nobody waits for, not ended here.
    private(set) var inFlight = StepSeries()
    private(set) var inService = StepSeries()
    private(set) var queued = StepSeries()
    private(set) var capacity = StepSeries()
    /// 1 while there is no limit.
    private(set) var unlimited = StepSeries()
    private(set) var faults: [UInt32] = []
    /// As the caller sees it.
    private(set) var callerLatency = LatencySamples(events: [], values: [])
    /// From getting a slot to giving it back.
    private(set) var serviceLatency = LatencySamples(events: [], values: [])
    private var finished: [UInt32] = []
    private var latencies: [Int64] = []
    private var served: [UInt32] = []
    private var serviceTimes: [Int64] = []

    init(name: NameID) { self.name = name }

    /// - Parameter record: the call's, complete: an event that is not the call's first of its kind is passed over.
    mutating func add(_ event: Event, id: UInt32, record: SpanRecord, events: [Event]) {
        func time(_ event: UInt32) -> Int64 { events[Int(event) - 1].time.nanoseconds }
        switch id {
        case record.opened:
            sent.append(id)
            inFlight.add(1, event: id, time: event.time)
        case record.arrived: arrivals.add(event: id, time: event.time)
        case record.queued: queued.add(1, event: id, time: event.time)
        case record.rejected, record.expired:
            leaveQueue(id, record, event.time)
            endDetached(event, id, record, events)
        case record.serviceStarted:
            leaveQueue(id, record, event.time)
            inService.add(1, event: id, time: event.time)
        case record.serviceFinished where record.serviceStarted != 0 && record.serviceStarted < id:
            inService.add(-1, event: id, time: event.time)
            served.append(id)
            serviceTimes.append(event.time.nanoseconds - time(record.serviceStarted))
            endDetached(event, id, record, events)
        case record.closed where event.kind == .callDetached && event.outcome != .reset: break
        case record.closed:
            inFlight.add(-1, event: id, time: event.time)
            ended.add(event.outcome, event: id)
            // A caller that gave up has measured its own patience, not the backend.
            guard event.kind == .callFinished else { return }
            finished.append(id)
            latencies.append(event.time.nanoseconds - time(record.opened))
        default: break
        }
    }

    mutating func addFault(_ event: Event, id: UInt32) { faults.append(id) }

    mutating func setCapacity(_ slots: Int64, id: UInt32, time: VirtualTime) {
        capacity.set(max(0, slots), event: id, time: time)
        unlimited.set(slots < 0 ? 1 : 0, event: id, time: time)
    }

    mutating func seal() {
        callerLatency = LatencySamples(events: finished, values: latencies)
        serviceLatency = LatencySamples(events: served, values: serviceTimes)
        arrivals.seal()
        (finished, latencies, served, serviceTimes) = ([], [], [], [])
    }

    /// The end of a call that nobody waits for is what becomes of it here.
    private mutating func endDetached(_ event: Event, _ id: UInt32, _ record: SpanRecord, _ events: [Event]) {
        guard record.closed != 0, record.closed < id, events[Int(record.closed) - 1].kind == .callDetached else {
            return
        }
        let isFirst = [record.rejected, record.expired, record.serviceFinished].allSatisfy { $0 == 0 || $0 >= id }
        guard isFirst else { return }
        inFlight.add(-1, event: id, time: event.time)
        ended.add(event.outcome, event: id)
    }

    private mutating func leaveQueue(_ id: UInt32, _ record: SpanRecord, _ time: VirtualTime) {
        guard record.queued != 0, record.queued < id else { return }
        // Rejected, expired or served, whichever comes first. What never happens is 0, and so comes last here.
        let first = min(record.rejected &- 1, record.expired &- 1, record.serviceStarted &- 1) &+ 1
        guard id == first else { return }
        queued.add(-1, event: id, time: time)
    }
}
