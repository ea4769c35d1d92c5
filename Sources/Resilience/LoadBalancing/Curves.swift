/// The exponential and the logarithm that balancers need, with operations that IEEE 754 rounds exactly, so that picks
/// are the same on every machine. Good to a few units in the last place.
enum Curves {
    private static let ln2 = 0.6931471805599453

    /// e^-x for x >= 0.
    static func decay(_ x: Double) -> Double { x < 700 ? 1 / DecorrelatedV2.exp2(x / ln2) : 0 }

    /// Natural, for x > 0 that is not subnormal.
    static func log(_ x: Double) -> Double {
        var (significand, exponent) = (x.significand, Double(x.exponent))
        if significand > 1.4142135623730951 {
            significand /= 2
            exponent += 1
        }
        // 2 artanh s = 2 (s + s³/3 + s⁵/5 + ...), s <= 0.172.
        let s = (significand - 1) / (significand + 1)
        var series = 0.0
        var term = 23.0
        while term > 0 {
            series = 1 / term + s * s * series
            term -= 2
        }
        return exponent * ln2 + 2 * s * series
    }

    /// x^y for x >= 1, y >= 0.
    static func power(_ x: Double, _ y: Double) -> Double {
        y == 1 ? x : DecorrelatedV2.exp2(y * log(x) / ln2)
    }
}
