/// Zipf's law over the ranks 1...n: a table of cumulative probabilities.
public struct Zipf: Hashable, Sendable {
    public let exponent: Double
    private let cumulative: [Double]

    public var count: Int { cumulative.count }

    /// O(n) time and memory; `count` is at least 1, `exponent` at least 0 (0: all ranks alike).
    public init(count: Int, exponent: Double) {
        self.exponent = exponent
        var sum = 0.0
        cumulative = (1...max(count, 1)).map { rank in
            sum += Maths.pow(Double(rank), -exponent)
            return sum
        }
    }

    /// The probability of a rank in 1...n.
    public func probability(_ rank: Int) -> Double {
        (cumulative[rank - 1] - (rank > 1 ? cumulative[rank - 2] : 0)) / cumulative[count - 1]
    }

    /// The rank at which the cumulative probability passes `p`. O(log n).
    public func rank(_ p: Double) -> Int {
        let target = p * cumulative[count - 1]
        var low = 0
        var high = count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] <= target { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }
}
