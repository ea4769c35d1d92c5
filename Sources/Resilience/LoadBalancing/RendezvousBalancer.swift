/// The server whose hash with the key is the highest: only the keys of one that leaves move, to all of the others.
///
/// With weights the lowest of -ln(hash) / weight, a hash taken as 0...1 (weighted rendezvous hashing). O(n).
struct RendezvousBalancer: KeyedBalancer {
    /// By server.
    private var seeds: [UInt64] = []
    private var areWeightsEqual = true

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        for server in pool.servers[seeds.count...] { seeds.append(XXHash64.hash(server.name)) }
        let weights = pool.eligible.lazy.map { pool[$0].weight }
        areWeightsEqual = weights.allSatisfy { $0 == weights.first }
    }

    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int? { place(key.hash, in: pool) }

    func place(position: Double, in pool: ServerPool) -> Int? { place(UInt64(position * 0x1p64), in: pool) }

    private func place(_ key: UInt64, in pool: ServerPool) -> Int? {
        areWeightsEqual ? highest(key, in: pool) : nearest(key, in: pool)
    }

    private func highest(_ key: UInt64, in pool: ServerPool) -> Int? {
        var best: (server: Int, hash: UInt64)?
        for server in pool.eligible {
            let hash = XXHash64.hash(key, seed: seeds[server])
            if let leader = best, hash <= leader.hash { continue }
            best = (server, hash)
        }
        return best?.server
    }

    private func nearest(_ key: UInt64, in pool: ServerPool) -> Int? {
        var best: (server: Int, distance: Double)?
        for server in pool.eligible {
            // The middle of the hash' place, so that it is never 0; as exact as a Double is near 1.
            let share = (Double(XXHash64.hash(key, seed: seeds[server]) >> 12) + 0.5) * 0x1p-52
            let distance = -Curves.log(share) / pool[server].weight
            if let leader = best, distance >= leader.distance { continue }
            best = (server, distance)
        }
        return best?.server
    }
}
