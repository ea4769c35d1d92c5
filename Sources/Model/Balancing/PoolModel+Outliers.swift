import Resilience
import Scenario
import Simulation
import Trace

/// Servers that fail more than others are left out for a while.
extension PoolModel {
    /// Counts what became of a call, for whoever watches the answers.
    func observe(_ pick: PoolPick, _ outcome: Outcome, cause: EventID) {
        let result = OutlierResult(outcome.isSuccess ? nil : outcome.failureKind)
        let server = pick.server
        // A server that has left since, and come back, has another number.
        guard server.number == pick.number else { return }
        if let result, result != .success { server.lastFailure = cause }
        accrue(server, result, cause: cause)
        guard let result else { return }
        observeHealth(server, isHealthy: result == .success, cause: cause)
        guard let host = server.host else { return }
        let events = outliers?.record(result, by: host, at: world.now, draw: drawEjection) ?? []
        tell(events)
        scheduleSweep()
    }

    /// Whether a server that stands out is ejected, and by how much longer.
    func drawEjection() -> Double { ejectionStream.next().uniform }

    private func scheduleSweep() {
        if world.simulation.isPending(sweepTimer) { return }
        guard let next = outliers?.nextSweep(at: world.now) else { return }
        sweepTimer = world.simulation.schedule(at: max(next, world.now)) { [self] in
            let events = outliers?.sweep(at: world.now, draw: drawEjection) ?? []
            tell(events)
            scheduleSweep()
        }
    }

    private func tell(_ events: [OutlierEvent]) {
        for event in events {
            switch event {
            case .changed(let change) where change.to == .ejected: eject(hosts[change.host], change)
            case .changed(let change): takeBack(hosts[change.host], cause: .none)
            case .spared(let host, let reason): _ = find(hosts[host], reason)
            case .overflowed(let host, let reason):
                let found = find(hosts[host], reason)
                record(.ejectionRefused, hosts[host], cause: found, value: Int64(outliers?.ejectedCount ?? 0))
            }
        }
    }

    private func eject(_ server: PoolServer, _ change: OutlierTransition) {
        eject(server, for: change.ejectedFor ?? .zero, cause: find(server, change.reason))
    }

    func eject(_ server: PoolServer, for length: Duration, cause: EventID) {
        server.ejection = record(.serverEjected, server, cause: cause, value: length.wholeNanoseconds)
        update(cause: server.ejection)
    }

    func takeBack(_ server: PoolServer, cause: EventID) {
        let event = record(.serverReturned, server, cause: cause == .none ? server.ejection : cause)
        server.ejection = .none
        update(cause: event)
    }

    /// Records how a server stands out, and what was measured.
    private func find(_ server: PoolServer, _ reason: OutlierTransition.Reason) -> EventID {
        let rate = server.host.flatMap { outliers?.snapshot(of: $0, at: world.now)?.successRate } ?? 0
        let (detail, value): (String, Int64) =
            switch reason {
            case .consecutive: ("consecutive", Int64(spec.outliers?.consecutive ?? 0))
            case .gateway: ("gateway", Int64(spec.outliers?.gateway ?? 0))
            case .successRate: ("success rate", Int64(millionths: rate / 100))
            case .failurePercentage: ("failure percentage", Int64(millionths: 1 - rate / 100))
            case .elapsed, .checked, .disabled: (reason.rawValue, 0)
            }
        return find(server, detail, value)
    }

    func find(_ server: PoolServer, _ detail: String, _ value: Int64) -> EventID {
        world.record(
            .outlierFound, component: server.component, detail: world.name(detail), cause: server.lastFailure,
            value: value)
    }

    /// Goes on with another rule; without one everybody comes back.
    func adoptOutliers(_ rule: Pool.OutlierRule?, cause: EventID) throws(PolicyError) {
        world.simulation.cancel(sweepTimer)
        guard let rule else {
            outliers = nil
            for server in servers {
                server.host = nil
                if server.isEjected { takeBack(server, cause: cause) }
            }
            return
        }
        let rules = try OutlierDetectionRules(rule)
        if outliers == nil {
            outliers = OutlierDetectionCore(rules, at: world.now)
            hosts = []
            for server in servers where server.number != nil {
                server.host = outliers?.add()
                hosts.append(server)
            }
        } else {
            let events = outliers?.change(rules, at: world.now) ?? []
            tell(events)
        }
        scheduleSweep()
    }
}
