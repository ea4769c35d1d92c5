/// Takes hosts out of a pool that fail more than others, and puts them back later: Envoy's outlier detection.
///
/// Without a clock and without randomness: every call says what time it is and gives draws, random numbers in 0..<1,
/// of which one is used only where there is a choice. Failures in a row eject at once; all else happens in sweeps, at
/// whole intervals after the start. Sweeps that are due are carried out with the next ``record(_:by:at:draw:)``, each
/// as of its time; call ``sweep(at:draw:)`` at ``nextSweep(at:)`` to see them in time. Times are expected not to go
/// back.
///
/// Hosts are told apart by their place in the list in which they were ever added, and are looked at in that order.
/// A host that is out is not ejected a second time, which Envoy and gRPC would do where a host fails by its success
/// rate and by its share of failures in one sweep.
///
/// A single host that is guarded by the same rules is the breaker
/// ``CircuitBreakerRules/envoy(failures:base:most:interval:)``.
public struct OutlierDetectionCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    private var machine: OutlierDetectionMachine
    private var time: ElapsedTime<Instant>

    /// A pool of `hosts` hosts, 0 and up, all in service.
    public init(_ rules: OutlierDetectionRules, hosts: Int = 0, at start: Instant) {
        machine = OutlierDetectionMachine(rules)
        time = ElapsedTime(since: start)
        for _ in 0..<max(0, hosts) { _ = machine.add() }
    }

    public var rules: OutlierDetectionRules { machine.rules }
    /// How many hosts there are, in service or not.
    public var count: Int { machine.present }
    public var ejectedCount: Int { machine.ejected }
    /// How often a host was detected while too many were ejected.
    public var overflows: Int { machine.overflows }
    /// What success rates were compared with in the latest sweep; `nil`: there were not enough.
    public var threshold: OutlierThreshold? { machine.threshold }

    /// Another host joins, in service. Gives its number, which is never used again.
    public mutating func add() -> Int { machine.add() }

    /// A host leaves. Nothing happens when it has left already.
    public mutating func remove(_ host: Int) { machine.remove(host) }

    /// Whether the host is out. A host that is not in the pool is not.
    public func isEjected(_ host: Int) -> Bool { machine.isPresent(host) && machine.hosts[host].ejectedAt != nil }

    /// Counts what became of a call. O(1), and a sweep of O(hosts) where one is due.
    public mutating func record(
        _ result: OutlierResult, by host: Int, at now: Instant, draw: () -> Double
    ) -> [OutlierEvent] {
        machine.record(result, by: host, at: time.nanoseconds(at: now), draw: draw)
    }

    /// The host has passed an active health check, and comes back at once if it was out (Envoy's
    /// `successful_active_health_check_uneject_host`).
    public mutating func passedCheck(_ host: Int, at now: Instant) -> [OutlierEvent] {
        machine.passedCheck(host, at: time.nanoseconds(at: now))
    }

    /// Carries out the sweeps that are due: who comes back, who is ejected.
    public mutating func sweep(at now: Instant, draw: () -> Double) -> [OutlierEvent] {
        machine.catchUp(to: time.nanoseconds(at: now), draw: draw)
    }

    /// When the next sweep is that may have something to do; `nil`: none, until something is recorded.
    public func nextSweep(at now: Instant) -> Instant? {
        let elapsed = time.peek(at: now)
        return machine.nextSweep.map { now.advanced(by: .nanoseconds(max(0, $0 - elapsed))) }
    }

    /// Takes other rules. Counts stay, the interval that runs and ejections take their new lengths; in gRPC all hosts
    /// come back when nothing is detected any more.
    public mutating func change(_ rules: OutlierDetectionRules, at now: Instant) -> [OutlierEvent] {
        machine.change(rules, at: time.nanoseconds(at: now))
    }

    /// For a panel or a metric; `nil`: not in the pool.
    public func snapshot(of host: Int, at now: Instant) -> OutlierSnapshot? {
        guard machine.isPresent(host) else { return nil }
        return OutlierSnapshot(machine.hosts[host], rules, at: time.peek(at: now))
    }
}
