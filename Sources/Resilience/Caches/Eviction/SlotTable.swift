/// Finds slots by hashes: open addressing with linear probing. Keys stay with the owner, who also remembers their
/// hashes, so that nothing is hashed twice.
@usableFromInline
struct SlotTable: Sendable {
    /// The slot in the low half, 32 bits of the hash in the high half; `free`: nothing.
    @usableFromInline private(set) var places = [UInt64](repeating: free, count: 16)
    private(set) var count = 0

    @inlinable static var free: UInt64 { .max }

    @inlinable var mask: Int { places.count - 1 }

    /// The slot for which `isKey` is true, of those with that hash. O(1) on average.
    @inlinable
    func slot(hash: UInt32, where isKey: (Int) -> Bool) -> Int? {
        var place = Int(hash) & mask
        while places[place] != Self.free {
            let slot = Int(places[place] & 0xFFFF_FFFF)
            if UInt32(places[place] >> 32) == hash, isKey(slot) { return slot }
            place = (place + 1) & mask
        }
        return nil
    }

    /// A slot that is not there yet. O(1) amortised.
    mutating func insert(_ slot: Int, hash: UInt32) {
        if 4 * (count + 1) > 3 * places.count { grow() }
        count += 1
        put(UInt64(hash) << 32 | UInt64(slot))
    }

    /// A slot that is there. O(1) on average: those behind it that are not at home close up.
    mutating func remove(_ slot: Int, hash: UInt32) {
        var gap = Int(hash) & mask
        while places[gap] != UInt64(hash) << 32 | UInt64(slot) { gap = (gap + 1) & mask }
        count -= 1
        var place = (gap + 1) & mask
        while places[place] != Self.free {
            let home = Int(places[place] >> 32) & mask
            if (place - home) & mask >= (place - gap) & mask {
                places[gap] = places[place]
                gap = place
            }
            place = (place + 1) & mask
        }
        places[gap] = Self.free
    }

    private mutating func put(_ entry: UInt64) {
        var place = Int(entry >> 32) & mask
        while places[place] != Self.free { place = (place + 1) & mask }
        places[place] = entry
    }

    private mutating func grow() {
        let old = places
        places = [UInt64](repeating: Self.free, count: 2 * old.count)
        for entry in old where entry != Self.free { put(entry) }
    }
}
