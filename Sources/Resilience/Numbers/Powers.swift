/// Exponentials, logarithms and powers that are the same on every machine.
///
/// C libraries round their own as they like. Here are only operations that IEEE 754 rounds exactly; the errors are a
/// few units in the last place for moderate arguments.
enum Powers {
    private static let log2OfE = 1.4426950408889634

    /// e to the power of x.
    static func exp(_ x: Double) -> Double {
        let power = x * log2OfE
        return power < 0 ? 1 / DecorrelatedV2.exp2(-power) : DecorrelatedV2.exp2(power)
    }

    /// x to the power of y, for x >= 0.
    static func pow(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        guard x > 0 else { return 0 }
        let power = y * log2(x)
        return power < 0 ? 1 / DecorrelatedV2.exp2(-power) : DecorrelatedV2.exp2(power)
    }

    /// The logarithm to the base 2, for x > 0.
    static func log2(_ x: Double) -> Double {
        var (whole, part) = (Double(x.exponent), x.significand)
        if part > 1.4142135623730951 {
            part /= 2
            whole += 1
        }
        // log x = 2 artanh s; s² is below 0.03, so that 11 terms reach the last bit.
        let s = (part - 1) / (part + 1)
        var sum = 0.0
        for odd in stride(from: 23.0, through: 1, by: -2) { sum = 1 / odd + s * s * sum }
        return whole + 2 * s * sum * log2OfE
    }
}
