/// A load balancer without a clock and without chance: every step says what time it is, draws come in.
///
/// Servers are told apart by number: the place in the list in which they were ever added. Numbers are never reused; one
/// that leaves and comes back is a new one, and with the same name it gets back its keys. What is said of a number that
/// was never given out changes nothing. Times are expected not to go back.
public struct LoadBalancerCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public private(set) var algorithm: LoadBalancerAlgorithm
    private var pool: ServerPool
    private var balancer: any Balancer
    /// Begins with the first time that it is told.
    private var time: ElapsedTime<Instant>?
    private var now: Int64 = 0

    /// - Throws: ``PolicyError`` when the algorithm has a setting that it cannot have, or two servers the same name.
    public init(_ algorithm: LoadBalancerAlgorithm, servers: [ServerRules]) throws(PolicyError) {
        try algorithm.validate()
        let names = servers.map(\.name).sorted()
        let areDifferent = zip(names, names.dropFirst()).allSatisfy { $0 != $1 }
        try PolicyError.require(areDifferent, "servers", "must have different names")
        self.algorithm = algorithm
        pool = ServerPool(servers)
        balancer = algorithm.balancer
        balancer.changed(.everything, in: pool, at: now)
    }

    /// Begins to choose in another way. Servers, what is on its way and whose failures count stay.
    public mutating func change(_ algorithm: LoadBalancerAlgorithm) throws(PolicyError) {
        try algorithm.validate()
        self.algorithm = algorithm
        balancer = algorithm.balancer
        balancer.changed(.everything, in: pool, at: now)
    }

    /// Lets those back in whose ``ServerRules/failTimeout`` is over. Every step that is told the time does it first.
    public mutating func advance(to instant: Instant) {
        if time == nil { time = ElapsedTime(since: instant) }
        now = time?.nanoseconds(at: instant) ?? 0
        for server in pool.advance(to: now) { balancer.changed(.availability(server), in: pool, at: now) }
    }
}

// Who is there.
extension LoadBalancerCore {
    /// - Returns: its number.
    public mutating func add(_ server: ServerRules, at instant: Instant) -> Int {
        advance(to: instant)
        let number = pool.add(server)
        balancer.changed(.member(number), in: pool, at: now)
        return number
    }

    /// It gets nothing new, for good; what it has may end.
    public mutating func remove(_ server: Int) {
        if pool.remove(server) { balancer.changed(.member(server), in: pool, at: now) }
    }

    /// Its effective weight: slow start comes in here. Kept within 0...1000; 0: it gets nothing new.
    public mutating func setWeight(_ server: Int, _ weight: Double) {
        let weight = weight.isNaN ? 0 : min(max(0, weight), ServerRules.mostWeight)
        if pool.setWeight(server, weight) { balancer.changed(.member(server), in: pool, at: now) }
    }

    /// Other ``ServerRules/maxFails`` and ``ServerRules/failTimeout``. What was counted is forgotten, and a server that
    /// was left out for it is back.
    ///
    /// - Throws: ``PolicyError`` when one is negative.
    public mutating func setFailures(_ server: Int, most: Int, timeout: Duration) throws(PolicyError) {
        try PolicyError.requireAtLeast(0, most, "maxFails")
        try PolicyError.requireNotNegative(timeout, "failTimeout")
        if pool.setFailures(server, PassiveFailures(most: most, timeout: timeout)) {
            balancer.changed(.availability(server), in: pool, at: now)
        }
    }

    /// Health and ejection come in here.
    public mutating func setAvailable(_ server: Int, _ isAvailable: Bool) {
        if pool.setAvailable(server, isAvailable) { balancer.changed(.availability(server), in: pool, at: now) }
    }
}

// Requests.
extension LoadBalancerCore {
    /// Chooses a server; `nil`: nobody is there. Does not count it as started.
    ///
    /// - Parameters:
    ///   - key: for algorithms that send by key; without one they send anywhere.
    ///   - draw: a number in 0..<1, each time another.
    public mutating func pick(
        key: LoadBalancerKey? = nil, at instant: Instant, draw: () -> Double
    ) -> LoadBalancerPick? {
        advance(to: instant)
        guard !pool.eligible.isEmpty else { return nil }
        let pick = balancer.pick(key: key, from: &pool, at: now, draw: draw)
        if let pick, pool.picked(pick.server, at: now) {
            balancer.changed(.availability(pick.server), in: pool, at: now)
        }
        return pick
    }

    /// A request is on its way to it.
    public mutating func started(_ server: Int, at instant: Instant) {
        advance(to: instant)
        guard pool.contains(server) else { return }
        pool.started(server)
        balancer.started(server, in: pool, at: now)
    }

    /// A request that was started has ended.
    ///
    /// - Parameters:
    ///   - took: `nil` when it says nothing about latency: it was cancelled.
    ///   - failed: for ``ServerRules/maxFails``.
    public mutating func finished(
        _ server: Int, took: Duration?, failed: Bool = false, at instant: Instant
    ) {
        advance(to: instant)
        guard pool.finished(server) else { return }
        balancer.finished(server, took: took?.clampedNanoseconds, in: pool, at: now)
        // A cancelled one says nothing about health either.
        guard failed || took != nil else { return }
        if pool.record(failed: failed, by: server, at: now) {
            balancer.changed(.availability(server), in: pool, at: now)
        }
    }
}

// Questions.
extension LoadBalancerCore {
    /// How many numbers were ever given out.
    public var count: Int { pool.servers.count }

    /// Those that may be picked: members that are available and have weight, in the order in which they were added.
    public var eligible: [Int] { pool.eligible }

    /// Requests on their way.
    public func pending(_ server: Int) -> Int { pool.contains(server) ? pool[server].pending : 0 }

    public func name(_ server: Int) -> String? { pool.contains(server) ? pool[server].name : nil }

    public func weight(_ server: Int) -> Double { pool.contains(server) ? pool[server].weight : 0 }

    public func isMember(_ server: Int) -> Bool { pool.contains(server) && pool[server].isMember }

    /// Whether it is left out for its ``ServerRules/maxFails`` failures, as of the latest step.
    public func isBlocked(_ server: Int) -> Bool { pool.contains(server) && pool[server].failures.isBlocking }

    /// Whether it may be picked.
    public func isEligible(_ server: Int) -> Bool { pool.contains(server) && pool.isEligible(server) }

    /// What it would compare now: requests for each unit of weight, or an estimated cost in ns; `nil` when it compares
    /// nothing, or the server has left or has no weight. The lower one wins.
    public func score(_ server: Int, at instant: Instant) -> Double? {
        guard isMember(server), pool[server].weight > 0 else { return nil }
        return balancer.score(server, in: pool, at: time?.peek(at: instant) ?? 0)
    }

    /// The latency that it expects now; `nil` when it keeps no estimate.
    public func estimate(_ server: Int, at instant: Instant) -> Duration? {
        guard pool.contains(server) else { return nil }
        return balancer.estimate(server, at: time?.peek(at: instant) ?? 0).map {
            .nanoseconds(Int64(clampingNanoseconds: $0))
        }
    }

    /// Who owns a point of the key space, 0..<1; `nil` for algorithms without one, and when nobody is there.
    public func owner(of position: Double) -> Int? { balancer.owner(of: position, in: pool) }

    /// To whom a key goes, where the key alone decides; changes nothing.
    public func server(for key: LoadBalancerKey) -> Int? { balancer.server(for: key, in: pool) }
}
