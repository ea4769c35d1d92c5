/// Estimates how often keys were asked for lately, in 8 bytes a key: a count-min sketch of depth 4 with counters of
/// 4 bits, as Caffeine's `FrequencySketch`. When ten samples for each entry of the cache have come in, all counters are
/// halved, and so is the number of samples.
struct FrequencySketch: Sendable {
    private static let seeds: [UInt64] = [
        0xC3A5_C85C_97CB_3127, 0xB492_B66F_BE98_F273, 0x9AE1_6A3B_2F90_404F, 0xCBF2_9CE4_8422_2325,
    ]
    private static var ones: UInt64 { 0x1111_1111_1111_1111 }
    private static var most: UInt64 { 15 }

    /// 16 counters each; a power of two of them.
    private var words: [UInt64]
    private var entries: Int
    private var samples = 0

    /// For a cache that holds so many entries.
    init(entries: Int) {
        self.entries = max(entries, 1)
        words = [UInt64](repeating: 0, count: 8)
        grow(to: self.entries)
    }

    /// The cache holds more now. No estimate changes.
    mutating func grow(to entries: Int) {
        self.entries = max(self.entries, entries)
        while words.count < entries { words += words }
    }

    /// 0...15, and never below the true count since the counters were last halved, as far as that goes.
    func frequency(of hash: UInt64) -> Int {
        var least = Self.most
        for row in 0..<4 { least = min(least, words[word(hash, row)] >> shift(hash, row) & Self.most) }
        return Int(least)
    }

    mutating func increment(_ hash: UInt64) {
        var isCounted = false
        for row in 0..<4 {
            let (word, shift) = (word(hash, row), shift(hash, row))
            guard words[word] >> shift & Self.most < Self.most else { continue }
            words[word] += 1 << shift
            isCounted = true
        }
        guard isCounted else { return }
        samples += 1
        if samples / 10 >= entries { halve() }
    }

    private mutating func halve() {
        var odd = 0
        for word in words.indices {
            odd += (words[word] & Self.ones).nonzeroBitCount
            words[word] = words[word] >> 1 & (Self.ones * 7)
        }
        // A sample is in four counters; what halving rounds down counts as gone.
        samples = (samples - odd / 4) / 2
    }

    private func word(_ hash: UInt64, _ row: Int) -> Int {
        var mixed = (hash &+ Self.seeds[row]) &* Self.seeds[row]
        mixed ^= mixed >> 32
        return Int(truncatingIfNeeded: mixed) & (words.count - 1)
    }

    /// Which quarter of a word is the key's, and in it the row's counter.
    private func shift(_ hash: UInt64, _ row: Int) -> UInt64 { (hash & 3) << 4 | UInt64(row) << 2 }
}
