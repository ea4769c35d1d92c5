/// Each as likely as it has weight. O(log n); O(n) when the pool changes.
struct WeightedRandomBalancer: Balancer {
    /// The weight of each that may be picked and of those before it.
    private var sums: [Double] = []

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        sums.removeAll(keepingCapacity: true)
        var sum = 0.0
        for server in pool.eligible {
            sum += pool[server].weight
            sums.append(sum)
        }
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        guard let total = sums.last else { return nil }
        let aim = draw() * total
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] <= aim { low = middle + 1 } else { high = middle }
        }
        return LoadBalancerPick(pool.eligible[low])
    }
}
