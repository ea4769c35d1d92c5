/// The detection itself, in nanoseconds since it began. ``OutlierDetectionCore`` gives it a clock's instants.
struct OutlierDetectionMachine: Sendable {
    var rules: OutlierDetectionRules
    var hosts: [OutlierHost] = []
    var present = 0
    var ejected = 0
    var overflows = 0
    var lastSweep: Int64 = 0
    /// Of the latest sweep that compared success rates.
    var threshold: OutlierThreshold?

    init(_ rules: OutlierDetectionRules) { self.rules = rules }

    // MARK: - The pool

    mutating func add() -> Int {
        hosts.append(OutlierHost())
        present += 1
        return hosts.count - 1
    }

    mutating func remove(_ host: Int) {
        guard isPresent(host) else { return }
        if hosts[host].ejectedAt != nil { ejected -= 1 }
        present -= 1
        hosts[host] = OutlierHost()
        hosts[host].isPresent = false
    }

    func isPresent(_ host: Int) -> Bool { hosts.indices.contains(host) && hosts[host].isPresent }

    // MARK: - Answers

    mutating func record(
        _ result: OutlierResult, by host: Int, at now: Int64, draw: () -> Double
    ) -> [OutlierEvent] {
        var events = catchUp(to: now, draw: draw)
        guard isPresent(host) else { return events }
        hosts[host].count(result)
        guard result != .success else { return events }
        // Whoever waits for the exact number does not detect the same run twice while the host is out.
        if let rule = rules.gateway, hosts[host].gatewayFailuresInARow == rule.failures, result == .gatewayFailure,
            detect(host, .gateway, enforcing: rule.enforcing, at: now, draw: draw, &events)
        {
            hosts[host].gatewayFailuresInARow = 0
        }
        if let rule = rules.consecutive, hosts[host].failuresInARow == rule.failures,
            detect(host, .consecutive, enforcing: rule.enforcing, at: now, draw: draw, &events)
        {
            hosts[host].failuresInARow = 0
        }
        return events
    }

    /// Whether it was looked at: not so when it is out already.
    private mutating func detect(
        _ host: Int, _ reason: OutlierTransition.Reason, enforcing: Double, at now: Int64, draw: () -> Double,
        _ events: inout [OutlierEvent]
    ) -> Bool {
        guard hosts[host].ejectedAt == nil else { return false }
        eject(host, reason, enforcing: enforcing, at: now, draw: draw, &events)
        return true
    }

    // MARK: - Out and in again

    /// Whether another host may be ejected.
    var hasRoom: Bool {
        let hosts = Double(present)
        switch rules.profile {
        case .envoy:
            return Double(ejected + 1) / hosts <= rules.maxEjected || rules.alwaysEjectsOne && ejected == 0
        case .grpc: return Double(ejected) / hosts < rules.maxEjected
        }
    }

    mutating func eject(
        _ host: Int, _ reason: OutlierTransition.Reason, enforcing: Double, at now: Int64, draw: () -> Double,
        _ events: inout [OutlierEvent]
    ) {
        guard hasRoom else {
            overflows += 1
            return events.append(.overflowed(host: host, reason))
        }
        // Where there is no choice nothing is drawn.
        guard enforcing >= 1 || enforcing > 0 && draw() < enforcing else {
            return events.append(.spared(host: host, reason))
        }
        ejected += 1
        hosts[host].ejectedAt = now
        hosts[host].jitter = jitter(draw)
        if grows(hosts[host].multiplier) { hosts[host].multiplier += 1 }
        let length = Duration.nanoseconds(hosts[host].ejection(rules))
        change(host, from: .inService, to: .ejected, reason, for: length, &events)
    }

    private func jitter(_ draw: () -> Double) -> Int64 {
        let most = rules.jitter.clampedNanoseconds / 1_000_000
        return most > 0 ? min(most, Int64(draw() * Double(most + 1))) * 1_000_000 : 0
    }

    /// Envoy stops where the time has reached its most.
    private func grows(_ multiplier: Int) -> Bool {
        let base = rules.base.clampedNanoseconds
        return rules.profile == .grpc
            || base.multipliedClamped(by: Int64(multiplier)) < rules.most.clampedNanoseconds.addingClamped(base)
    }

    mutating func bringBack(
        _ host: Int, _ reason: OutlierTransition.Reason, at now: Int64, _ events: inout [OutlierEvent]
    ) {
        ejected -= 1
        hosts[host].ejectedAt = nil
        hosts[host].returnedAt = now
        hosts[host].forgetRuns()
        change(host, from: .ejected, to: .inService, reason, &events)
    }

    private func change(
        _ host: Int, from: OutlierState, to: OutlierState, _ reason: OutlierTransition.Reason,
        for length: Duration? = nil, _ events: inout [OutlierEvent]
    ) {
        let move = OutlierTransition(host: host, from: from, to: to, reason: reason, ejectedFor: length)
        if let move { events.append(.changed(move)) }
    }

    mutating func passedCheck(_ host: Int, at now: Int64) -> [OutlierEvent] {
        var events: [OutlierEvent] = []
        if isPresent(host), hosts[host].ejectedAt != nil { bringBack(host, .checked, at: now, &events) }
        return events
    }

    mutating func change(_ rules: OutlierDetectionRules, at now: Int64) -> [OutlierEvent] {
        self.rules = rules
        var events: [OutlierEvent] = []
        guard rules.profile == .grpc, !rules.detects else { return events }
        for host in hosts.indices {
            if hosts[host].ejectedAt != nil { bringBack(host, .disabled, at: now, &events) }
            hosts[host].multiplier = 0
        }
        return events
    }
}
