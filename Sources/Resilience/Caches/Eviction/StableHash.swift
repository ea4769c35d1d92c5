/// Hashes that are the same in every run, where `Hasher` has a seed of its own in each: what a policy decides by a hash
/// must not change when a run is repeated.
enum StableHash {
    /// Of text (FNV-1a over its UTF-8, mixed) and integers. Keys of other types get `hashValue`, which differs from
    /// process to process.
    static func of(_ key: some Hashable) -> UInt64 {
        switch key {
        case let text as String: mix(text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        case let number as any BinaryInteger: mix(UInt64(truncatingIfNeeded: number))
        default: mix(UInt64(truncatingIfNeeded: key.hashValue))
        }
    }

    /// SplitMix64: neighbouring numbers give unrelated ones.
    static func mix(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
