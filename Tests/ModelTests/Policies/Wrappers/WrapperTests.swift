import Resilience
import Simulation
import Testing
import Trace

/// The model and the wrappers drive the same cores: on the same schedule they decide the same, at the same times.
///
/// No time-out is a sum of the other times: what happens first at one moment is not theirs to agree on.
@Suite struct WrapperTests {
    static let seeds = 1...15 as ClosedRange<UInt64>

    func rules(_ attempts: Int, _ backoff: Resilience.Backoff) throws -> RetryRules {
        try RetryRules(attempts: attempts, backoff: backoff)
    }

    /// `met`: what the schedule must have made happen.
    func expectSame(
        _ wrappers: [String], _ layers: String, _ schedule: Schedule, _ seed: UInt64, met: String
    ) throws {
        let model = try rehearse(schedule.yaml(layers)).decisions()
        let isSame = wrappers.sorted() == model.sorted()
        #expect(isSame, "seed \(seed): \(Set(wrappers).symmetricDifference(model).sorted().prefix(6))")
        #expect(model.contains { $0.contains(met) }, "seed \(seed)")
    }

    @Test(arguments: seeds) func retriesRoundTimeouts(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 60)
        let run = WrapperRun()
        let rules = try rules(4, Backoff(.exponential(factor: 2), base: .milliseconds(300), max: .seconds(1)))
        let lines = try run.run(schedule) { request, work in
            let timeout = try run.timeout(.milliseconds(507), of: request)
            return try await run.retry(rules, of: request).execute { try await timeout.execute(work) }
        }
        try expectSame(
            lines,
            """
            { retry: { attempts: 4, backoff: exponential, base: 300ms, max: 1s, jitter: none } }, { timeout: 507ms }
            """, schedule, seed, met: "gave up")
    }

    @Test(arguments: seeds) func timeoutsRoundRetries(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 60)
        let run = WrapperRun()
        let rules = try rules(5, Backoff(.constant, base: .milliseconds(200)))
        let lines = try run.run(schedule) { request, work in
            let retry = run.retry(rules, of: request)
            return try await run.timeout(.milliseconds(707), of: request).execute { try await retry.execute(work) }
        }
        try expectSame(
            lines, "{ timeout: 707ms }, { retry: { attempts: 5, backoff: constant, base: 200ms, jitter: none } }",
            schedule, seed, met: "end timedOut")
    }

    @Test(arguments: seeds) func sharedBudgets(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 120)
        let run = WrapperRun()
        let rules = try rules(3, Backoff(.constant, base: .milliseconds(150)))
        let budget = SharedRetryBudget(
            try .grpc(maxTokens: 10, tokenRatio: 0.5), clock: run.clock, random: { 0.5 })
        let lines = try run.run(schedule) { request, work in
            try await run.retry(rules, budget: budget, of: request).execute(work)
        }
        try expectSame(
            lines,
            """
            { retry: { attempts: 3, backoff: constant, base: 150ms, jitter: none, budget: { tokens: 10, ratio: 0.5 } } }
            """, schedule, seed, met: "gave up 1 budget")
    }

    @Test(arguments: seeds) func breakersInsideRetries(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 150)
        let run = WrapperRun()
        let rules = try rules(3, Backoff(.constant, base: .milliseconds(150)))
        let breaker = run.breaker(try .pollyV7(failures: 4, open: .milliseconds(1203)))
        let lines = try run.run(schedule) { request, work in
            let timeout = try run.timeout(.milliseconds(507), of: request)
            return try await run.retry(rules, of: request).execute {
                try await breaker.execute { try await timeout.execute(work) }
            }
        }
        try expectSame(
            lines,
            """
            { retry: { attempts: 3, backoff: constant, base: 150ms, jitter: none } }, \
            { breaker: { failures: 4, open: 1203ms } }, { timeout: 507ms }
            """, schedule, seed, met: "open consecutive")
    }

    @Test(arguments: seeds) func breakersWithAWindow(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 300)
        let run = WrapperRun()
        let breaker = run.breaker(
            try CircuitBreakerRules(
                profile: .resilience4j, trip: .ratio(0.5, minimum: 6), window: .count(12),
                slow: .init(after: .milliseconds(300), ratio: 0.6), open: .fixed(.milliseconds(1203)), trials: 3))
        let lines = try run.run(schedule) { _, work in try await breaker.execute(work) }
        try expectSame(
            lines,
            """
            { breaker: { ratio: 50%, minimum: 6, window: 12, slow: { after: 300ms, ratio: 60% }, open: 1203ms, \
            trials: 3, like: resilience4j } }
            """, schedule, seed, met: "halfOpen")
    }

    @Test(arguments: seeds) func bulkheads(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 400)
        for (full, written) in [(BulkheadRules.WhenFull.reject, "reject"), (.shedOldest, "shedOldest")] {
            let run = WrapperRun()
            let bulkhead = run.bulkhead(
                try BulkheadRules(concurrent: 2, queue: 3, whenFull: full, maxWait: .milliseconds(603)))
            let lines = try run.run(schedule) { request, work in
                let timeout = try run.timeout(.milliseconds(1107), of: request)
                return try await timeout.execute { try await bulkhead.execute(work) }
            }
            try expectSame(
                lines,
                """
                { timeout: 1107ms }, { bulkhead: { concurrent: 2, queue: 3, full: \(written), maxWait: 603ms } }
                """, schedule, seed, met: "shed")
        }
    }

    @Test(arguments: seeds) func limiters(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 400)
        let run = WrapperRun()
        let limiter = run.limiter(
            try RateLimitRules(.tokenBucket(rate: 7, burst: 3), maxWait: .milliseconds(403)))
        let lines = try run.run(schedule) { _, work in try await limiter.execute(work) }
        try expectSame(
            lines, "{ rateLimit: { tokenBucket: { rate: 7/s, burst: 3 }, maxWait: 403ms } }", schedule, seed,
            met: "no permit")
    }

    @Test(arguments: seeds) func hedges(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 60)
        let run = WrapperRun()
        let lines = try run.run(schedule) { request, work in
            let hedge = try run.hedge(after: .milliseconds(250), copies: 2, of: request)
            return try await run.timeout(.milliseconds(1007), of: request).execute { try await hedge.execute(work) }
        }
        try expectSame(
            lines, "{ timeout: 1007ms }, { hedge: { after: 250ms, copies: 2 } }", schedule, seed, met: "copy 1")
    }
}
