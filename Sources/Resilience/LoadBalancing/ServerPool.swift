/// The servers of a load balancer: who belongs to it, who is available, how many requests each has.
struct ServerPool: Sendable {
    /// What has changed since an algorithm last looked.
    enum Change: Hashable, Sendable {
        /// Everything: it sees the pool for the first time.
        case everything
        /// It has joined, has left, or has another weight.
        case member(Int)
        /// It is available again, or no longer.
        case availability(Int)
    }

    struct Server: Sendable {
        let name: String
        /// 0: it gets nothing new.
        var weight: Double
        var isMember = true
        var isAvailable = true
        var pending = 0
        var failures: PassiveFailures

        var isEligible: Bool { isMember && isAvailable && weight > 0 && !failures.isBlocking }

        /// nginx' effective weight.
        var effectiveWeight: Double { max(0, weight - failures.lostWeight) }

        /// Requests for each unit of weight.
        var load: Double { Double(pending) / weight }
    }

    private(set) var servers: [Server] = []
    /// Those that may be picked, in the order in which they were added.
    private(set) var eligible: [Int] = []
    private(set) var members = 0
    private var blocked = 0
    /// By server: the latest of ``drawMany(_:withReplacement:_:)`` that has drawn it.
    private var drawnIn: [Int] = []
    private var drawings = 0

    init(_ rules: [ServerRules]) {
        for rules in rules { _ = add(rules) }
    }

    subscript(server: Int) -> Server { servers[server] }

    func contains(_ server: Int) -> Bool { servers.indices.contains(server) }

    func isEligible(_ server: Int) -> Bool { servers[server].isEligible }

    /// Any of those that may be picked, each as likely. There has to be one.
    func drawn(_ draw: Double) -> Int { eligible[place(draw, below: eligible.count)] }

    /// The first that may be picked after that server, round and round.
    func next(after server: Int) -> Int {
        var (low, high) = (0, eligible.count)
        while low < high {
            let middle = (low + high) / 2
            if eligible[middle] <= server { low = middle + 1 } else { high = middle }
        }
        return eligible[low == eligible.count ? 0 : low]
    }

    func candidate(_ server: Int) -> LoadBalancerCandidate {
        LoadBalancerCandidate(server: server, score: servers[server].load)
    }

    private mutating func updateEligible() { eligible = servers.indices.filter { servers[$0].isEligible } }
}

// Draws among those that may be picked, each as likely as the others.
extension ServerPool {
    /// One or two, as many as there are; one drawn twice is a candidate once. Without an allocation.
    func drawPair(
        _ count: Int, withReplacement: Bool, _ draw: () -> Double, score: (Int, ServerPool) -> Double
    ) -> LoadBalancerCandidates {
        let first = place(draw(), below: eligible.count)
        var candidates = LoadBalancerCandidates(scored(first, score))
        guard count > 1, withReplacement || eligible.count > 1 else { return candidates }
        var second = place(draw(), below: withReplacement ? eligible.count : eligible.count - 1)
        // Without replacement it is a place among those that are left.
        if !withReplacement, second >= first { second += 1 }
        if second != first { candidates.append(scored(second, score)) }
        return candidates
    }

    private func scored(_ place: Int, _ score: (Int, ServerPool) -> Double) -> LoadBalancerCandidate {
        LoadBalancerCandidate(server: eligible[place], score: score(eligible[place], self))
    }

    /// That many of them, or all; one drawn twice comes once. O(count).
    mutating func drawMany(_ count: Int, withReplacement: Bool, _ draw: () -> Double) -> [Int] {
        withReplacement ? drawAgain(count, draw) : drawApart(min(count, eligible.count), draw)
    }

    private mutating func drawAgain(_ count: Int, _ draw: () -> Double) -> [Int] {
        drawings += 1
        drawnIn += Array(repeating: 0, count: servers.count - drawnIn.count)
        var drawn: [Int] = []
        for _ in 0..<count {
            let server = self.drawn(draw())
            guard drawnIn[server] != drawings else { continue }
            drawnIn[server] = drawings
            drawn.append(server)
        }
        return drawn
    }

    /// The beginning of a shuffle (Fisher and Yates), which is undone, so that a draw means the same each time.
    private mutating func drawApart(_ count: Int, _ draw: () -> Double) -> [Int] {
        var others: [Int] = []
        others.reserveCapacity(count)
        for index in 0..<count {
            others.append(index + place(draw(), below: eligible.count - index))
            eligible.swapAt(index, others[index])
        }
        let drawn = Array(eligible[..<count])
        for index in others.indices.reversed() { eligible.swapAt(index, others[index]) }
        return drawn
    }
}

/// A draw of 0..<1 as a place of 0..<count.
func place(_ draw: Double, below count: Int) -> Int { min(count - 1, max(0, Int(draw * Double(count)))) }

// Changes.
extension ServerPool {
    mutating func add(_ rules: ServerRules) -> Int {
        let failures = PassiveFailures(most: rules.maxFails, timeout: rules.failTimeout)
        servers.append(Server(name: rules.name, weight: rules.weight, failures: failures))
        members += 1
        if servers[servers.count - 1].isEligible { eligible.append(servers.count - 1) }
        return servers.count - 1
    }

    /// Whether anything changed, as in those that follow.
    mutating func remove(_ server: Int) -> Bool {
        guard contains(server), servers[server].isMember else { return false }
        servers[server].isMember = false
        members -= 1
        updateEligible()
        return true
    }

    mutating func setWeight(_ server: Int, _ weight: Double) -> Bool {
        guard contains(server), weight != servers[server].weight else { return false }
        servers[server].weight = weight
        updateEligible()
        return true
    }

    mutating func setAvailable(_ server: Int, _ isAvailable: Bool) -> Bool {
        guard contains(server), isAvailable != servers[server].isAvailable else { return false }
        servers[server].isAvailable = isAvailable
        updateEligible()
        return true
    }

    mutating func setFailures(_ server: Int, _ failures: PassiveFailures) -> Bool {
        guard contains(server) else { return false }
        let wasBlocking = servers[server].failures.isBlocking
        servers[server].failures = failures
        if wasBlocking { blocked -= 1 }
        updateEligible()
        return wasBlocking
    }

    mutating func started(_ server: Int) { servers[server].pending += 1 }

    /// - Returns: whether there was one to end.
    mutating func finished(_ server: Int) -> Bool {
        guard contains(server), servers[server].pending > 0 else { return false }
        servers[server].pending -= 1
        return true
    }
}

// Failures as nginx counts them.
extension ServerPool {
    /// Lets those back in whose time is over.
    ///
    /// - Returns: who they are.
    mutating func advance(to now: Int64) -> [Int] {
        guard blocked > 0 else { return [] }
        let back = servers.indices.filter { servers[$0].failures.release(at: now) }
        blocked -= back.count
        if !back.isEmpty { updateEligible() }
        return back
    }

    /// - Returns: whether it is blocked from now on.
    mutating func picked(_ server: Int, at now: Int64) -> Bool {
        guard members > 1, servers[server].failures.picked(at: now) else { return false }
        blocked += 1
        updateEligible()
        return true
    }

    /// nginx gives back a unit of lost weight each time it looks at a server.
    mutating func regainWeight(_ server: Int) { servers[server].failures.regainWeight() }

    /// - Returns: whether that blocks it or lets it back in. A pool's only server is never blocked.
    mutating func record(failed: Bool, by server: Int, at now: Int64) -> Bool {
        guard members > 1 else { return false }
        let wasBlocking = servers[server].failures.isBlocking
        servers[server].failures.record(failed: failed, weight: servers[server].weight, at: now)
        let isBlocking = servers[server].failures.isBlocking
        guard isBlocking != wasBlocking else { return false }
        blocked += isBlocking ? 1 : -1
        updateEligible()
        return true
    }
}
