/// Each as likely as the others. O(1).
struct RandomBalancer: Balancer {
    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        LoadBalancerPick(pool.drawn(draw()))
    }
}
