/// nginx' `least_conn`: fewest requests for each unit of weight; among equals by smooth weighted round robin. O(n).
struct LeastConnectionsBalancer: Balancer {
    private var ties = SmoothWeightedBalancer()

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        ties.changed(change, in: pool, at: now)
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        var best = pool.eligible[0]
        var isTied = false
        for server in pool.eligible.dropFirst() {
            let (ours, theirs) = Self.loads(server, best, in: pool)
            if ours < theirs {
                (best, isTied) = (server, false)
            } else if ours == theirs {
                isTied = true
            }
        }
        let least = best
        if isTied {
            best =
                ties.pick(from: &pool) { server, pool in
                    let (ours, theirs) = Self.loads(server, least, in: pool)
                    return ours == theirs
                } ?? least
        }
        return LoadBalancerPick(best, considered: LoadBalancerCandidates(pool.candidate(best)))
    }

    /// The loads of two servers, each times the product of both weights, so that nothing is rounded.
    private static func loads(_ one: Int, _ other: Int, in pool: ServerPool) -> (Double, Double) {
        (Double(pool[one].pending) * pool[other].weight, Double(pool[other].pending) * pool[one].weight)
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? { pool[server].load }
}
