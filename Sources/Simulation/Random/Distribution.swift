/// A distribution over numbers, sampled by inversion: each sample takes exactly one draw, whatever the parameters.
///
/// So the nth sample of a stream stays the nth when a parameter or even the distribution changes, and moves
/// smoothly with it. The unit is the caller's; for times use nanoseconds and ``nanoseconds(_:)``.
public enum Distribution: Hashable, Sendable {
    case fixed(Double)
    case uniform(from: Double, to: Double)
    case normal(mean: Double, deviation: Double)
    case exponential(mean: Double)
    /// A number whose logarithm is normal, with that deviation. See ``lognormal(p50:p99:)``.
    case lognormal(p50: Double, deviation: Double)
    /// shape: the tail index; the mean is infinite at 1 and below.
    case pareto(minimum: Double, shape: Double)
    case weibull(scale: Double, shape: Double)
    /// Each value as likely as the others; none at all gives 0.
    case empirical([Double])
    /// `slow` once in `oneIn` draws on average, else `fast`.
    indirect case bimodal(fast: Distribution, slow: Distribution, oneIn: Double)
    /// Ranks 1...n, rank k with probability proportional to k^-exponent.
    case zipf(Zipf)

    /// Given by two of its percentiles, as people read them off a dashboard.
    public static func lognormal(p50: Double, p99: Double) -> Distribution {
        .lognormal(p50: p50, deviation: Maths.log(p99 / p50) / 2.3263478740408408)
    }

    public static func zipf(_ count: Int, exponent: Double) -> Distribution {
        .zipf(Zipf(count: count, exponent: exponent))
    }

    /// The value of a draw.
    public func sample(_ draw: Draw) -> Double {
        guard case .bimodal(let fast, let slow, let oneIn) = self else { return quantile(draw.openUniform) }
        let chance = 1 / oneIn
        guard chance < 1 else { return slow.sample(draw) }
        let threshold = chance > 0 ? UInt64(chance * 0x1p64) : 0
        // What is left of the choice is stretched to 64 bits again, for a bimodal branch.
        var rest = draw
        if draw.choice < threshold {
            rest.choice = threshold.dividingFullWidth((draw.choice, 0)).quotient
            return slow.sample(rest)
        }
        if threshold > 0 { rest.choice = (0 &- threshold).dividingFullWidth((draw.choice - threshold, 0)).quotient }
        return fast.sample(rest)
    }

    /// The next value of a stream.
    public func sample(_ stream: inout RandomStream) -> Double { sample(stream.next()) }

    /// The value of a draw as a time: rounded to whole nanoseconds and held in 0...`Int64.max`.
    public func nanoseconds(_ draw: Draw) -> Int64 {
        let value = sample(draw)
        guard value > 0 else { return 0 }
        guard value < 0x1p63 else { return .max }
        let whole = Int64(value)
        return value - Double(whole) < 0.5 ? whole : whole + 1
    }

    /// The next value of a stream as a time.
    public func nanoseconds(_ stream: inout RandomStream) -> Int64 { nanoseconds(stream.next()) }

    /// The value that a sample stays below with probability `p`, 0 < p < 1. For `bimodal`, that of its fast branch.
    private func quantile(_ p: Double) -> Double {
        switch self {
        case .fixed(let value): value
        case .uniform(let from, let to): from + (to - from) * p
        case .normal(let mean, let deviation): mean + deviation * Normal.quantile(p)
        case .exponential(let mean): -mean * Maths.log(1 - p)
        case .lognormal(let p50, let deviation): p50 * Maths.exp(deviation * Normal.quantile(p))
        case .pareto(let minimum, let shape): minimum * Maths.pow(1 - p, -1 / shape)
        case .weibull(let scale, let shape): scale * Maths.pow(-Maths.log(1 - p), 1 / shape)
        case .empirical(let values): values.isEmpty ? 0 : values[min(Int(p * Double(values.count)), values.count - 1)]
        case .bimodal(let fast, _, _): fast.quantile(p)
        case .zipf(let zipf): Double(zipf.rank(p))
        }
    }
}
