/// Small numbers in a fixed order, of which the k-th smallest in any stretch is found without sorting it.
///
/// One bit vector a binary digit, most significant first; at each the numbers with 0 are moved before those with 1,
/// order kept. After Claude and Navarro, "The wavelet matrix". Building O(n · digits), a question O(digits).
struct WaveletMatrix: Sendable {
    private struct Level: Sendable {
        var words: [UInt64]
        /// Ones before each word.
        var ranks: [UInt32]
        var zeros: Int

        func ones(before position: Int) -> Int {
            let word = position >> 6
            let rest = (UInt64(1) << UInt64(position & 63)) - 1
            return Int(ranks[word]) + (words[word] & rest).nonzeroBitCount
        }
    }

    private let levels: [Level]
    let count: Int

    init(_ numbers: [UInt32]) {
        count = numbers.count
        let digits = 32 - (numbers.max() ?? 0).leadingZeroBitCount
        var current = numbers
        var ones = numbers
        var levels: [Level] = []
        current.withUnsafeMutableBufferPointer { current in
            ones.withUnsafeMutableBufferPointer { ones in
                for digit in (0..<digits).reversed() { levels.append(Self.split(current, by: UInt32(digit), ones)) }
            }
        }
        self.levels = levels
    }

    /// Moves the numbers with 0 at a digit before those with 1. `ones` is room for as many numbers.
    private static func split(
        _ numbers: UnsafeMutableBufferPointer<UInt32>, by digit: UInt32, _ ones: UnsafeMutableBufferPointer<UInt32>
    ) -> Level {
        let count = numbers.count
        var words: [UInt64] = []
        var ranks: [UInt32] = []
        words.reserveCapacity(count / 64 + 1)
        ranks.reserveCapacity(count / 64 + 1)
        var zeroCount = 0
        var oneCount = 0
        for start in stride(from: 0, through: count, by: 64) {
            var word: UInt64 = 0
            ranks.append(UInt32(oneCount))
            for position in start..<min(start + 64, count) {
                let number = numbers[position]
                let bit = Int(truncatingIfNeeded: number &>> digit & 1)
                // Both are written and one is kept: a branch here would be mispredicted half of the time.
                numbers[zeroCount] = number
                ones[oneCount] = number
                zeroCount &+= 1 &- bit
                oneCount &+= bit
                word |= UInt64(truncatingIfNeeded: bit) &<< UInt64(truncatingIfNeeded: position &- start)
            }
            words.append(word)
        }
        _ = numbers[zeroCount...].update(fromContentsOf: ones[..<oneCount])
        return Level(words: words, ranks: ranks, zeros: zeroCount)
    }

    /// The number of that rank, from 0 for the smallest, among those at the given places. There must be more than
    /// `rank` of them.
    func number(rank: Int, in places: Range<Int>) -> UInt32 {
        var low = places.lowerBound
        var high = places.upperBound
        var rank = rank
        var number: UInt32 = 0
        for level in levels {
            let onesBeforeLow = level.ones(before: low)
            let onesBeforeHigh = level.ones(before: high)
            let zeros = (high - low) - (onesBeforeHigh - onesBeforeLow)
            number <<= 1
            if rank < zeros {
                low -= onesBeforeLow
                high -= onesBeforeHigh
            } else {
                rank -= zeros
                number |= 1
                low = level.zeros + onesBeforeLow
                high = level.zeros + onesBeforeHigh
            }
        }
        return number
    }
}
