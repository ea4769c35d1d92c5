/// How long something takes: a distribution over durations, as written in a scenario.
public enum Latency: Hashable, Sendable {
    case fixed(Duration)
    case uniform(from: Duration, to: Duration)
    /// Draws below zero count as zero.
    case normal(mean: Duration, deviation: Duration)
    case exponential(mean: Duration)
    /// Given by two of its percentiles, as people read them off a dashboard.
    case lognormal(p50: Duration, p99: Duration)
    /// shape: the tail index; a smaller one has a heavier tail.
    case pareto(minimum: Duration, shape: Double)
    case weibull(scale: Duration, shape: Double)
    /// Each value as likely as the others.
    case empirical([Duration])
    /// `slow` once in `oneIn` draws on average, else `fast`.
    indirect case bimodal(fast: Latency, slow: Latency, oneIn: Double)
}
