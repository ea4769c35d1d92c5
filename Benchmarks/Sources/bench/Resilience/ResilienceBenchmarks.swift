import Resilience

/// What a guarded call costs on the real clock, beside the unguarded one: one after the other, and all goes well.
///
/// A policy stands round calls over a network, which take a tenth of a millisecond at the very least: all of them
/// together may take a tenth of that.
enum ResilienceBenchmarks {
    private static let calls = 100_000

    static func run() throws {
        Report.title("Policies (processor time of a call)")
        try cores()
        let clock = ContinuousClock()
        let retry = Retry(try RetryRules(attempts: 4), clock: clock, random: { 0.5 })
        let breaker = CircuitBreaker(try .pollyV8(), clock: clock)
        let timeout = Timeout(try .polly(), clock: clock)
        let bulkhead = Bulkhead(try .polly(), clock: clock)
        Report.note("unguarded: " + describe(try Cost.measure(calls: calls) { try await repeatedly($0, answer) }))
        // The time-out comes last: the system keeps its cancelled timers until they would have fired, 30 s later.
        for (name, policy) in [
            ("retry", retry as any Policy), ("circuit breaker", breaker), ("bulkhead", bulkhead), ("timeout", timeout),
        ] {
            let cost = try Cost.measure(calls: calls) { try await guarded($0, by: policy) }
            Report.cost("\(name) alone", cost, budget: 10e-6)
        }
        let all = Pipeline<Int> {
            retry
            breaker
            timeout
            bulkhead
        }
        let cost = try Cost.measure(calls: calls) { count in
            for _ in 0..<count { _ = try await all.execute(answer) }
        }
        Report.cost("retry, breaker, timeout, bulkhead", cost, budget: 10e-6)
    }

    /// The decisions without locks, tasks and a clock.
    private static func cores() throws {
        let start = ContinuousClock.now
        for profile in CircuitBreakerProfile.allCases {
            let rules = try rules(profile)
            let cost = try Cost.measure(calls: calls) { count in
                var core = CircuitBreakerCore(rules, at: start)
                for call in 0..<count {
                    let now = start.advanced(by: .microseconds(call))
                    guard case .admitted(let permit) = core.admit(at: now).decision else { continue }
                    core.record(call % 16 == 0 ? .failure : .success, permit, at: now)
                }
            }
            Report.cost("breaker core, \(profile.rawValue)", cost, budget: 1e-6, mostAllocations: 0)
        }
        let bulkhead = try BulkheadRules.polly()
        let cost = try Cost.measure(calls: calls) { count in
            var core = BulkheadCore<Int, ContinuousClock.Instant>(bulkhead, at: start)
            for call in 0..<count {
                _ = core.enter(call, at: start)
                _ = core.leave(at: start)
            }
        }
        Report.cost("bulkhead core", cost, budget: 1e-6, mostAllocations: 0)
        let limit = try RateLimitRules(.tokenBucket(rate: 1e6, burst: 10))
        let bucket = try Cost.measure(calls: calls) { count in
            var core = RateLimitCore(limit, at: start)
            for call in 0..<count { _ = core.acquire(at: start.advanced(by: .microseconds(call))) }
        }
        Report.cost("token bucket core", bucket, budget: 1e-6, mostAllocations: 0)
    }

    private static func rules(_ profile: CircuitBreakerProfile) throws -> CircuitBreakerRules {
        switch profile {
        case .pollyV7: try .pollyV7(failures: 5, open: .seconds(30))
        case .pollyV8: try .pollyV8()
        case .resilience4j: try .resilience4j()
        case .hystrix: try .hystrix()
        case .gobreaker: try .gobreaker()
        case .pybreaker: try .pybreaker()
        case .envoy: try .envoy()
        }
    }

    private static func describe(_ cost: Cost) -> String {
        "\(Report.nanoseconds(cost.seconds)), \(Report.number(cost.allocations, 1)) allocations"
    }

    private static func guarded(_ count: Int, by policy: any Policy) async throws {
        for _ in 0..<count { _ = try await policy.execute(answer) }
    }

    private static func repeatedly(_ count: Int, _ work: @Sendable () async throws -> Int) async throws {
        for _ in 0..<count { _ = try await work() }
    }

    @Sendable @inline(never) private static func answer() async throws -> Int { 42 }
}
