import Trace

/// What happened to a server of a pool, as its balancer sees it. Lists of events are ascending.
struct ServerActivity: Sendable {
    let name: NameID
    /// 1 while it belongs to the pool.
    private(set) var isMember = StepSeries()
    /// Its own weight and the one in effect, in millionths.
    private(set) var weight = StepSeries()
    private(set) var effectiveWeight = StepSeries()
    /// 1 while health checks say so, and while it is left out.
    private(set) var isDown = StepSeries()
    private(set) var isEjected = StepSeries()
    private(set) var joins: [UInt32] = []
    private(set) var picks: [UInt32] = []
    private(set) var downs: [UInt32] = []
    private(set) var ejections: [UInt32] = []
    private(set) var checks: [UInt32] = []
    /// What the balancer compares of it: estimates that it keeps, and what it has compared.
    private(set) var scores: [UInt32] = []

    init(name: NameID) { self.name = name }

    mutating func add(_ event: Event, id: UInt32) {
        switch event.kind {
        case .serverJoined:
            isMember.set(1, event: id, time: event.time)
            weight.set(event.value, event: id, time: event.time)
            effectiveWeight.set(event.value, event: id, time: event.time)
            joins.append(id)
            startOver(event, id)
        case .serverLeft:
            isMember.set(0, event: id, time: event.time)
            startOver(event, id)
        case .serverWeighed: effectiveWeight.set(event.value, event: id, time: event.time)
        case .balancerPicked: picks.append(id)
        case .balancerCompared, .serverScored: scores.append(id)
        case .healthChecked: checks.append(id)
        case .serverDown:
            downs.append(id)
            isDown.set(1, event: id, time: event.time)
        case .serverUp: isDown.set(0, event: id, time: event.time)
        case .serverEjected:
            ejections.append(id)
            isEjected.set(1, event: id, time: event.time)
        case .serverReturned: isEjected.set(0, event: id, time: event.time)
        default: break
        }
    }

    /// Whoever comes or goes is neither down nor left out.
    private mutating func startOver(_ event: Event, _ id: UInt32) {
        isDown.set(0, event: id, time: event.time)
        isEjected.set(0, event: id, time: event.time)
    }

    func value(_ count: ServerCount, in window: Window) -> Int64 {
        switch count {
        case .picks: Int64(picks.places(in: window).count)
        case .down: Int64(downs.places(in: window).count)
        case .downTime: VirtualTime.seconds(isDown.area(in: window) / 1e9).nanoseconds
        case .ejections: Int64(ejections.places(in: window).count)
        }
    }
}

/// What a load balancer did. Lists of events are ascending.
struct BalancerActivity: Sendable {
    let name: NameID
    /// In the order of the scenario; those that the trace does not declare come last.
    private(set) var servers: [ServerActivity] = []
    private(set) var settings = SettingHistory()
    private(set) var picks: [UInt32] = []
    private(set) var refusals: [UInt32] = []
    private(set) var moves: [UInt32] = []
    private(set) var ejections: [UInt32] = []
    private(set) var panics: [UInt32] = []
    /// 1 while too few servers are healthy.
    private(set) var isPanicking = StepSeries()
    /// The changes of each part of the key space; empty for balancers that do not divide it.
    private(set) var sectors: [[UInt32]] = []
    /// What was compared for each pick, one pick after another, and where each pick's part ends.
    private var compared: [UInt32] = []
    private var comparedEnds: [Int] = []
    private var comparing: [UInt32] = []
    /// For look-up only.
    private var serverPlaces: [NameID: Int] = [:]

    init(name: NameID) { self.name = name }

    func server(named name: NameID) -> ServerActivity? { serverPlaces[name].map { servers[$0] } }

    /// The events behind a count.
    func events(_ count: BalancerCount) -> [UInt32] {
        switch count {
        case .picks: picks
        case .refused: refusals
        case .moved: moves
        case .ejections: ejections
        case .panics: panics
        }
    }

    /// What was compared before a pick, by the pick's place.
    func comparisons(before pick: Int) -> ArraySlice<UInt32> {
        compared[(pick == 0 ? 0 : comparedEnds[pick - 1])..<comparedEnds[pick]]
    }

    mutating func add(_ event: Event, id: UInt32, trace: Trace) {
        switch event.kind {
        case .balancerConfigured: settings.add(event, id: id, trace: trace)
        case .balancerPicked:
            picks.append(id)
            compared += comparing
            comparedEnds.append(compared.count)
            comparing = []
            addToServer(event, id)
        case .balancerRefused:
            refusals.append(id)
            comparing = []
        case .balancerCompared:
            comparing.append(id)
            addToServer(event, id)
        case .keyMoved: moves.append(id)
        case .sectorOwned: addSector(event, id)
        case .panicStarted:
            panics.append(id)
            isPanicking.set(1, event: id, time: event.time)
        case .panicEnded: isPanicking.set(0, event: id, time: event.time)
        case .serverEjected:
            ejections.append(id)
            addToServer(event, id)
        default: addToServer(event, id)
        }
    }

    private mutating func addToServer(_ event: Event, _ id: UInt32) {
        guard event.detail != .none else { return }
        if serverPlaces[event.detail] == nil {
            serverPlaces[event.detail] = servers.count
            servers.append(ServerActivity(name: event.detail))
        }
        if let place = serverPlaces[event.detail] { servers[place].add(event, id: id) }
    }

    private mutating func addSector(_ event: Event, _ id: UInt32) {
        guard (0..<Int64(EventKind.sectors)).contains(event.value) else { return }
        if sectors.isEmpty { sectors = [[UInt32]](repeating: [], count: EventKind.sectors) }
        sectors[Int(event.value)].append(id)
    }

    /// - Parameter order: the place of each component's name in the scenario.
    mutating func seal(order: [NameID: Int]) {
        servers = servers.enumerated().sorted { one, other in
            (order[one.element.name] ?? .max, one.offset) < (order[other.element.name] ?? .max, other.offset)
        }.map(\.element)
        for (place, server) in servers.enumerated() { serverPlaces[server.name] = place }
        comparing = []
    }
}

extension EventKind {
    /// Whether a load balancer sends it, or it is about a server of one.
    public var isOfBalancer: Bool {
        (EventKind.balancerConfigured.rawValue...EventKind.panicEnded.rawValue).contains(rawValue)
    }
}
