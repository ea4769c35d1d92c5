import Testing

@testable import Scenario

/// Every setting of every layer is read, and what is left out has its default.
@Suite struct PolicyReadingTests {
    /// The layers of a policy that is written so.
    private func layers(_ written: String) throws -> [Layer] {
        let yaml = Shop.changed(adding: "policies:\n  guarded: \(written)\n")
        return try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.policies[0].layers
    }

    private func rule(_ written: String) throws -> Layer.Rule? { try layers("[ \(written) ]").first?.rule }

    @Test func aPolicyIsAListOfLayersOutermostFirst() throws {
        let layers = try layers("[ deadline: 3s, timeout: 2s, retry: { attempts: 2 }, timeout: 1s, timeout: 500ms ]")
        #expect(layers.map(\.name) == ["deadline", "timeout", "retry", "timeout2", "timeout3"])
        #expect(layers[0].rule == .deadline(.seconds(3)))
        #expect(layers[4].rule == .timeout(TimeoutRule(total: .milliseconds(500))))
    }

    @Test func aPolicyIsNamed() throws {
        let yaml = Shop.changed(adding: "policies:\n  a: [ timeout: 1s ]\n  b: [ timeout: 2s ]\n")
        let policies = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.policies
        #expect(policies.map(\.name) == ["a", "b"])
    }

    @Test(arguments: [
        (
            "written",
            ["bulkhead", "timeout", "hedge", "retry", "rateLimit", "breaker", "timeout2", "fallback", "deadline"]
        ),
        (
            "resilience4j",
            ["fallback", "deadline", "retry", "breaker", "rateLimit", "timeout", "timeout2", "bulkhead", "hedge"]
        ),
        (
            "dotnet",
            ["fallback", "deadline", "rateLimit", "bulkhead", "timeout", "retry", "hedge", "breaker", "timeout2"]
        ),
    ])
    func anOrderSortsTheLayers(order: String, names: [String]) throws {
        let written = """
            [ bulkhead: { concurrent: 5 }, timeout: 9s, hedge: 1s, retry: { attempts: 2 }, \
            rateLimit: { fixedWindow: { limit: 1, window: 1s } }, breaker: { failures: 5, open: 1s }, timeout: 1s, \
            fallback: omit, deadline: 10s ]
            """
        #expect(try layers("{ order: \(order), layers: \(written) }").map(\.name) == names)
    }

    @Test(arguments: [
        ("timeout: 2s", TimeoutRule(total: .seconds(2))),
        ("timeout: { total: 2s }", TimeoutRule(total: .seconds(2))),
        ("timeout: { connect: 500ms }", TimeoutRule(connect: .milliseconds(500))),
        ("timeout: { read: 1s, connect: unlimited }", TimeoutRule(read: .seconds(1))),
        ("timeout: unlimited", TimeoutRule()),
        (
            "timeout: { total: 2s, connect: 2s, read: 1s }",
            TimeoutRule(total: .seconds(2), connect: .seconds(2), read: .seconds(1))
        ),
    ])
    func timeoutsAreRead(written: String, rule: TimeoutRule) throws {
        #expect(try self.rule(written) == .timeout(rule))
    }

    @Test func aRetryHasAllItsSettings() throws {
        let written = """
            retry: { attempts: 4, backoff: exponential, base: 500ms, factor: 3x, max: 10s, jitter: 20%, \
            on: [timeout, refused, reset, rejected, policy, 429, 503, 5xx], retryAfter: ignore, \
            budget: { tokens: 20, ratio: 0.5 } }
            """
        let rule = RetryRule(
            attempts: 4,
            backoff: Backoff(
                shape: .exponential(factor: 3), base: .milliseconds(500), max: .seconds(10),
                jitter: .proportional(0.2)),
            on: [.timeout, .refused, .reset, .rejected, .policy, .status(429), .status(503), .status(500)],
            honoursRetryAfter: false, budget: .tokens(max: 20, ratio: 0.5))
        #expect(try self.rule(written) == .retry(rule))
    }

    @Test func aRetryHasDefaults() throws {
        let backoff = Backoff(shape: .exponential(factor: 2), base: .seconds(1))
        #expect(try rule("retry: { attempts: 4 }") == .retry(RetryRule(attempts: 4, backoff: backoff)))
        #expect(try rule("retry: { retries: 3 }") == .retry(RetryRule(attempts: 4, backoff: backoff)))
        #expect(
            try rule("retry: { attempts: 4, max: unlimited, jitter: none, budget: none, retryAfter: honour }")
                == .retry(RetryRule(attempts: 4, backoff: backoff)))
    }

    @Test(arguments: [
        ("none", Backoff.Shape.none), ("constant", .constant), ("linear", .linear),
        ("exponential", .exponential(factor: 2)), ("decorrelated", .decorrelated), ("decorrelated-v2", .decorrelatedV2),
    ])
    func everyBackoffIsRead(written: String, shape: Backoff.Shape) throws {
        let backoff = Backoff(shape: shape, base: .seconds(2))
        #expect(
            try rule("retry: { attempts: 2, backoff: \(written), base: 2s }")
                == .retry(RetryRule(attempts: 2, backoff: backoff)))
    }

    @Test(arguments: [
        ("none", Backoff.Jitter.none), ("0%", .none), ("100%", .proportional(1)), ("12.5%", .proportional(0.125)),
        ("full", .full), ("equal", .equal),
    ])
    func everyJitterIsRead(written: String, jitter: Backoff.Jitter) throws {
        guard case .retry(let rule) = try rule("retry: { attempts: 2, jitter: \(written) }") else {
            Issue.record("no retry")
            return
        }
        #expect(rule.backoff.jitter == jitter)
    }

    @Test(arguments: [
        ("{ tokens: 10 }", RetryBudgetRule.tokens(max: 10, ratio: 0.1)),
        ("{ tokens: 5, ratio: 0.25 }", .tokens(max: 5, ratio: 0.25)),
        ("{ share: 20% }", .deposits(share: 0.2, perSecond: 10, ttl: .seconds(10))),
        ("{ share: 0%, perSecond: 30/m, ttl: 1m }", .deposits(share: 0, perSecond: 0.5, ttl: .seconds(60))),
        ("{ active: 20% }", .active(share: 0.2, least: 3)),
        ("{ active: 10%, least: 0 }", .active(share: 0.1, least: 0)),
        ("{ throttle: 2 }", .adaptive(k: 2, window: .seconds(120))),
        ("{ throttle: 1.1, window: 10s }", .adaptive(k: 1.1, window: .seconds(10))),
    ])
    func everyRetryBudgetIsRead(written: String, budget: RetryBudgetRule) throws {
        guard case .retry(let rule) = try rule("retry: { attempts: 2, budget: \(written) }") else {
            Issue.record("no retry")
            return
        }
        #expect(rule.budget == budget)
    }

    @Test func aBreakerHasAllItsSettings() throws {
        let written = """
            breaker: { ratio: 50%, window: 10s, minimum: 20, slow: { after: 2s, ratio: 60% }, open: 30s, growth: 2x, \
            maxOpen: 5m, trials: 3, like: resilience4j, state: forcedOpen, on: [timeout, 4xx] }
            """
        let rule = BreakerRule(
            trip: .ratio(0.5, minimum: 20, window: .time(.seconds(10))),
            slow: BreakerRule.Slow(after: .seconds(2), ratio: 0.6), open: .seconds(30), growth: 2,
            maxOpen: .seconds(300), trials: 3, profile: .resilience4j, mode: .forcedOpen,
            on: [.timeout] + [400, 401, 403, 404, 409, 429].map(FailureKind.status))
        #expect(try self.rule(written) == .breaker(rule))
    }

    @Test func aBreakerIsLikePollyUntilItKnowsSlowCalls() throws {
        #expect(
            try rule("breaker: { failures: 5, open: 30s }")
                == .breaker(BreakerRule(trip: .consecutive(5), open: .seconds(30), profile: .pollyV7)))
        #expect(
            try rule("breaker: { ratio: 50%, open: 30s }")
                == .breaker(
                    BreakerRule(
                        trip: .ratio(0.5, minimum: 100, window: .time(.seconds(30))), open: .seconds(30),
                        profile: .pollyV8)))
        #expect(
            try rule("breaker: { ratio: 50%, slow: { after: 2s }, open: 30s }")
                == .breaker(
                    BreakerRule(
                        trip: .ratio(0.5, minimum: 100, window: .count(100)), slow: .init(after: .seconds(2), ratio: 1),
                        open: .seconds(30), trials: 10, profile: .resilience4j)))
    }

    @Test func aBreakerTakesTheDefaultsOfTheOneItIsLike() throws {
        #expect(
            try rule("breaker: { ratio: 50%, open: 5s, like: hystrix }")
                == .breaker(
                    BreakerRule(
                        trip: .ratio(0.5, minimum: 20, window: .time(.seconds(10))), open: .seconds(5),
                        profile: .hystrix)))
        #expect(
            try rule("breaker: { ratio: 50%, window: 20, open: 5s, like: resilience4j }")
                == .breaker(
                    BreakerRule(
                        trip: .ratio(0.5, minimum: 20, window: .count(20)), open: .seconds(5), trials: 10,
                        profile: .resilience4j)), "the minimum of 100 is no more than the window holds")
    }

    @Test func aBulkheadHasAllItsSettings() throws {
        let written = """
            bulkhead: { concurrent: 20, queue: 40, full: shedOldest, maxWait: 1s, order: lifo, \
            codel: { target: 10ms, interval: 200ms }, adaptive: { gradient: { min: 5, max: 50 } } }
            """
        let rule = BulkheadRule(
            concurrent: 20, queue: 40, whenFull: .shedOldest, maxWait: .seconds(1), order: .lifo,
            codel: .init(target: .milliseconds(10), interval: .milliseconds(200)),
            adaptive: .init(algorithm: .gradient, initial: 20, min: 5, max: 50))
        #expect(try self.rule(written) == .bulkhead(rule))
    }

    @Test(arguments: [
        ("{ concurrent: 20 }", BulkheadRule(concurrent: 20)),
        ("{ concurrent: 20, queue: unlimited }", BulkheadRule(concurrent: 20, whenFull: .wait)),
        ("{ concurrent: 20, full: wait }", BulkheadRule(concurrent: 20, whenFull: .wait)),
        (
            "{ concurrent: 20, queue: unlimited, full: shedOldest, maxWait: unlimited }",
            BulkheadRule(concurrent: 20, whenFull: .wait)
        ),
        (
            "{ concurrent: 20, queue: 5, codel: {}, order: adaptive }",
            BulkheadRule(
                concurrent: 20, queue: 5, order: .adaptive,
                codel: .init(target: .milliseconds(5), interval: .milliseconds(100)))
        ),
        ("{ concurrent: 20, codel: none, adaptive: none }", BulkheadRule(concurrent: 20)),
        ("{ adaptive: vegas }", BulkheadRule(concurrent: 20, adaptive: .init(algorithm: .vegas))),
        (
            "{ concurrent: 7, adaptive: aimd }",
            BulkheadRule(concurrent: 7, adaptive: .init(algorithm: .aimd, initial: 7))
        ),
        (
            "{ adaptive: { vegas: { initial: 7, min: 7, max: 7 } } }",
            BulkheadRule(concurrent: 7, adaptive: .init(algorithm: .vegas, initial: 7, min: 7, max: 7))
        ),
    ])
    func everyBulkheadIsRead(written: String, rule: BulkheadRule) throws {
        #expect(try self.rule("bulkhead: \(written)") == .bulkhead(rule))
    }

    @Test(arguments: [
        (
            "{ tokenBucket: { rate: 50/s, burst: 10 }, maxWait: 2s }",
            RateLimitRule(algorithm: .tokenBucket(rate: 50, burst: 10), maxWait: .seconds(2))
        ),
        ("{ leakyBucket: { rate: 30/m } }", RateLimitRule(algorithm: .leakyBucket(rate: 0.5, burst: 0))),
        ("{ leakyBucket: { rate: 5/s, burst: 2.5 } }", RateLimitRule(algorithm: .leakyBucket(rate: 5, burst: 2.5))),
        (
            "{ fixedWindow: { limit: 100, window: 1s } }",
            RateLimitRule(algorithm: .fixedWindow(limit: 100, window: .seconds(1)))
        ),
        (
            "{ slidingWindow: { limit: 100, window: 1m } }",
            RateLimitRule(algorithm: .slidingWindow(limit: 100, window: .seconds(60)))
        ),
        (
            "{ slidingLog: { limit: 1, window: 1s } }",
            RateLimitRule(algorithm: .slidingLog(limit: 1, window: .seconds(1)))
        ),
    ])
    func everyRateLimitIsRead(written: String, rule: RateLimitRule) throws {
        #expect(try self.rule("rateLimit: \(written)") == .rateLimit(rule))
    }

    @Test(arguments: [
        ("100ms", HedgeRule(after: .milliseconds(100))), ("{ after: 0s }", HedgeRule(after: .zero)),
        ("{ after: 100ms, copies: 3 }", HedgeRule(after: .milliseconds(100), copies: 3)),
    ])
    func hedgesAreRead(written: String, rule: HedgeRule) throws {
        #expect(try self.rule("hedge: \(written)") == .hedge(rule))
    }

    @Test(arguments: [
        (
            "{ value: { segments: [] } }",
            FallbackRule.value(.map([.init(key: "segments", value: .list([]))]))
        ),
        ("{ value: ~ }", .value(.null)), ("{ stale: 24h }", .stale(upTo: .seconds(86400))),
        ("{ stale: any }", .stale(upTo: nil)), ("omit", .omit), ("{ omit: true }", .omit),
    ])
    func fallbacksAreRead(written: String, rule: FallbackRule) throws {
        #expect(try self.rule("fallback: \(written)") == .fallback(rule))
    }

    @Test func callsAndStepsRunInsidePolicies() throws {
        let yaml =
            Shop.flow(
                """
                call: { to: sql.get_order, with: guarded, idempotencyKey: true, as: order }, \
                guard: { with: guarded, do: [ call: rest.x, wait: 1s ] }
                """) + "policies:\n  guarded: [ timeout: 1s ]\n"
        let flow = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.flows[0]
        #expect(
            flow.steps == [
                .call(
                    Call(
                        backend: "sql", operation: "get_order", saveAs: "order", policy: "guarded",
                        hasIdempotencyKey: true)),
                .guarded(
                    Guarded(
                        policy: "guarded",
                        steps: [.call(Call(backend: "rest", operation: "x")), .wait(.fixed(.seconds(1)))])),
            ])
    }

    @Test(arguments: [
        ("value: [a]", FallbackStep.Otherwise.rule(.value(.list([.text("a")])))),
        ("stale: 24h", .rule(.stale(upTo: .seconds(86400)))), ("stale: any", .rule(.stale(upTo: nil))),
        ("omit: true", .rule(.omit)), ("or: [ call: rest.x ]", .steps([.call(Call(backend: "rest", operation: "x"))])),
    ])
    func stepsHaveFallbacks(written: String, otherwise: FallbackStep.Otherwise) throws {
        let yaml = Shop.flow("fallback: { do: [ call: sql.get_order ], \(written), as: order }")
        let flow = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.flows[0]
        let work = Step.call(Call(backend: "sql", operation: "get_order"))
        #expect(flow.steps == [.fallback(FallbackStep(steps: [work], otherwise: otherwise, saveAs: "order"))])
    }

    @Test func backendsAndFaultsSayWhatTheyAnswer() throws {
        let yaml = Shop.changed(
            "rest: { latency: 10ms }",
            to: """
                rest:
                    latency: 10ms
                    errors: 20%
                    answer: 503
                    operations:
                      pay: { idempotent: false }
                      read: { reads: row }
                      write: { updates: row, idempotent: true }
                    faults:
                      - { from: 10s, to: 20s, errors: 100%, answer: { status: 429, retryAfter: 2s } }
                      - { from: 20s, to: 30s, blackhole: true }
                      - { from: 30s, errors: 5%, answer: reset }
                      - { from: 30s, errors: 5%, answer: 500 }
                """)
        let rest = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.backends[1]
        #expect(rest.answer == .status(503))
        #expect(
            rest.operations == [
                Operation(name: "pay", isIdempotent: false), Operation(name: "read", row: .read(row: "row")),
                Operation(name: "write", row: .update(row: "row")),
            ])
        #expect(
            rest.faults.map(\.fault) == [
                .errors(1, .status(429, retryAfter: .seconds(2))), .blackhole, .errors(0.05, .reset),
                .errors(0.05, .failed),
            ])
    }

    @Test func aClientSendsSeveralRequestsAtOnce() throws {
        let yaml = Shop.changed("at: 0s }", to: "at: [0s, 1s], times: 1000 }")
        let client = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.clients[0]
        #expect(client.workload == .once(at: [.zero, .seconds(1)], times: 1000))
    }
}
