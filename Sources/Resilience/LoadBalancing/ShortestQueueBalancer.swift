/// Join the shortest queue: fewest requests for each unit of weight of all; among equals by chance. O(n).
struct ShortestQueueBalancer: Balancer {
    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        var least = Double.infinity
        var tied = 0
        for server in pool.eligible {
            let load = pool[server].load
            if load < least { (least, tied) = (load, 1) } else if load == least { tied += 1 }
        }
        var rest = place(draw(), below: max(1, tied))
        for server in pool.eligible where pool[server].load == least {
            if rest == 0 {
                let candidate = LoadBalancerCandidate(server: server, score: least)
                return LoadBalancerPick(server, considered: LoadBalancerCandidates(candidate))
            }
            rest -= 1
        }
        return nil
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? { pool[server].load }
}
