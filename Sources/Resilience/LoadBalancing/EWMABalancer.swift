/// The lower mean latency of two that are drawn: ingress-nginx' `ewma`.
///
/// Estimates fade to 0 while nothing is measured, so that a server that was slow is tried again; looking does not
/// change them. A server that joins begins with the mean of the others. Requests on their way do not count. O(1).
struct EWMABalancer: Balancer {
    /// ns
    private let decay: Double
    /// By server.
    private var estimates: [LatencyEstimate] = []

    init(decay: Duration) { self.decay = decay.clampedDouble }

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        let known = estimates.indices.filter { pool[$0].isMember }
        let sum = known.reduce(0) { $0 + estimates[$1].value }
        let mean = known.isEmpty ? 0 : sum / Double(known.count)
        while estimates.count < pool.servers.count { estimates.append(LatencyEstimate(mean, at: now)) }
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        let candidates = pool.drawPair(2, withReplacement: false, draw) { server, _ in
            estimates[server].faded(at: now, decay: decay)
        }
        return candidates.best.map { LoadBalancerPick($0.server, considered: candidates) }
    }

    mutating func finished(_ server: Int, took: Int64?, in pool: ServerPool, at now: Int64) {
        if let took { estimates[server].add(Double(took), at: now, decay: decay) }
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? { estimate(server, at: now) }

    func estimate(_ server: Int, at now: Int64) -> Double? { estimates[server].faded(at: now, decay: decay) }
}
