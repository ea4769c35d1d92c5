import Trace

/// The numbers of a run, or of a window of it. O(components · log n), whatever the length of the window.
public struct RunMetrics: Hashable, Sendable {
    public var from: VirtualTime
    public var to: VirtualTime
    /// In the order of the scenario, those without traffic included; so are the lists below.
    public var flows: [FlowMetrics]
    public var clients: [ClientMetrics]
    public var backends: [BackendMetrics]
    public var caches: [CacheMetrics]
    public var policies: [PolicyMetrics]
    public var balancers: [BalancerMetrics]

    /// The whole run, or everything up to a cursor, or a window that ends there.
    ///
    /// - Parameter from: events at that moment are not counted; `nil`: since the start.
    public static func over(
        _ index: TraceIndex, from: VirtualTime? = nil, through cursor: Cursor? = nil
    ) -> RunMetrics {
        over(index, Window(index.trace, from: from, through: cursor ?? index.trace.lastCursor))
    }

    /// The last stretch of that length before the cursor.
    public static func over(_ index: TraceIndex, last length: Duration, at cursor: Cursor) -> RunMetrics {
        over(index, Window(index.trace, last: length, at: cursor))
    }

    public static func over(_ index: TraceIndex, _ window: Window) -> RunMetrics {
        RunMetrics(
            from: window.from, to: window.to,
            flows: index.activity.flows.map { FlowMetrics($0, window, index.trace) },
            clients: index.activity.clients.map { ClientMetrics($0, window, index.trace) },
            backends: index.activity.backends.map { BackendMetrics($0, window, index.trace) },
            caches: index.activity.caches.map { CacheMetrics($0, window, index.trace) },
            policies: index.activity.policies.policies.map {
                PolicyMetrics($0, index.activity.policies.layers[$0.layers], window, index.trace)
            },
            balancers: index.activity.balancers.map { BalancerMetrics($0, window, index.trace) })
    }

    public func flow(_ name: String) -> FlowMetrics? { flows.first { $0.name == name } }
    public func client(_ name: String) -> ClientMetrics? { clients.first { $0.name == name } }
    public func backend(_ name: String) -> BackendMetrics? { backends.first { $0.name == name } }
    public func cache(_ name: String) -> CacheMetrics? { caches.first { $0.name == name } }
    public func policy(_ name: String) -> PolicyMetrics? { policies.first { $0.name == name } }
    public func balancer(_ name: String) -> BalancerMetrics? { balancers.first { $0.name == name } }
    /// A server of a pool, by its own name.
    public func server(_ name: String) -> ServerMetrics? { balancers.lazy.compactMap { $0.server(name) }.first }
}

public struct FlowMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// Started in the window.
    public var requests: Int
    /// Ended in the window: well, and in any other way.
    public var ok: Int
    public var failed: Int
    /// Of those that ended well: with an answer for which a fallback was used.
    public var degraded: Int
    /// At the end of the window.
    public var inFlight: Int
    public var maxInFlight: Int
    /// Requests started, and ended, in a virtual second.
    public var rate: Double
    public var throughput: Double
    /// Of the requests that ended in the window; `nil`: none did.
    public var latency: LatencySummary?

    /// Failed of all that ended; `nil`: none did.
    public var errorRatio: Double? { ok + failed == 0 ? nil : Double(failed) / Double(ok + failed) }

    init(_ activity: FlowActivity, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        requests = activity.traffic.started.places(in: window).count
        ok = activity.traffic.ended.count(.ok, in: window)
        let ended = activity.traffic.finished.places(in: window).count
        failed = ended - ok
        degraded = activity.degraded.places(in: window).count
        inFlight = Int(activity.traffic.inFlight.value(at: window.events.upperBound))
        maxInFlight = Int(activity.traffic.inFlight.maximum(in: window))
        rate = window.perSecond(requests)
        throughput = window.perSecond(ended)
        latency = activity.traffic.latency.summary(in: window)
    }
}

public struct ClientMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// Started in the window.
    public var requests: Int
    /// Ended in the window: in all, well, and in any other way.
    public var finished: Int
    public var ok: Int
    public var failed: Int
    /// At the end of the window.
    public var inFlight: Int
    /// Requests started in a virtual second.
    public var rate: Double
    /// Of the requests that ended in the window; `nil`: none did.
    public var latency: LatencySummary?
    /// Users at the end of the window; `nil`: the workload has none.
    public var users: Int?

    init(_ activity: ClientActivity, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        requests = activity.traffic.started.places(in: window).count
        finished = activity.traffic.finished.places(in: window).count
        ok = activity.traffic.ended.count(.ok, in: window)
        failed = finished - ok
        inFlight = Int(activity.traffic.inFlight.value(at: window.events.upperBound))
        rate = window.perSecond(requests)
        latency = activity.traffic.latency.summary(in: window)
        users = activity.users(at: window.events.upperBound)
    }
}

public struct BackendMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// Sent in the window.
    public var calls: Int
    /// Most arrivals in one tenth of a second. The tenths are counted from the start of the run, so a burst across two
    /// of them counts as two.
    public var arrivalsPeak: Int
    /// `nil`: none arrived in the window.
    public var lastArrival: VirtualTime?
    /// Ended in the window for the caller, by ``Outcome/group``.
    public var ok: Int
    public var failed: Int
    /// Not accepted: queue full, or down.
    public var rejected: Int
    public var timedOut: Int
    public var cancelled: Int
    /// Sent and not ended, at the end of the window.
    public var pending: Int
    /// In service: at the end of the window, and at most.
    public var inFlight: Int
    public var maxInFlight: Int
    public var queued: Int
    public var maxQueued: Int
    /// Slots at the end of the window; `nil`: no limit.
    public var capacity: Int?
    /// Busy slot time of all slot time. Above 1 only where slots were taken away while in use; `nil`: no limit
    /// in some part of the window, or no slot time.
    public var utilisation: Double?
    public var rate: Double
    public var throughput: Double
    /// As the caller saw it, for calls that were answered in the window.
    public var latency: LatencySummary?
    /// From getting a slot to giving it back.
    public var service: LatencySummary?

    public var errorRatio: Double? {
        let ended = ok + failed + rejected + timedOut
        return ended == 0 ? nil : Double(ended - ok) / Double(ended)
    }

    init(_ activity: BackendActivity, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        calls = activity.sent.places(in: window).count
        arrivalsPeak = activity.arrivals.peak(in: window)
        lastArrival = activity.arrivals.last(in: window).map { trace.events[Int($0) - 1].time }
        ok = activity.ended.count(.ok, in: window)
        failed = activity.ended.count(.failed, in: window)
        rejected = activity.ended.count(.rejected, in: window)
        timedOut = activity.ended.count(.timedOut, in: window)
        cancelled = activity.ended.count(.cancelled, in: window)
        pending = Int(activity.inFlight.value(at: window.events.upperBound))
        inFlight = Int(activity.inService.value(at: window.events.upperBound))
        maxInFlight = Int(activity.inService.maximum(in: window))
        queued = Int(activity.queued.value(at: window.events.upperBound))
        maxQueued = Int(activity.queued.maximum(in: window))
        capacity = activity.capacity(at: window.events.upperBound)
        utilisation = activity.utilisation(in: window)
        rate = window.perSecond(calls)
        throughput = window.perSecond(ok + failed + rejected)
        latency = activity.callerLatency.summary(in: window)
        service = activity.serviceLatency.summary(in: window)
    }
}

extension Window {
    /// So many, in a virtual second of this window; 0 for a window without length.
    func perSecond(_ count: Int) -> Double { seconds > 0 ? Double(count) / seconds : 0 }
}

extension ClientActivity {
    /// `nil`: the workload has none.
    func users(at eventCount: Int) -> Int? {
        users.valueIfKnown(at: eventCount).flatMap { $0 >= 0 ? Int($0) : nil }
    }
}

extension BackendActivity {
    /// `nil`: no limit, or none was declared.
    func capacity(at eventCount: Int) -> Int? {
        unlimited.value(at: eventCount) == 0 ? capacity.valueIfKnown(at: eventCount).map { Int($0) } : nil
    }

    func utilisation(in window: Window) -> Double? {
        let slotTime = capacity.area(in: window)
        guard slotTime > 0, unlimited.area(in: window) == 0 else { return nil }
        return inService.area(in: window) / slotTime
    }
}
