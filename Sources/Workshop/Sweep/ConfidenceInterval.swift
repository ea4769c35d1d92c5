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
        let (count, share, square) = (Double(whole), Double(part) / Double(whole), Self.normal * Self.normal)
        let scale = 1 + square / count
        let centre = (share + square / (2 * count)) / scale
        let radius =
            Self.normal * (share * (1 - share) / count + square / (4 * count * count)).squareRoot() / scale
        self.init(low: part == 0 ? 0 : centre - radius, high: part == whole ? 1 : centre + radius)
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
