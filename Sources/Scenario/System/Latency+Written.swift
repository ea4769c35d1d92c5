extension Latency {
    /// The distribution as it would be written in YAML: `80ms`, `{ lognormal: { p50: 80ms, p99: 300ms } }`.
    public var written: String {
        switch self {
        case .fixed(let duration): duration.written
        case .uniform(let from, let to): "{ uniform: [\(from.written), \(to.written)] }"
        case .normal(let mean, let deviation):
            "{ normal: { mean: \(mean.written), deviation: \(deviation.written) } }"
        case .exponential(let mean): "{ exponential: \(mean.written) }"
        case .lognormal(let p50, let p99): "{ lognormal: { p50: \(p50.written), p99: \(p99.written) } }"
        case .pareto(let minimum, let shape):
            "{ pareto: { min: \(minimum.written), shape: \(Quantity.text(shape)) } }"
        case .weibull(let scale, let shape):
            "{ weibull: { scale: \(scale.written), shape: \(Quantity.text(shape)) } }"
        case .empirical(let values): "{ empirical: [\(values.map(\.written).joined(separator: ", "))] }"
        case .bimodal(let fast, let slow, let oneIn):
            "{ bimodal: { fast: \(fast.written), slow: \(slow.written), oneIn: \(Quantity.text(oneIn)) } }"
        }
    }
}
