/// Hashes that are the same in every run, where `Hasher` has a seed of its own in each: what a policy decides by a hash
/// must not change when a run is repeated.
@usableFromInline
enum StableHash {
    /// Of text and integers. Keys of other types go by `hashValue`, which differs from process to process.
    @usableFromInline
    static func of(_ key: some Hashable) -> UInt64 {
        switch key {
        case let text as String: XXHash64.hash(text)
        case let number as any BinaryInteger: XXHash64.hash(UInt64(truncatingIfNeeded: number), seed: 0)
        default: XXHash64.hash(UInt64(truncatingIfNeeded: key.hashValue), seed: 0)
        }
    }
}
