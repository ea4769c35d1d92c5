// What happens once an interval.
extension OutlierDetectionMachine {
    private var interval: Int64 { rules.interval.clampedNanoseconds }

    /// Carries out the sweeps that are due, each as of its time.
    mutating func catchUp(to now: Int64, draw: () -> Double) -> [OutlierEvent] {
        var events: [OutlierEvent] = []
        while now - lastSweep >= interval {
            skipIdleSweeps(until: now)
            guard now - lastSweep >= interval else { break }
            lastSweep += interval
            sweep(at: lastSweep, draw: draw, &events)
        }
        return events
    }

    /// Until when a sweep has nothing to do; `nil`: the next one has.
    private var idleUntil: Int64? {
        var until = Int64.max
        for host in hosts where host.isPresent {
            if host.calls.total > 0 { return nil }
            if let since = host.ejectedAt {
                until = min(until, since.addingClamped(host.ejection(rules)))
            } else if host.multiplier > 0 {
                return nil
            }
        }
        return until
    }

    private mutating func skipIdleSweeps(until now: Int64) {
        guard let idle = idleUntil else { return }
        let skipped = min((now - lastSweep) / interval, max(0, idle - 1 - lastSweep) / interval)
        guard skipped > 0 else { return }
        lastSweep += skipped * interval
        threshold = nil
        for host in hosts.indices { hosts[host].latest = OutlierCalls() }
    }

    /// The next sweep that may have something to do; `nil`: none, until something is recorded.
    var nextSweep: Int64? { idleUntil == .max ? nil : lastSweep + interval }

    private mutating func sweep(at now: Int64, draw: () -> Double, _ events: inout [OutlierEvent]) {
        if rules.profile == .envoy { returnHosts(at: now, &events) }
        for host in hosts.indices { hosts[host].endInterval() }
        // Envoy leaves out who is ejected; hosts that are ejected for their success rate are still in the second list.
        let compared = hosts.indices.filter { isCompared(hosts[$0]) }
        compareSuccessRates(compared, at: now, draw: draw, &events)
        compareFailures(compared, at: now, draw: draw, &events)
        switch rules.profile {
        case .envoy: decay(backFor: interval, at: now)
        case .grpc:
            // Before hosts come back, so that these keep their multipliers in this sweep.
            decay(backFor: 0, at: now)
            returnHosts(at: now, &events)
        }
    }

    private func isCompared(_ host: OutlierHost) -> Bool {
        host.isPresent && host.latest.total > 0 && (rules.profile == .grpc || host.ejectedAt == nil)
    }

    private mutating func returnHosts(at now: Int64, _ events: inout [OutlierEvent]) {
        for host in hosts.indices {
            guard let since = hosts[host].ejectedAt else { continue }
            let (out, length) = (now - since, hosts[host].ejection(rules))
            if rules.profile == .envoy ? out >= length : out > length { bringBack(host, .elapsed, at: now, &events) }
        }
    }

    private mutating func compareSuccessRates(
        _ compared: [Int], at now: Int64, draw: () -> Double, _ events: inout [OutlierEvent]
    ) {
        threshold = nil
        guard let rule = rules.successRate else { return }
        let busy = compared.filter { hosts[$0].latest.total >= rule.requests }
        guard busy.count >= rule.hosts else { return }
        threshold = OutlierThreshold(rates: busy.map { hosts[$0].latest.successRate }, deviations: rule.deviations)
        guard let threshold else { return }
        for host in busy {
            if rules.profile == .grpc, !hasRoom { return }
            guard hosts[host].ejectedAt == nil, hosts[host].latest.successRate < threshold.threshold else { continue }
            eject(host, .successRate, enforcing: rule.enforcing, at: now, draw: draw, &events)
        }
    }

    private mutating func compareFailures(
        _ compared: [Int], at now: Int64, draw: () -> Double, _ events: inout [OutlierEvent]
    ) {
        guard let rule = rules.failurePercentage else { return }
        let busy = compared.filter { hosts[$0].latest.total >= rule.requests }
        guard busy.count >= rule.hosts else { return }
        for host in busy {
            if rules.profile == .grpc, !hasRoom { return }
            let share = hosts[host].latest.failureShare
            let isOver = rules.profile == .envoy ? share >= rule.threshold : share > rule.threshold
            guard isOver, hosts[host].ejectedAt == nil else { continue }
            eject(host, .failurePercentage, enforcing: rule.enforcing, at: now, draw: draw, &events)
        }
    }

    private mutating func decay(backFor least: Int64, at now: Int64) {
        for host in hosts.indices where hosts[host].ejectedAt == nil && hosts[host].multiplier > 0 {
            if let returned = hosts[host].returnedAt, now - returned >= least { hosts[host].multiplier -= 1 }
        }
    }
}
