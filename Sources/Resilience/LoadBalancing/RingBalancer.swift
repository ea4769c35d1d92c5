/// nginx' `hash ... consistent`: so many points for each unit of weight, by CRC-32 of host, port and the point before.
///
/// A server that leaves gives away its own keys alone, and so does one that is not available, while it is not. A pick
/// is O(log points); a change of members or weights O(points).
struct RingBalancer: KeyedBalancer {
    private let pointsPerWeight: Int
    private var ring = HashRing()

    init(points: Int) { pointsPerWeight = points }

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        switch change {
        case .everything: ring.replaceAll(pool.servers.indices.flatMap { points(of: $0, in: pool) })
        case .member(let server): ring.replace(server, points(of: server, in: pool))
        case .availability: break
        }
    }

    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int? { ring.server(at: UInt64(key.crc), in: pool) }

    func place(position: Double, in pool: ServerPool) -> Int? {
        ring.server(at: UInt64(position * 0x1p32), in: pool)
    }

    private func points(of server: Int, in pool: ServerPool) -> [HashRing.Point] {
        guard pool[server].isMember, pool[server].weight > 0 else { return [] }
        let count = max(1, Int((pool[server].weight * Double(pointsPerWeight)).rounded()))
        return Self.hashes(of: pool[server].name, count: count).map {
            HashRing.Point(hash: UInt64($0), server: Int32(server))
        }
    }

    /// Each of `host \0 port` and the one before it.
    static func hashes(of name: String, count: Int) -> [UInt32] {
        let name = Array(name.utf8)
        let digits = name.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let colon = name.count - digits - 1
        let hasPort = colon >= 0 && name[colon] == UInt8(ascii: ":")
        var base = CRC32()
        base.add(hasPort ? name[..<colon] : name[...])
        base.add(0 as UInt8)
        if hasPort { base.add(name[(colon + 1)...]) }
        var hash: UInt32 = 0
        return (0..<count).map { _ in
            var crc = base
            crc.add(hash)
            hash = crc.checksum
            return hash
        }
    }
}
