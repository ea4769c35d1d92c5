/// xxHash64, the library's one 64-bit hash: the same on every machine, unlike Swift's `Hasher`.
enum XXHash64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
        var text = text
        return text.withUTF8 { hash($0, seed: seed) }
    }

    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var place = 0
        var hash = seed &+ prime5
        if bytes.count >= 32 {
            var lanes = Lanes(seed: seed)
            while place + 32 <= bytes.count {
                lanes.add(word(bytes, place), word(bytes, place + 8), word(bytes, place + 16), word(bytes, place + 24))
                place += 32
            }
            hash = lanes.merged
        }
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            hash = add(word(bytes, place), to: hash)
            place += 8
        }
        if place + 4 <= bytes.count {
            let half = (0..<4).reduce(UInt64(0)) { $0 | UInt64(bytes[place + $1]) << (8 * UInt64($1)) }
            hash = rotate(hash ^ half &* prime1, 23) &* prime2 &+ prime3
            place += 4
        }
        while place < bytes.count {
            hash = rotate(hash ^ UInt64(bytes[place]) &* prime5, 11) &* prime1
            place += 1
        }
        return avalanche(hash)
    }

    /// The hash of the eight bytes of a number, the lowest first.
    static func hash(_ number: UInt64, seed: UInt64) -> UInt64 {
        avalanche(add(number, to: seed &+ prime5 &+ 8))
    }

    private static func add(_ word: UInt64, to hash: UInt64) -> UInt64 {
        rotate(hash ^ round(0, word), 27) &* prime1 &+ prime4
    }

    private static func avalanche(_ hash: UInt64) -> UInt64 {
        var hash = (hash ^ (hash >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* prime2, 31) &* prime1
    }

    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }

    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 { word |= UInt64(bytes[place + index]) << (8 * UInt64(index)) }
        return word
    }

    /// What long inputs go through, 32 bytes at a time.
    private struct Lanes {
        var first, second, third, fourth: UInt64

        init(seed: UInt64) {
            (first, second) = (seed &+ prime1 &+ prime2, seed &+ prime2)
            (third, fourth) = (seed, seed &- prime1)
        }

        mutating func add(_ one: UInt64, _ two: UInt64, _ three: UInt64, _ four: UInt64) {
            (first, second) = (round(first, one), round(second, two))
            (third, fourth) = (round(third, three), round(fourth, four))
        }

        var merged: UInt64 {
            var hash = rotate(first, 1) &+ rotate(second, 7) &+ rotate(third, 12) &+ rotate(fourth, 18)
            for lane in [first, second, third, fourth] { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
            return hash
        }
    }
}
