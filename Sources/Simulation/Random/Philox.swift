/// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw ("Parallel random numbers: as easy as
/// 1, 2, 3", SC11): 128 random bits that depend on nothing but a counter and a key.
public enum Philox {
    public typealias Counter = (UInt32, UInt32, UInt32, UInt32)

    public static func block(counter: Counter, key: (UInt32, UInt32)) -> Counter {
        var (a, b, c, d) = counter
        var (keyA, keyB) = key
        for _ in 0..<10 {
            let left = UInt64(a) &* 0xd251_1f53
            let right = UInt64(c) &* 0xcd9e_8d57
            (a, b, c, d) = (
                UInt32(truncatingIfNeeded: right >> 32) ^ b ^ keyA, UInt32(truncatingIfNeeded: right),
                UInt32(truncatingIfNeeded: left >> 32) ^ d ^ keyB, UInt32(truncatingIfNeeded: left)
            )
            keyA &+= 0x9e37_79b9
            keyB &+= 0xbb67_ae85
        }
        return (a, b, c, d)
    }

    /// The same with 64-bit words, the lower halves first.
    static func block(counter: (UInt64, UInt64), key: UInt64) -> (UInt64, UInt64) {
        let words = block(
            counter: (low(counter.0), high(counter.0), low(counter.1), high(counter.1)), key: (low(key), high(key)))
        return (UInt64(words.0) | UInt64(words.1) << 32, UInt64(words.2) | UInt64(words.3) << 32)
    }

    private static func low(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) }
    private static func high(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
}
