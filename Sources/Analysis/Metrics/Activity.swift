import Trace

/// What each part of the system did, as lists that can be asked about any window.
struct Activity: Sendable {
    private(set) var flows: [FlowActivity] = []
    private(set) var clients: [ClientActivity] = []
    private(set) var backends: [BackendActivity] = []
    private(set) var caches: [CacheActivity] = []
    private(set) var balancers: [BalancerActivity] = []
    let policies: PolicyActivities
    /// Places in the lists above by name, -1 where there is none.
    private var flowPlaces: [Int32]
    private var clientPlaces: [Int32]
    private var backendPlaces: [Int32]
    private var cachePlaces: [Int32]
    private var balancerPlaces: [Int32]
    /// Requests for which a fallback was used. For look-up only.
    private var fallbacks: Set<RequestID> = []

    init(trace: Trace, records: [SpanRecord]) {
        let none = [Int32](repeating: -1, count: trace.names.names.count)
        (flowPlaces, clientPlaces, backendPlaces, cachePlaces, balancerPlaces) = (none, none, none, none, none)
        policies = PolicyActivitiesBuilder.build(trace: trace, records: records)
        for component in trace.components {
            switch component.kind {
            case .flow: _ = flow(component.name)
            case .client: _ = client(component.name)
            case .backend: _ = backend(component.name)
            case .cache: _ = cache(component.name)
            case .balancer: _ = balancer(component.name)
            default: break
            }
        }
        for (position, event) in trace.events.enumerated() {
            add(event, id: UInt32(position + 1), trace: trace, records: records)
        }
        fallbacks = []
        for place in flows.indices { flows[place].traffic.seal() }
        for place in clients.indices { clients[place].traffic.seal() }
        for place in backends.indices { backends[place].seal() }
        for place in caches.indices { caches[place].seal() }
        let order = Dictionary(
            trace.components.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for place in balancers.indices { balancers[place].seal(order: order) }
    }

    func backend(named name: NameID) -> BackendActivity? { Self.find(name, backendPlaces).map { backends[$0] } }
    func flow(named name: NameID) -> FlowActivity? { Self.find(name, flowPlaces).map { flows[$0] } }
    func cache(named name: NameID) -> CacheActivity? { Self.find(name, cachePlaces).map { caches[$0] } }
    func balancer(named name: NameID) -> BalancerActivity? { Self.find(name, balancerPlaces).map { balancers[$0] } }

    private static func find(_ name: NameID, _ places: [Int32]) -> Int? {
        Int(name.rawValue) < places.count && places[Int(name.rawValue)] >= 0 ? Int(places[Int(name.rawValue)]) : nil
    }

    private mutating func add(_ event: Event, id: UInt32, trace: Trace, records: [SpanRecord]) {
        switch event.kind {
        case .requestStarted, .requestFinished: addRequest(event, id: id, trace: trace, records: records)
        case .callSent, .callArrived, .callQueued, .callRejected, .serviceStarted, .serviceFinished, .callFinished,
            .callAbandoned, .callExpired, .callDetached:
            guard let place = backend(event.component) else { return }
            let record = Int(event.span.rawValue) < records.count ? records[Int(event.span.rawValue)] : SpanRecord()
            backends[place].add(event, id: id, record: record, events: trace.events)
        case .backgroundStarted:
            if let place = Self.find(event.component, cachePlaces) {
                caches[place].add(event, id: id, trace: trace, records: records)
            }
        case .fallbackUsed: fallbacks.insert(event.request)
        case .faultStarted, .faultEnded:
            if let place = backend(event.component) { backends[place].addFault(event, id: id) }
        case .capacityChanged:
            if let place = Self.find(event.component, clientPlaces) {
                clients[place].users.set(event.value, event: id, time: event.time)
            } else if let place = backend(event.component) {
                backends[place].setCapacity(event.value, id: id, time: event.time)
            }
        default:
            if event.kind.isOfCache, let place = cache(event.component) {
                caches[place].add(event, id: id, trace: trace, records: records)
            } else if event.kind.isOfBalancer, event.kind != .outlierFound, let place = balancer(event.component) {
                balancers[place].add(event, id: id, trace: trace)
            }
        }
    }

    private mutating func addRequest(_ event: Event, id: UInt32, trace: Trace, records: [SpanRecord]) {
        let start = start(of: event, records, trace)
        if let place = flow(event.detail) {
            flows[place].add(event, id: id, started: start, usedFallback: fallbacks.contains(event.request))
        }
        if let place = client(event.component) { clients[place].traffic.add(event, id: id, started: start) }
    }

    private func start(of event: Event, _ records: [SpanRecord], _ trace: Trace) -> VirtualTime {
        guard Int(event.span.rawValue) < records.count, records[Int(event.span.rawValue)].opened != 0 else {
            return event.time.advanced(byNanoseconds: -max(0, event.value))
        }
        return trace.events[Int(records[Int(event.span.rawValue)].opened) - 1].time
    }

    // The place of a component, which is added where the trace did not declare it.

    private mutating func flow(_ name: NameID) -> Int? {
        Self.place(name, &flowPlaces, &flows) { FlowActivity(name: $0) }
    }
    private mutating func client(_ name: NameID) -> Int? {
        Self.place(name, &clientPlaces, &clients) { ClientActivity(name: $0) }
    }
    private mutating func backend(_ name: NameID) -> Int? {
        // A pool does nothing itself: its servers do.
        if Self.find(name, balancerPlaces) != nil { return nil }
        return Self.place(name, &backendPlaces, &backends) { BackendActivity(name: $0) }
    }
    private mutating func cache(_ name: NameID) -> Int? {
        let names = cachePlaces.count
        return Self.place(name, &cachePlaces, &caches) { CacheActivity(name: $0, names: names) }
    }
    private mutating func balancer(_ name: NameID) -> Int? {
        Self.place(name, &balancerPlaces, &balancers) { BalancerActivity(name: $0) }
    }

    private static func place<Item>(
        _ name: NameID, _ places: inout [Int32], _ items: inout [Item], _ make: (NameID) -> Item
    ) -> Int? {
        let number = Int(name.rawValue)
        guard number != 0, number < places.count else { return nil }
        if places[number] < 0 {
            places[number] = Int32(items.count)
            items.append(make(name))
        }
        return Int(places[number])
    }
}
