// The breakers as their libraries ship them.
extension CircuitBreakerRules {
    /// Polly 7 has no defaults for these two.
    public static func pollyV7(failures: Int, open: Duration) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(profile: .pollyV7, trip: .consecutive(failures), open: .fixed(open))
    }

    /// A tenth of at least 100 calls in 30 s; open for 5 s.
    public static func pollyV8(
        ratio: Double = 0.1, minimum: Int = 100, window: Duration = .seconds(30), open: Duration = .seconds(5)
    ) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: .pollyV8, trip: .ratio(ratio, minimum: minimum), window: .time(window), open: .fixed(open))
    }

    /// Half of the last 100 calls, or all of them slower than 60 s; open for 60 s; 10 trials.
    public static func resilience4j(
        ratio: Double = 0.5, minimum: Int = 100, window: Window = .count(100),
        slow: Slow = Slow(after: .seconds(60), ratio: 1), open: CircuitBreakerBreak = .fixed(.seconds(60)),
        trials: Int = 10, maxHalfOpen: Duration? = nil, halfOpensByItself: Bool = false
    ) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: .resilience4j, trip: .ratio(ratio, minimum: minimum), window: window, slow: slow, open: open,
            trials: trials, maxHalfOpen: maxHalfOpen, halfOpensByItself: halfOpensByItself)
    }

    /// Half of at least 20 calls in 10 s, looked at every 500 ms; open for 5 s.
    public static func hystrix(
        ratio: Double = 0.5, minimum: Int = 20, window: Duration = .seconds(10), open: Duration = .seconds(5),
        tick: Duration = .milliseconds(500)
    ) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: .hystrix, trip: .ratio(ratio, minimum: minimum), window: .time(window), open: .fixed(open),
            tick: tick)
    }

    /// The sixth failure in a row (more than 5); open for 60 s; counts are never cleared without an `interval`.
    public static func gobreaker(
        failures: Int = 6, interval: Duration? = nil, bucket: Duration? = nil, open: Duration = .seconds(60),
        trials: Int = 1
    ) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: .gobreaker, trip: .consecutive(failures), window: interval.map { .time($0, bucket: bucket) },
            open: .fixed(open), trials: trials)
    }

    /// 5 failures in a row; open for 60 s; 1 success closes it.
    public static func pybreaker(
        failures: Int = 5, open: Duration = .seconds(60), trials: Int = 1
    ) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: .pybreaker, trip: .consecutive(failures), open: .fixed(open), trials: trials)
    }

    /// 5 failures in a row; ejected for 30 s times the number of ejections, at most 300 s; back at a sweep.
    public static func envoy(
        failures: Int = 5, base: Duration = .seconds(30), most: Duration = .seconds(300),
        interval: Duration = .seconds(10)
    ) throws(PolicyError) -> CircuitBreakerRules {
        try CircuitBreakerRules(
            profile: .envoy, trip: .consecutive(failures), open: .linear(base: base, most: most), tick: interval)
    }
}
