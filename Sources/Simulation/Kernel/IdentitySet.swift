/// A set of addresses: open addressing, linear probing. Only ever asked, never iterated, so that no address reaches
/// a trace. O(1) on average; about ten times as fast as `Set`, which guards against hostile keys.
struct IdentitySet {
    private var slots = [UInt](repeating: 0, count: 64)
    private var count = 0

    func contains(_ identity: UInt) -> Bool { slots[place(identity)] == identity }

    mutating func insert(_ identity: UInt) {
        if 2 * count >= slots.count { grow() }
        let place = place(identity)
        if slots[place] == 0 { count += 1 }
        slots[place] = identity
    }

    mutating func remove(_ identity: UInt) {
        var hole = place(identity)
        guard slots[hole] == identity else { return }
        count -= 1
        // Those behind move up, as far as their own place allows.
        var next = hole
        while true {
            next = (next + 1) & mask
            let other = slots[next]
            if other == 0 { break }
            if (next - home(other)) & mask >= (next - hole) & mask {
                slots[hole] = other
                hole = next
            }
        }
        slots[hole] = 0
    }

    private var mask: Int { slots.count - 1 }

    private func home(_ identity: UInt) -> Int {
        Int(truncatingIfNeeded: (identity >> 4) &* 0x9e37_79b9_7f4a_7c15 >> 32) & mask
    }

    /// Where it is, or the free slot where it would go.
    private func place(_ identity: UInt) -> Int {
        var place = home(identity)
        while slots[place] != identity, slots[place] != 0 { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt](repeating: 0, count: old.count * 2)
        for identity in old where identity != 0 { slots[place(identity)] = identity }
    }
}
