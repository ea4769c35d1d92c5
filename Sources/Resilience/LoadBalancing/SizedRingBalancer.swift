/// Envoy's and gRPC's ring: at least so many points, shared by weight, by xxHash64 of `name_0`, `name_1`, ...
///
/// The lightest server gets a whole number of points. One that joins or leaves changes the others' numbers a little, so
/// that more than its own keys move. As in gRPC A42 one that is not available is passed by. A pick is
/// O(log points); a change of members or weights O(points · log points).
struct SizedRingBalancer: KeyedBalancer {
    private let least: Int
    private let most: Int
    private var ring = HashRing()

    init(least: Int, most: Int) {
        self.least = least
        self.most = most
    }

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        if case .availability = change { return }
        let members = pool.servers.indices.filter { pool[$0].isMember && pool[$0].weight > 0 }
        let counts = Self.counts(members.map { pool[$0].weight }, least: least, most: most)
        ring.replaceAll(
            zip(members, counts).flatMap { server, count in
                (0..<count).map { index in
                    HashRing.Point(hash: XXHash64.hash("\(pool[server].name)_\(index)"), server: Int32(server))
                }
            })
    }

    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int? { ring.server(at: key.hash, in: pool) }

    func place(position: Double, in pool: ServerPool) -> Int? {
        ring.server(at: UInt64(position * 0x1p64), in: pool)
    }

    /// Points of each server. Those that are not whole are rounded so that their sum is right.
    static func counts(_ weights: [Double], least: Int, most: Int) -> [Int] {
        let total = weights.reduce(0, +)
        guard let lightest = weights.min() else { return [] }
        let share = lightest / total
        let size = min((share * Double(least)).rounded(.up) / share, Double(most))
        var target = 0.0
        var given = 0
        return weights.map { weight in
            target += size * (weight / total)
            let count = max(0, Int(target.rounded(.up)) - given)
            given += count
            return count
        }
    }
}
