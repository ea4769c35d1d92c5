import Resilience
import Scenario
import Simulation
import Trace

/// Servers that are left out for what they answer, each by itself: nginx' `max_fails`, and failure accrual. The one
/// call that tries such a server is no ejection: the server is back, and only gets no other call meanwhile.
extension PoolModel {
    // MARK: nginx

    /// Whether an outcome counts as one of the failures of ``Pool/PassiveRule``.
    func countsAsFailure(_ outcome: Outcome) -> Bool {
        guard spec.passive != nil, !outcome.isSuccess, let result = OutlierResult(outcome.failureKind) else {
            return false
        }
        return result != .success
    }

    /// A call has ended, and the balancer has counted it.
    func followFailures(_ pick: PoolPick, failed: Bool, cause: EventID) {
        guard let rule = spec.passive, pick.server.number == pick.number else { return }
        let server = pick.server
        if core.isBlocked(pick.number) {
            guard failed, !server.isEjected else { return }
            server.lastFailure = cause
            eject(server, for: rule.failTimeout, cause: find(server, "failures", Int64(rule.maxFails)))
        } else if server.isEjected {
            takeBack(server, cause: cause)
        }
    }

    /// Lets those back in whose time is over. nginx looks when it picks.
    func followReturns() {
        guard spec.passive != nil else { return }
        core.advance(to: world.now)
        for server in servers where server.isEjected {
            if let number = server.number, !core.isBlocked(number) { takeBack(server, cause: .none) }
        }
    }

    /// Goes on with another rule. What was counted is forgotten.
    func adoptPassive(_ rule: Pool.PassiveRule?, cause: EventID) throws(PolicyError) {
        for server in servers {
            guard let number = server.number else { continue }
            try core.setFailures(number, most: rule?.maxFails ?? 0, timeout: rule?.failTimeout ?? .zero)
            if server.isEjected { takeBack(server, cause: cause) }
        }
    }

    // MARK: Failure accrual

    func beginAccrual(_ server: PoolServer) {
        guard let rule = spec.accrual else { return }
        attempt { () throws(PolicyError) in
            server.accrual = FailureAccrualCore(try FailureAccrualRules(rule), at: world.now)
        }
    }

    func endAccrual(_ server: PoolServer) {
        server.accrual = nil
        world.simulation.cancel(server.accrualTimer)
    }

    /// A call has been sent to it.
    func startAccrual(_ server: PoolServer, cause: EventID) {
        let moves = server.accrual?.started(at: world.now) ?? []
        tell(moves, of: server, cause: cause)
    }

    /// A call has ended; result: `nil` when it says nothing.
    func accrue(_ server: PoolServer, _ result: OutlierResult?, cause: EventID) {
        let result = result.map { $0 == .success ? CircuitBreakerResult.success : .failure } ?? .ignored
        let moves = server.accrual?.record(result, at: world.now, draw: drawEjection) ?? []
        tell(moves, of: server, cause: cause)
    }

    private func tell(_ moves: [FailureAccrualTransition], of server: PoolServer, cause: EventID) {
        for move in moves {
            switch move.to {
            case .dead:
                let found =
                    move.reason == .successRate
                    ? find(server, "success rate", Int64(millionths: server.accrual?.successRate ?? 0))
                    : find(server, "consecutive", Int64(server.accrual?.failuresInARow ?? 0))
                eject(server, for: move.deadFor ?? .zero, cause: found)
                scheduleTick(server)
            case .probing where server.isEjected: takeBack(server, cause: .none)
            case .probing, .onTrial, .alive: update(cause: cause)
            }
        }
    }

    private func scheduleTick(_ server: PoolServer) {
        world.simulation.cancel(server.accrualTimer)
        guard let wait = server.accrual?.timeToTick(at: world.now) else { return }
        server.accrualTimer = world.simulation.schedule(at: world.now.advanced(by: wait)) { [self] in
            let moves = server.accrual?.tick(at: world.now) ?? []
            tell(moves, of: server, cause: server.ejection)
        }
    }

    /// Begins anew with another rule; everybody is back.
    func adoptAccrual(cause: EventID) {
        for server in servers where server.number != nil {
            endAccrual(server)
            beginAccrual(server)
            if server.isEjected { takeBack(server, cause: cause) } else { update(cause: cause) }
        }
    }
}
