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
            let rest = UInt64(1) << UInt64(position & 63) - 1
            return Int(ranks[word]) + (words[word] & rest).nonzeroBitCount
        }
    }

    private var levels: [Level] = []
    let count: Int

    init(_ numbers: [UInt32]) {
        count = numbers.count
        let digits = 32 - (numbers.max() ?? 0).leadingZeroBitCount
        var current = numbers
        var ones = numbers
        for digit in (0..<digits).reversed() {
            var words = [UInt64](repeating: 0, count: count / 64 + 1)
            var zeroCount = 0
            var oneCount = 0
            for position in 0..<count {
                let number = current[position]
                if number >> UInt32(digit) & 1 == 1 {
                    words[position >> 6] |= 1 << UInt64(position & 63)
                    ones[oneCount] = number
                    oneCount += 1
                } else {
                    current[zeroCount] = number
                    zeroCount += 1
                }
            }
            for position in 0..<oneCount { current[zeroCount + position] = ones[position] }
            var ranks = [UInt32](repeating: 0, count: words.count)
            for word in 1..<max(1, words.count) { ranks[word] = ranks[word - 1] + UInt32(words[word - 1].nonzeroBitCount) }
            levels.append(Level(words: words, ranks: ranks, zeros: zeroCount))
        }
    }

    /// The number of that rank, from 0 for the smallest, among those at the given places. `rank` must be below their count.
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
