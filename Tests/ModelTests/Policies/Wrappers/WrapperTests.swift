import Resilience
import Simulation
import Testing
import Trace

/// The model and the wrappers drive the same cores: on the same schedule they decide the same, at the same times.
///
/// No time-out is a sum of the other times: what happens first at one moment is not theirs to agree on.
@Suite struct WrapperTests {
    static let seeds = 1...25 as ClosedRange<UInt64>

    func rules(_ attempts: Int, _ backoff: Resilience.Backoff) throws -> RetryRules {
        try RetryRules(attempts: attempts, backoff: backoff)
    }

    func expectSame(_ wrappers: [String], _ layers: String, _ schedule: Schedule, _ seed: UInt64) throws {
        let model = try rehearse(schedule.yaml(layers)).decisions()
        let isSame = wrappers.sorted() == model.sorted()
        #expect(isSame, "seed \(seed): \(Set(wrappers).symmetricDifference(model).sorted().prefix(6))")
        #expect(model.count > schedule.requests.count)
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
            """, schedule, seed)
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
            schedule, seed)
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
            """, schedule, seed)
    }

    @Test(arguments: seeds) func hedges(seed: UInt64) throws {
        let schedule = Schedule(seed: seed, requests: 60)
        let run = WrapperRun()
        let lines = try run.run(schedule) { request, work in
            let hedge = try run.hedge(after: .milliseconds(250), copies: 2, of: request)
            return try await run.timeout(.milliseconds(1007), of: request).execute { try await hedge.execute(work) }
        }
        try expectSame(lines, "{ timeout: 1007ms }, { hedge: { after: 250ms, copies: 2 } }", schedule, seed)
    }
}
