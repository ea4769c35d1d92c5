/// The lower cost of two that are drawn: estimated latency · (requests + 1). A latency above the estimate becomes the
/// estimate at once, lower ones pull it down slowly (Finagle's `PeakEwma`, tower's `peak_ewma`).
///
/// As in both, looking at an estimate counts as a latency of 0, so it fades. What is known of a server that was never
/// measured: with `initial` that latency (tower; Linkerd 30 ms); without it, as in Finagle, its first request is free,
/// and while that is on its way it costs more than any other. O(1).
struct PeakEWMABalancer: Balancer {
    /// ns, 39 hours.
    static let penalty = Double(Int64.max >> 16)

    /// ns
    private let decay: Double
    private let initial: Double
    /// By server.
    private var estimates: [LatencyEstimate] = []

    init(decay: Duration, initial: Duration?) {
        self.decay = decay.clampedDouble
        self.initial = initial?.clampedDouble ?? 0
    }

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        while estimates.count < pool.servers.count { estimates.append(LatencyEstimate(initial, at: now)) }
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        let candidates = pool.drawPair(2, withReplacement: false, draw) { server, pool in
            estimates[server].addPeak(0, at: now, decay: decay)
            return cost(server, estimates[server].value, in: pool)
        }
        return candidates.best.map { LoadBalancerPick($0.server, considered: candidates) }
    }

    mutating func finished(_ server: Int, took: Int64?, in pool: ServerPool, at now: Int64) {
        if let took { estimates[server].addPeak(Double(took), at: now, decay: decay) }
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? {
        cost(server, estimates[server].faded(at: now, decay: decay), in: pool)
    }

    func estimate(_ server: Int, at now: Int64) -> Double? { estimates[server].faded(at: now, decay: decay) }

    private func cost(_ server: Int, _ estimate: Double, in pool: ServerPool) -> Double {
        let pending = Double(pool[server].pending)
        return estimate == 0 && pending > 0 ? Self.penalty + pending : estimate * (pending + 1)
    }
}
