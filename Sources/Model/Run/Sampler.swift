import Scenario
import Simulation
import Trace

extension Latency {
    /// The distribution in nanoseconds.
    var distribution: Distribution {
        switch self {
        case .fixed(let duration): .fixed(duration.inNanoseconds)
        case .uniform(let from, let to): .uniform(from: from.inNanoseconds, to: to.inNanoseconds)
        case .normal(let mean, let deviation): .normal(mean: mean.inNanoseconds, deviation: deviation.inNanoseconds)
        case .exponential(let mean): .exponential(mean: mean.inNanoseconds)
        case .lognormal(let p50, let p99): .lognormal(p50: p50.inNanoseconds, p99: p99.inNanoseconds)
        case .pareto(let minimum, let shape): .pareto(minimum: minimum.inNanoseconds, shape: shape)
        case .weibull(let scale, let shape): .weibull(scale: scale.inNanoseconds, shape: shape)
        case .empirical(let values): .empirical(values.map(\.inNanoseconds))
        case .bimodal(let fast, let slow, let oneIn):
            .bimodal(fast: fast.distribution, slow: slow.distribution, oneIn: oneIn)
        }
    }

    /// One duration that stands for the distribution in a label: its median or the parameter nearest to it.
    var typical: Duration {
        switch self {
        case .fixed(let duration): duration
        case .uniform(let from, let to): from + (to - from) / 2
        case .normal(let mean, _), .exponential(let mean): mean
        case .lognormal(let p50, _): p50
        case .pareto(let minimum, _): minimum
        case .weibull(let scale, _): scale
        case .empirical(let values): values.isEmpty ? .zero : values.sorted()[values.count / 2]
        case .bimodal(let fast, _, _): fast.typical
        }
    }
}

extension Duration {
    fileprivate var inNanoseconds: Double { Double(wholeNanoseconds) }
}

/// Draws the latencies of one purpose, each by the identity of who asks. Confined to the run's thread.
final class Sampler: @unchecked Sendable {
    private let stream: RandomStream
    private var latency: Latency
    private var distribution: Distribution
    /// The value of a fixed distribution, which needs no draw.
    private var fixed: Int64?

    init(_ latency: Latency, _ stream: RandomStream) {
        self.stream = stream
        self.latency = latency
        distribution = latency.distribution
        fixed = Self.fixed(latency)
    }

    /// Uses another distribution from now on. Returns whether it differs.
    @discardableResult func adopt(_ latency: Latency) -> Bool {
        if latency == self.latency { return false }
        self.latency = latency
        distribution = latency.distribution
        fixed = Self.fixed(latency)
        return true
    }

    /// In nanoseconds, not negative.
    func sample(_ key: DrawKey) -> Int64 { fixed ?? distribution.nanoseconds(stream.draw(at: key.value)) }

    private static func fixed(_ latency: Latency) -> Int64? {
        if case .fixed(let duration) = latency { max(duration.wholeNanoseconds, 0) } else { nil }
    }
}
