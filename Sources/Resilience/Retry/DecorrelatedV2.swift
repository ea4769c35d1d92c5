/// The curve behind Polly's decorrelated jitter V2: `g(t) = 2^t · tanh(√(4t))`.
///
/// A retry's wait is the curve's rise from the last draw to this one, times `base / 1.4` (Polly 8 `RetryHelper`,
/// Polly.Contrib.WaitAndRetry).
///
/// Powers are computed here, with operations that IEEE 754 rounds exactly, so that waits are the same on every machine.
enum DecorrelatedV2 {
    static let scale = 1 / 1.4

    /// ∞ from t = 1024 on.
    static func curve(_ t: Double) -> Double { exp2(t) * tanh((4 * t).squareRoot()) }

    /// 2 to the power of x >= 0.
    static func exp2(_ x: Double) -> Double {
        guard x < 1024 else { return .infinity }
        let whole = Int(x)
        let rest = (x - Double(whole)) * 0.6931471805599453
        // e^rest for rest < 0.7: the first term left out is below 1e-21.
        var power = 1.0
        var term = 18.0
        while term > 0 {
            power = 1 + rest / term * power
            term -= 1
        }
        return power * Double(bitPattern: UInt64(whole + 1023) << 52)
    }

    /// For x >= 0.
    static func tanh(_ x: Double) -> Double {
        // From 20 on it is 1 to the last bit.
        guard x < 20 else { return 1 }
        let squared = exp2(2 * x * 1.4426950408889634)
        return (squared - 1) / (squared + 1)
    }
}
