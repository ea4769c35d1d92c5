/// A load balancer with everything around it: active checks, outlier detection, panic, slow start and a subset.
///
/// Without a clock and without chance: every step says what time it is, draws come in. Servers are told apart by
/// number: the place in the list in which they were ever added. A server may be chosen when the subset has it, its
/// checks have not found it down and it is not ejected, or in panic. One that has passed a check comes back at once if
/// it was ejected, as in Envoy. Steps collect ``ClusterEvent``s until they are taken.
public struct ClusterCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    /// How many times the weight of a server is set anew while it starts slowly.
    private static var slowStartSteps: Int { 20 }

    struct Member: Sendable {
        let rules: ServerRules
        var isPresent = true
        /// The balancer's and outlier detection's numbers; `nil`: the balancer does not see it.
        var number: Int?
        var host = 0
        var health: HealthCheckCore?
        var slowStart: SlowStart<Instant>?
        var nextWeighing: Instant?

        var isUp: Bool { health?.state != .down }
    }

    public let rules: ClusterRules
    private(set) var members: [Member] = []
    private var balancer: LoadBalancerCore<Instant>
    private var outliers: OutlierDetectionCore<Instant>?
    /// Whose numbers they are, the balancer's and outlier detection's.
    private var byNumber: [Int] = []
    private var byHost: [Int] = []
    public private(set) var isPanic = false
    private var events: [ClusterEvent] = []

    /// - Throws: ``PolicyError`` when the algorithm has a setting that it cannot have, or two servers the same name.
    public init(_ rules: ClusterRules, servers: [ServerRules], at start: Instant) throws(PolicyError) {
        self.rules = rules
        _ = try LoadBalancerCore<Instant>(rules.algorithm, servers: servers)
        balancer = try LoadBalancerCore(rules.algorithm, servers: [])
        outliers = rules.outliers.map { OutlierDetectionCore($0, at: start) }
        members = servers.map { Member(rules: $0) }
        updateSubset(.processStart, at: start)
        // Who is there at first is no decision.
        events = []
    }

    /// What was decided since this was last asked.
    public mutating func takeEvents() -> [ClusterEvent] {
        defer { events = [] }
        return events
    }
}

// Who is there.
extension ClusterCore {
    /// How many numbers were ever given out.
    public var count: Int { members.count }

    public func name(_ server: Int) -> String? { members.indices.contains(server) ? members[server].rules.name : nil }

    /// The servers that the balancer sees, whether they are well or not.
    public var visible: [Int] { members.indices.filter { members[$0].number != nil } }

    /// Those that may be chosen now.
    public var eligible: [Int] { balancer.eligible.map { byNumber[$0] } }

    /// Requests on their way.
    public func pending(_ server: Int) -> Int {
        members.indices.contains(server) ? members[server].number.map(balancer.pending) ?? 0 : 0
    }

    /// Its weight of the moment; `nil`: the balancer does not see it.
    public func weight(_ server: Int) -> Double? {
        members.indices.contains(server) ? members[server].number.map(balancer.weight) : nil
    }

    /// - Returns: its number.
    @discardableResult public mutating func add(_ server: ServerRules, at now: Instant) -> Int {
        members.append(Member(rules: server))
        updateSubset(.joined, at: now)
        return members.count - 1
    }

    /// It gets nothing new, for good; what it has may end.
    public mutating func remove(_ server: Int, at now: Instant) {
        guard members.indices.contains(server), members[server].isPresent else { return }
        members[server].isPresent = false
        updateSubset(.joined, at: now)
    }

    private mutating func updateSubset(_ entry: SlowStartRules.Entry, at now: Instant) {
        let present = members.indices.filter { members[$0].isPresent }
        var seen = present
        if let subset = rules.subset {
            let places = try? Subsetting.deterministic(
                client: subset.client, backends: present.count, size: subset.size)
            seen = (places ?? []).map { present[$0] }.sorted()
        }
        let isSeen = Set(seen)
        for server in visible where !isSeen.contains(server) { dismiss(server) }
        for server in seen where members[server].number == nil { admit(server, entry, at: now) }
        update()
    }

    private mutating func admit(_ server: Int, _ entry: SlowStartRules.Entry, at now: Instant) {
        let number = balancer.add(members[server].rules, at: now)
        byNumber.append(server)
        if let host = outliers?.add() {
            members[server].host = host
            byHost.append(server)
        }
        members[server].number = number
        members[server].health = rules.health.map { HealthCheckCore($0) }
        events.append(.joined(server))
        startSlowly(server, entry, at: now)
    }

    private mutating func dismiss(_ server: Int) {
        if let number = members[server].number { balancer.remove(number) }
        outliers?.remove(members[server].host)
        members[server].number = nil
        members[server].nextWeighing = nil
        events.append(.left(server))
    }

    /// Tells the balancer who may be chosen.
    private mutating func update() {
        let seen = visible
        let well = seen.filter { members[$0].isUp && outliers?.isEjected(members[$0].host) != true }
        let isPanic = !seen.isEmpty && rules.panic.isPanic(available: well.count, of: seen.count)
        if isPanic != self.isPanic { events.append(.panicChanged(isPanic)) }
        self.isPanic = isPanic
        let chosen = Set(isPanic ? seen : well)
        for server in seen {
            if let number = members[server].number { balancer.setAvailable(number, chosen.contains(server)) }
        }
    }
}

// Time.
extension ClusterCore {
    /// Carries out what is due: sweeps of outlier detection, weights of slow starts. ``pick(key:at:draw:)`` does too.
    public mutating func advance(to now: Instant, draw: () -> Double) {
        tell(outliers?.sweep(at: now, draw: draw) ?? [])
        for server in members.indices {
            guard let due = members[server].nextWeighing, due <= now else { continue }
            weigh(server, at: now)
        }
    }

    private mutating func startSlowly(_ server: Int, _ entry: SlowStartRules.Entry, at now: Instant) {
        guard let slowStart = rules.slowStart, rules.algorithm.usesWeights else { return }
        var start = members[server].slowStart ?? SlowStart(slowStart)
        start.begin(entry, hasActiveChecks: rules.health != nil, at: now)
        members[server].slowStart = start
        weigh(server, at: now)
    }

    private mutating func weigh(_ server: Int, at now: Instant) {
        guard let slowStart = members[server].slowStart, let number = members[server].number else { return }
        let weight = members[server].rules.weight * slowStart.factor(at: now)
        if weight != balancer.weight(number) {
            balancer.setWeight(number, weight)
            events.append(.weighed(server, weight: weight))
        }
        let step = slowStart.rules.window / Self.slowStartSteps
        members[server].nextWeighing = slowStart.end.flatMap { $0 <= now ? nil : min($0, now.advanced(by: step)) }
    }
}

// Requests.
extension ClusterCore {
    /// Chooses a server, and counts it as started; `nil`: nobody is there.
    public mutating func pick(
        key: LoadBalancerKey? = nil, at now: Instant, draw: () -> Double
    ) -> ClusterPick? {
        advance(to: now, draw: draw)
        guard let pick = balancer.pick(key: key, at: now, draw: draw) else { return nil }
        balancer.started(pick.server, at: now)
        return ClusterPick(server: byNumber[pick.server], number: pick.server)
    }

    /// A request has ended.
    ///
    /// - Parameters:
    ///   - took: `nil` when it says nothing about latency: it was cancelled.
    ///   - failure: `nil` when it went well.
    ///   - counts: whether the failure is one for ``ServerRules/maxFails``.
    public mutating func finished(
        _ pick: ClusterPick, took: Duration?, failure: FailureKind?, counts: Bool, at now: Instant, draw: () -> Double
    ) {
        balancer.finished(pick.number, took: took, failed: counts, at: now)
        // One that has left since is another one.
        guard members[pick.server].number == pick.number, let result = OutlierResult(failure) else { return }
        tell(outliers?.record(result, by: members[pick.server].host, at: now, draw: draw) ?? [])
        let change = members[pick.server].health?.observe(isHealthy: result == .success)
        follow(change, of: pick.server, at: now)
    }

    /// A check of a server has ended.
    public mutating func checked(_ server: Int, isHealthy: Bool, at now: Instant) {
        guard members.indices.contains(server), members[server].number != nil else { return }
        let change = members[server].health?.record(isHealthy: isHealthy)
        if isHealthy { tell(outliers?.passedCheck(members[server].host, at: now) ?? []) }
        follow(change, of: server, at: now)
    }

    /// How long to wait before the next check of a server; `nil`: it is not checked.
    public func nextCheck(of server: Int) -> Duration? {
        guard members.indices.contains(server), members[server].number != nil else { return nil }
        return members[server].health?.nextInterval
    }

    private mutating func follow(_ change: HealthCheckTransition?, of server: Int, at now: Instant) {
        guard let change else { return }
        events.append(.healthChanged(server, change.to))
        if change.to == .up { startSlowly(server, .recovered, at: now) }
        update()
    }

    private mutating func tell(_ changes: [OutlierEvent]) {
        guard !changes.isEmpty else { return }
        for change in changes {
            switch change {
            case .changed(let change) where change.to == .ejected:
                events.append(.ejected(byHost[change.host], for: change.ejectedFor ?? .zero))
            case .changed(let change): events.append(.returned(byHost[change.host]))
            case .spared(let host, let reason), .overflowed(let host, let reason):
                events.append(.spared(byHost[host], reason))
            }
        }
        update()
    }
}

/// Whom a ``ClusterCore`` has chosen; give it back when the request has ended.
public struct ClusterPick: Hashable, Sendable {
    public let server: Int
    /// The balancer's number: a server that comes back has another.
    let number: Int
}
