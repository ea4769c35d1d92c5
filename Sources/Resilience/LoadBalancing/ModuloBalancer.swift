/// The key's hash modulo the number of servers: nearly all keys move when that number changes. O(1).
struct ModuloBalancer: KeyedBalancer {
    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int? {
        pool.eligible[Int(key.hash % UInt64(pool.eligible.count))]
    }

    func place(position: Double, in pool: ServerPool) -> Int? { pool.drawn(position) }
}
