/// nginx' `ip_hash`: hash = (hash · 113 + byte) mod 6271 over the first three octets, from 89 on; modulo the sum of all
/// weights it is a place in the list of servers.
///
/// When that server may not be picked, hashing goes on from the hash, and after more than 20 misses smooth weighted
/// round robin decides. Clients of one /24 network share a server. Keys that are no IPv4 address are hashed by the
/// eight bytes of their 64-bit hash. O(n).
struct IPHashBalancer: Balancer {
    private static let seed = 89
    private static let range = 6271
    private static let mostMisses = 20

    private var fallback = SmoothWeightedBalancer()

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        fallback.changed(change, in: pool, at: now)
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        guard let key else { return LoadBalancerPick(pool.drawn(draw())) }
        if let server = server(for: key, in: pool) { return LoadBalancerPick(server) }
        return fallback.pick(from: &pool) { _, _ in true }.map { LoadBalancerPick($0) }
    }

    func server(for key: LoadBalancerKey, in pool: ServerPool) -> Int? {
        guard !pool.eligible.isEmpty else { return nil }
        let total = pool.servers.reduce(0) { $0 + ($1.isMember ? $1.weight : 0) }
        var hash = Self.seed
        for _ in 0...Self.mostMisses {
            hash = Self.hash(key, from: hash)
            // nginx has whole weights only. With fractions there are places that no whole hash ever reaches.
            let isWhole = pool.servers.allSatisfy { $0.weight.rounded() == $0.weight }
            let place = isWhole ? Double(hash).truncatingRemainder(dividingBy: total) : Self.spread(hash) * total
            let server = Self.server(at: place, in: pool)
            if let server, pool.isEligible(server) { return server }
        }
        return nil
    }

    static func hash(_ key: LoadBalancerKey, from seed: Int = seed) -> Int {
        (0..<key.networkLength).reduce(seed) { hash, byte in
            (hash * 113 + Int(key.network >> (8 * UInt64(byte)) & 0xff)) % range
        }
    }

    /// A place in 0..<1 for a hash, far from those of its neighbours: multiples of the golden ratio.
    private static func spread(_ hash: Int) -> Double {
        Double((UInt64(hash) &* 0x9E37_79B9_7F4A_7C15) >> 11) / 0x1p53
    }

    private static func server(at place: Double, in pool: ServerPool) -> Int? {
        var rest = place
        for server in pool.servers.indices where pool[server].isMember {
            if rest < pool[server].weight { return server }
            rest -= pool[server].weight
        }
        return nil
    }
}
