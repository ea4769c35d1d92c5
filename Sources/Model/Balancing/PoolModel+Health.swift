import Resilience
import Scenario
import Simulation
import Trace

/// Active health checks.
extension PoolModel {
    /// The first check of a server comes an interval after it has joined; until then it is up or down as the rules
    /// have it.
    func beginChecks(_ server: PoolServer, cause: EventID) {
        server.isUp = true
        server.streak = (true, 0)
        guard let check = spec.health else { return }
        attempt { () throws(PolicyError) in
            let rules = try HealthCheckRules(check, start: HealthCheckRules.Start(check.start))
            server.health = HealthCheckCore(rules)
        }
        server.isUp = server.health?.state != .down
        if !server.isUp { record(.serverDown, server, cause: cause) }
        scheduleCheck(server)
    }

    func endChecks(_ server: PoolServer) {
        world.simulation.cancel(server.checkTimer)
        server.health = nil
        server.nextCheck = nil
        server.isUp = true
    }

    private func scheduleCheck(_ server: PoolServer) {
        guard let health = server.health else { return world.simulation.cancel(server.checkTimer) }
        scheduleCheck(server, at: world.now.advanced(by: health.nextInterval))
    }

    private func scheduleCheck(_ server: PoolServer, at moment: VirtualTime) {
        world.simulation.cancel(server.checkTimer)
        server.nextCheck = moment
        server.checkTimer = world.simulation.schedule(at: moment) { self.check(server) }
    }

    /// Sends a check. Its answer counts when it is there, or when its time is over; the next is sent an interval after
    /// this one, but not before it is answered.
    private func check(_ server: PoolServer) {
        guard let rule = spec.health else { return }
        server.nextCheck = nil
        server.checks += 1
        let probe = server.backend.probe(DrawKey("check").part(server.checks))
        let limit = rule.timeout.wholeNanoseconds
        let isOK = probe.isOK && probe.nanoseconds.map { $0 < limit } ?? false
        let wait = min(limit, probe.nanoseconds ?? limit)
        let sent = world.now
        server.checkTimer = world.simulation.schedule(after: wait) {
            self.record(server, isOK: isOK)
            guard let health = server.health else { return }
            self.scheduleCheck(server, at: max(sent.advanced(by: health.nextInterval), self.world.now))
        }
    }

    private func record(_ server: PoolServer, isOK: Bool) {
        server.streak = (isOK, server.streak.isOK == isOK ? server.streak.length + 1 : 1)
        let event = record(
            .healthChecked, server, isOK ? .ok : .failed, cause: .none, value: Int64(server.streak.length))
        if let change = server.health?.record(isHealthy: isOK) { setUp(server, change.to == .up, cause: event) }
        if server.slowStart?.rules.profile == .haproxy { goOnSlowly(server, cause: server.slowStartCause) }
    }

    /// Counts a call's end where calls say something about health, and checks sooner where it does.
    func observeHealth(_ server: PoolServer, isHealthy: Bool, cause: EventID) {
        guard spec.health?.observe != nil, let before = server.health else { return }
        if let change = server.health?.observe(isHealthy: isHealthy) {
            setUp(server, change.to == .up, cause: cause)
        }
        guard let next = server.nextCheck, let wait = server.health?.nextInterval, wait < before.nextInterval else {
            return
        }
        scheduleCheck(server, at: min(next, world.now.advanced(by: wait)))
    }

    private func setUp(_ server: PoolServer, _ isUp: Bool, cause: EventID) {
        if server.isUp == isUp { return }
        server.isUp = isUp
        let event = record(isUp ? .serverUp : .serverDown, server, cause: cause)
        if isUp { attempt { () throws(PolicyError) in try startSlowly(server, .recovered, cause: event) } }
        update(cause: event)
    }

    /// Goes on with other checks. Who is down stays down until it has passed as many as the new ones ask for; without
    /// checks all are up.
    func adoptHealth(cause: EventID) {
        for server in servers where server.number != nil {
            guard let check = spec.health else {
                let wasUp = server.isUp
                endChecks(server)
                if !wasUp { record(.serverUp, server, cause: cause) }
                continue
            }
            attempt { () throws(PolicyError) in
                let rules = try HealthCheckRules(check, start: server.isUp ? .fullyUp : .fullyDown)
                server.health = HealthCheckCore(rules)
            }
            scheduleCheck(server)
        }
    }
}
