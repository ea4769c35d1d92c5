/// nginx' smooth weighted round robin (commit 52327e0): everyone gains its weight, the largest is taken, and pays what
/// all of them gained. 5, 1, 1 gives a a b a c a a. O(n).
struct SmoothWeightedBalancer: Balancer {
    /// What each has gained and not paid yet, by server.
    private(set) var current: [Double] = []

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        current += Array(repeating: 0, count: pool.servers.count - current.count)
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        pick(from: &pool) { _, _ in true }.map { LoadBalancerPick($0) }
    }

    /// Among those that may be picked and of which the condition is true; the first of equal ones.
    mutating func pick(from pool: inout ServerPool, where isCandidate: (Int, ServerPool) -> Bool) -> Int? {
        var best: Int?
        var total = 0.0
        for server in pool.eligible where isCandidate(server, pool) {
            let weight = pool[server].effectiveWeight
            current[server] += weight
            total += weight
            pool.regainWeight(server)
            if let leader = best, current[server] <= current[leader] { continue }
            best = server
        }
        if let best { current[best] -= total }
        return best
    }
}
