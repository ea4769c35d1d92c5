/// The key's hash modulo the number of servers: nearly all keys move when that number changes. O(1).
struct ModuloBalancer: KeyedBalancer {
    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int? {
        pool.eligible[Int(key.hash % UInt64(pool.eligible.count))]
    }

    /// Neighbouring hashes have different owners, so that no server owns a range: a position stands for one of a few
    /// hashes in a row.
    func place(position: Double, in pool: ServerPool) -> Int? {
        pool.eligible[Int(position * Self.hashes) % pool.eligible.count]
    }

    private static let hashes = 64.0
}
