/// One after the other, in the order in which they were added. O(log n).
struct RoundRobinBalancer: Balancer {
    private var last = -1

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        last = pool.next(after: last)
        return LoadBalancerPick(last)
    }
}
