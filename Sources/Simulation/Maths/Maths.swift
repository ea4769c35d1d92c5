/// Logarithms, exponentials and powers that give the same bits on every machine.
///
/// A C library may round its own as it likes, and a trace must not depend on it. Only operations that IEEE 754
/// rounds exactly are used: `+ - * /`. Each function is the textbook one: reduce the argument, sum a series with
/// exact coefficients, scale back. Errors: at most 1 ulp; a few for powers beyond 1e100 and below 1e-100.
public enum Maths {
    /// The natural logarithm: -∞ at 0, NaN below.
    public static func log(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return special(log: x) }
        let (k, f) = reduce(x)
        let s = f / (2 + f)
        let half = 0.5 * f * f
        return k * ln2High - ((half - (s * (half + tail(s * s)) + k * ln2Low)) - f)
    }

    /// e to the power x: 0 far below zero, ∞ above 709.78.
    public static func exp(_ x: Double) -> Double { exp(x, plus: 0) }

    /// x to the power y for x >= 0; NaN for a negative base.
    public static func pow(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        guard x > 0, x < .infinity, y.isFinite else { return special(pow: x, y) }
        let logarithm = preciseLog(x)
        let high = y * logarithm.high
        if high.magnitude > 800 { return high < 0 ? 0 : .infinity }
        let low = productError(y, logarithm.high, high) + y * logarithm.low
        return exp(high, plus: low)
    }

    /// log 2 in two parts; the first has 33 bits, so that its product with any exponent is exact.
    private static let ln2High = 0x1.62e42feep-1
    private static let ln2Low = 0x1.a39ef35793c76p-33

    // MARK: Logarithm

    /// x = 2^k (1 + f) with 1 + f between the square roots of 1/2 and 2.
    private static func reduce(_ x: Double) -> (k: Double, f: Double) {
        let subnormal = x < 0x1p-1022
        let scaled = subnormal ? x * 0x1p54 : x
        var exponent = Int(scaled.exponent) - (subnormal ? 54 : 0)
        var significand = scaled.significand
        if significand > 1.4142135623730951 {
            significand *= 0.5
            exponent += 1
        }
        return (Double(exponent), significand - 1)
    }

    /// (log((1 + s) / (1 - s)) - 2s) / s = 2 (z/3 + z²/5 + ...), z = s² <= 0.0295.
    private static func tail(_ z: Double) -> Double {
        let upper = 2.0 / 13 + z * (2.0 / 15 + z * (2.0 / 17 + z * (2.0 / 19 + z * (2.0 / 21))))
        return z * (2.0 / 3 + z * (2.0 / 5 + z * (2.0 / 7 + z * (2.0 / 9 + z * (2.0 / 11 + z * upper)))))
    }

    /// The logarithm as a sum of two numbers, good to about 60 bits.
    private static func preciseLog(_ x: Double) -> (high: Double, low: Double) {
        let (k, f) = reduce(x)
        let denominator = 2 + f
        let denominatorLow = f - (denominator - 2)
        let s = f / denominator
        let product = s * denominator
        let remainder = (f - product) - productError(s, denominator, product) - s * denominatorLow
        let rest = 2 * (remainder / denominator) + s * tail(s * s) + k * ln2Low
        let first = k * ln2High
        let high = first + 2 * s
        // Exact, because `first` is zero or the larger of the two.
        let lost = k == 0 ? 0 : 2 * s - (high - first)
        let sum = high + (lost + rest)
        return (sum, (high - sum) + (lost + rest))
    }

    private static func special(log x: Double) -> Double {
        if x == 0 { return -.infinity }
        return x > 0 ? .infinity : .nan
    }

    // MARK: Exponential

    /// e to the power of a sum whose second part is small.
    private static func exp(_ x: Double, plus low: Double) -> Double {
        guard x > -746, x < 710 else { return x.isNaN ? .nan : (x < 0 ? 0 : .infinity) }
        // To the nearest whole number; `rounded()` is a call into the C library.
        let k = Double(Int(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5)))
        let high = x - k * ln2High
        let r = high - k * ln2Low
        let lost = (high - r) - k * ln2Low + low
        let upper =
            1.0 / 40320 + r
            * (1.0 / 362_880 + r
                * (1.0 / 3_628_800 + r
                    * (1.0 / 39_916_800
                        + r * (1.0 / 479_001_600 + r / 6_227_020_800))))
        let curve =
            0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r * upper)))))
        let rest = r * r * curve
        return scale(1 + (r + (rest + lost * (1 + r + rest))), by: Int(k))
    }

    /// value * 2^k, in two exact steps where one factor would not be a normal number.
    private static func scale(_ value: Double, by k: Int) -> Double {
        func power(_ exponent: Int) -> Double { Double(bitPattern: UInt64(exponent + 1023) << 52) }
        if k > 1023 { return value * power(1023) * power(k - 1023) }
        if k < -1021 { return value * power(k + 60) * 0x1p-60 }
        return value * power(k)
    }

    // MARK: Power

    /// a * b - product without rounding (Dekker 1971).
    private static func productError(_ a: Double, _ b: Double, _ product: Double) -> Double {
        let (aHigh, aLow) = split(a)
        let (bHigh, bLow) = split(b)
        return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
    }

    private static func split(_ value: Double) -> (high: Double, low: Double) {
        let scaled = value * 134_217_729
        let high = scaled - (scaled - value)
        return (high, value - high)
    }

    private static func special(pow x: Double, _ y: Double) -> Double {
        if x.isNaN || y.isNaN || x < 0 { return .nan }
        let grows = (x > 1) == (y > 0)
        return grows ? .infinity : 0
    }
}
