#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a value lies with 95 % confidence.
public struct ConfidenceInterval: Hashable, Sendable {
    public var low: Double
    public var high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// Half of its width.
    public var radius: Double { (high - low) / 2 }

    /// Of the mean of independent numbers: Student's t. `nil`: fewer than two numbers.
    public init?(mean spread: Spread) {
        guard let variance = spread.variance else { return nil }
        let radius = Self.studentT(freedom: spread.count - 1) * (variance / Double(spread.count)).squareRoot()
        self.init(low: spread.mean - radius, high: spread.mean + radius)
    }

    /// Of a share, from so many of so many: Wilson's score interval (1927). `nil`: of none.
    public init?(share part: Int, of whole: Int) {
        guard whole > 0, (0...whole).contains(part) else { return nil }
        let plain = Self.wilson(Double(part) / Double(whole), of: Double(whole), quantile: Self.normal)
        self.init(low: part == 0 ? 0 : plain.low, high: part == whole ? 1 : plain.high)
    }

    /// Of the mean of independent shares, each within 0...1: Wilson's, as surveys use it for samples of groups, with
    /// Student's t. It never leaves 0...1, and is not the same to both sides. `nil`: fewer than two shares.
    ///
    /// Instead of the number of shares it takes their effective number: of how many answers of yes or no the share of
    /// yes would vary as much as this mean (Franco, Little, Louis and Slud 2019; `svyciprop(method = "wilson")` of R's
    /// survey). Shares that are all 0 or all 1 show no variation, and count as one answer each.
    public init?(meanShare spread: Spread) {
        guard let variance = spread.variance else { return nil }
        let count = spread.count
        if spread.most == 0 || spread.least == 1 {
            self.init(share: spread.most == 0 ? 0 : count, of: count)
        } else if variance == 0 {
            self.init(low: spread.mean, high: spread.mean)
        } else {
            let effective = Double(count) * spread.mean * (1 - spread.mean) / variance
            self = Self.wilson(spread.mean, of: effective, quantile: Self.studentT(freedom: count - 1))
        }
    }

    private static func wilson(_ share: Double, of count: Double, quantile: Double) -> ConfidenceInterval {
        let square = quantile * quantile
        let scale = 1 + square / count
        let centre = (share + square / (2 * count)) / scale
        let radius = quantile * (share * (1 - share) / count + square / (4 * count * count)).squareRoot() / scale
        return ConfidenceInterval(low: centre - radius, high: centre + radius)
    }

    /// The 97.5th percentile of the normal distribution.
    static let normal = 1.959963984540054

    /// The 97.5th percentile of Student's t distribution. O(degrees of freedom), at most 200.
    static func studentT(freedom: Int) -> Double {
        guard freedom > 0 else { return .infinity }
        if freedom > 200 { return expansion(freedom: Double(freedom)) }
        var (low, high) = (normal, 13.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if within(middle, freedom) < 0.95 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The share of the distribution that is no further than `t` from 0 (Abramowitz and Stegun 26.7.3, 26.7.4).
    private static func within(_ t: Double, _ freedom: Int) -> Double {
        let degrees = Double(freedom)
        let cosine = (degrees / (degrees + t * t)).squareRoot()
        let sine = t / (degrees + t * t).squareRoot()
        let isOdd = freedom % 2 == 1
        var term = isOdd ? cosine : 1
        var sum = freedom == 1 ? 0 : term
        for next in stride(from: isOdd ? 3 : 2, through: freedom - 2, by: 2) {
            term *= cosine * cosine * Double(next - 1) / Double(next)
            sum += term
        }
        return isOdd ? 2 / Double.pi * (atan(t / degrees.squareRoot()) + sine * sum) : sine * sum
    }

    /// For many degrees of freedom (Abramowitz and Stegun 26.7.5): exact to ten digits from 200 on.
    private static func expansion(freedom: Double) -> Double {
        let x = normal
        let square = x * x
        let first = x * (square + 1) / 4
        let second = x * (5 * square * square + 16 * square + 3) / 96
        let third = x * (((3 * square + 19) * square + 17) * square - 15) / 384
        let fourth = x * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
        return x + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom
    }
}
