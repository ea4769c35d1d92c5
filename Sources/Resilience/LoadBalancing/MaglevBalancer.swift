/// A table in which servers claim slots in turn, each in an order of its own (Eisenbud and others, NSDI 2016).
///
/// Shares differ by one slot at most, and a change moves few keys besides those that have to. Order: offset + i · skip,
/// offset = hash mod size, skip = hash' mod (size - 1) + 1, both xxHash64 of the name, with seeds 0 and 1, as in Envoy.
/// With weights a lighter server claims in as many rounds less (Envoy). A pick is O(1), any change O(size · log size).
struct MaglevBalancer: KeyedBalancer {
    /// How a server claims slots.
    struct Claim: Sendable {
        var offset: Int
        var skip: Int
        var weight = 1.0
    }

    private let size: Int
    /// Places in the pool's list of those that may be picked.
    private var table: [Int32] = []

    init(size: Int) { self.size = size }

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        let (size, last) = (UInt64(size), max(1, UInt64(size - 1)))
        table = Self.table(
            size: self.size,
            pool.eligible.map { server in
                let name = pool[server].name
                return Claim(
                    offset: Int(XXHash64.hash(name) % size), skip: Int(XXHash64.hash(name, seed: 1) % last + 1),
                    weight: pool[server].weight)
            })
    }

    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int? {
        table.isEmpty ? nil : pool.eligible[Int(table[Int(key.hash % UInt64(size))])]
    }

    func place(position: Double, in pool: ServerPool) -> Int? {
        table.isEmpty ? nil : pool.eligible[Int(table[Resilience.place(position, below: size)])]
    }

    /// Who has each slot.
    static func table(size: Int, _ claims: [Claim]) -> [Int32] {
        guard let heaviest = claims.map(\.weight).max(), heaviest > 0 else { return [] }
        var table = Array(repeating: Int32(-1), count: size)
        var next = claims.map { $0.offset % size }
        var taken = claims.map { _ in 0.0 }
        var filled = 0
        var round = 1.0
        while true {
            for (place, claim) in claims.enumerated() where round * claim.weight >= taken[place] {
                taken[place] += heaviest
                while table[next[place]] >= 0 { next[place] = (next[place] + claim.skip) % size }
                table[next[place]] = Int32(place)
                filled += 1
                if filled == size { return table }
            }
            round += 1
        }
    }

    static func isPrime(_ number: Int) -> Bool {
        guard number >= 2 else { return false }
        var divisor = 2
        while divisor * divisor <= number {
            if number % divisor == 0 { return false }
            divisor += 1
        }
        return true
    }
}
