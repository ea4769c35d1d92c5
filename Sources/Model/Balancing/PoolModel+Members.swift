import Resilience
import Scenario
import Simulation
import Trace

/// Who is in the pool, and with which weight.
extension PoolModel {
    /// How many times the weight of a server is set anew while it starts slowly.
    private static var slowStartSteps: Int64 { 20 }

    /// Brings a server in, or takes it out. Nothing happens where it is so already.
    func setMember(_ server: PoolServer, _ isMember: Bool, cause: EventID) {
        if server.isMember == isMember { return }
        server.isMember = isMember
        let event = updateSubset(cause: cause)
        update(cause: event)
    }

    /// Sets the timers of the joining and leaving that the scenario plans.
    func plan(_ server: PoolServer) {
        for timer in server.plan { world.simulation.cancel(timer) }
        server.plan = []
        for (time, isMember) in [(server.spec.joins, true), (server.spec.leaves, false)] {
            guard let time else { continue }
            let moment = VirtualTime.zero.advanced(by: time)
            if moment < world.now { continue }
            server.plan.append(
                world.simulation.schedule(at: moment) { self.setMember(server, isMember, cause: .none) })
        }
    }

    /// The members at the start, at once: a table for all of them is made once.
    func admitFirst() throws(PolicyError) {
        let seen = servers.filter { visible.contains($0.place) }
        var rules: [ServerRules] = []
        for server in seen { rules.append(try ServerRules(server.spec, of: spec)) }
        core = try LoadBalancerCore(core.algorithm, servers: rules)
        for (number, server) in seen.enumerated() {
            server.number = number
            numbered.append(server)
            begin(server, cause: .none)
        }
    }

    /// The places of the servers that the balancer sees: all members, or a subset of them, the same for the same
    /// members.
    private var visible: [Int] {
        let members = servers.filter(\.isMember).map(\.place)
        guard let size = spec.subset, size < members.count else { return members }
        let subset = try? Subsetting.deterministic(client: 0, backends: members.count, size: max(1, size))
        return (subset ?? []).map { members[$0] }
    }

    /// Lets those in and out that the balancer sees or sees no longer. Returns the newest event.
    @discardableResult func updateSubset(cause: EventID) -> EventID {
        let visible = visible
        var newest = cause
        for server in servers where server.number != nil && !visible.contains(server.place) {
            newest = dismiss(server, cause: cause)
        }
        for server in servers where server.number == nil && visible.contains(server.place) {
            newest = admit(server, cause: cause)
        }
        return newest
    }

    private func admit(_ server: PoolServer, cause: EventID) -> EventID {
        var event = cause
        attempt { () throws(PolicyError) in
            server.number = core.add(try ServerRules(server.spec, of: spec), at: world.now)
            numbered.append(server)
            event = begin(server, cause: cause)
            try startSlowly(server, .joined, cause: event)
        }
        return event
    }

    @discardableResult private func begin(_ server: PoolServer, cause: EventID) -> EventID {
        server.announcedWeight = Int64(millionths: server.spec.weight)
        let event = record(.serverJoined, server, cause: cause, value: server.announcedWeight)
        if outliers != nil {
            server.host = outliers?.add()
            hosts.append(server)
        }
        beginAccrual(server)
        beginChecks(server, cause: event)
        return event
    }

    private func dismiss(_ server: PoolServer, cause: EventID) -> EventID {
        if let number = server.number { core.remove(number) }
        server.number = nil
        if let host = server.host { outliers?.remove(host) }
        server.host = nil
        server.ejection = .none
        endAccrual(server)
        server.slowStart = nil
        world.simulation.cancel(server.slowStartTimer)
        endChecks(server)
        return record(.serverLeft, server, cause: cause)
    }

    // MARK: Weights

    /// Gives the balancer the weight of the moment, and records it where it is another.
    func weigh(_ server: PoolServer, cause: EventID) {
        guard let number = server.number else { return }
        let weight = server.spec.weight * (server.slowStart?.factor(at: world.now) ?? 1)
        core.setWeight(number, weight)
        let size = Int64(millionths: weight)
        if size == server.announcedWeight { return }
        server.announcedWeight = size
        record(.serverWeighed, server, cause: cause, value: size)
    }

    /// A server that joins, or that its checks have brought back, begins with a part of its weight. Those that are
    /// there at the start begin with all of it, as it would make no difference; so does one that was ejected, as in
    /// Envoy, and every one where the algorithm does not look at weights.
    func startSlowly(_ server: PoolServer, _ entry: SlowStartRules.Entry, cause: EventID) throws(PolicyError) {
        guard let rule = spec.slowStart, core.algorithm.usesWeights, server.number != nil else { return }
        var slowStart = SlowStart<VirtualTime>(try .written(rule))
        slowStart.begin(entry, hasActiveChecks: entry == .recovered, at: world.now)
        server.slowStart = slowStart
        server.slowStartCause = cause
        goOnSlowly(server, cause: cause)
    }

    /// Gives a server the weight of the moment, and sets the time for the next.
    func goOnSlowly(_ server: PoolServer, cause: EventID) {
        weigh(server, cause: cause)
        world.simulation.cancel(server.slowStartTimer)
        guard let slowStart = server.slowStart, let end = slowStart.end, world.now < end else {
            server.slowStart = nil
            return
        }
        // HAProxy looks at weights when it checks.
        if slowStart.rules.profile == .haproxy, server.health != nil { return }
        let step = max(1_000_000, slowStart.rules.window.wholeNanoseconds / Self.slowStartSteps)
        let next = min(end, world.now.advanced(byNanoseconds: step))
        server.slowStartTimer = world.simulation.schedule(at: next) {
            self.goOnSlowly(server, cause: server.slowStartCause)
            self.updateOwners(cause: server.slowStartCause)
        }
    }

    /// Whoever is on the way up goes on under the new rule, from its own beginning, or has all its weight at once.
    /// The same where checks come or go, which HAProxy's slow start goes by.
    func adoptSlowStart(_ rule: Pool.SlowStart?, cause: EventID) throws(PolicyError) {
        for server in servers where server.slowStart != nil {
            if let rule { server.slowStart?.change(try .written(rule)) } else { server.slowStart = nil }
            goOnSlowly(server, cause: cause)
        }
    }
}
