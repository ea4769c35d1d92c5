import Scenario
import Testing

/// Paths into policies: layers by their names, short forms, alternatives and defaults.
@Suite struct PolicySettingTests {
    private let full: ScenarioDocument

    init() throws { full = try ScenarioDocument(yaml: Shop.full, file: "full.yaml") }

    /// A document with one policy `guarded` of one layer.
    private func document(_ layer: String) throws -> ScenarioDocument {
        try ScenarioDocument(yaml: Shop.changed(adding: "policies:\n  guarded: [ \(layer) ]\n"), file: "shop.yaml")
    }

    private func shown(_ path: String, _ value: String, in document: ScenarioDocument? = nil) -> String {
        do {
            _ = try (document ?? full).setting(path, to: value)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func aLayerGoesByItsName() throws {
        #expect(full.value(at: "policies.guarded.breaker.failures") == "5")
        #expect(full.value(at: "policies.guarded.timeout.connect") == "500ms")
        #expect(full.value(at: "policies.guarded.timeout2") == "2s")
        #expect(full.value(at: "policies.standard.hedge.after") == "50ms")
        #expect(full.value(at: "policies.guarded.2.retry.jitter") == "20%", "or by its place")
        let changed = try full.setting("policies.guarded.breaker.failures", to: "3")
        guard case .breaker(let breaker) = changed.scenario.policies[0].layers[3].rule else {
            Issue.record("no breaker")
            return
        }
        #expect(breaker.trip == .consecutive(3))
        #expect(changed.value(at: "policies.guarded.breaker.failures") == "3")
        let standard = try full.setting("policies.standard.retry.retries", to: "5").scenario.policies[1]
        #expect(standard.layers.map(\.name) == ["retry", "breaker", "hedge"])
        guard case .retry(let retry) = standard.layers[0].rule else {
            Issue.record("no retry")
            return
        }
        #expect(retry.attempts == 6)
    }

    @Test func aMisspeltLayerIsShownWithTheOneThatWasMeant() {
        #expect(
            shown("policies.guarded.braker.failures", "3") == """
                --set:1:18: error: policy "guarded" has no layer "braker"
                   1 | policies.guarded.braker.failures=3
                     |                  ^~~~~~
                   did you mean "breaker"?
                """)
        #expect(
            shown("policies.guarded.timeout3", "1s") == """
                --set:1:18: error: policy "guarded" has no layer "timeout3"
                   1 | policies.guarded.timeout3=1s
                     |                  ^~~~~~~~
                   did you mean "timeout"?
                """)
        #expect(
            shown("policies.guraded.timeout", "1s") == """
                --set:1:10: error: there is no policy "guraded"
                   1 | policies.guraded.timeout=1s
                     |          ^~~~~~~
                   did you mean "guarded"?
                """)
        #expect(shown("policies.guarded.timeout1", "1s").contains("has no layer \"timeout1\""))
        #expect(shown("policies.guarded.timeout02", "1s").contains("has no layer \"timeout02\""))
        #expect(shown("policies.guarded.9.retry", "1s").contains("items go from 0 to 7"))
        #expect(shown("policies.guarded.breaker.failues", "1").contains("did you mean \"failures\"?"))
    }

    @Test func aShortFormTakesFurtherSettings() throws {
        #expect(try document("timeout: 2s").value(at: "policies.guarded.timeout.total") == "2s")
        let timeout = try document("timeout: 2s").setting("policies.guarded.timeout.read", to: "1s")
        #expect(
            timeout.scenario.policies[0].layers[0].rule
                == .timeout(TimeoutRule(total: .seconds(2), read: .seconds(1))))
        let hedge = try document("hedge: 100ms").setting("policies.guarded.hedge.copies", to: "2")
        #expect(
            hedge.scenario.policies[0].layers[0].rule == .hedge(HedgeRule(after: .milliseconds(100), copies: 2)))
        let small = try ScenarioDocument(
            yaml: Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, answer: 429 }"), file: "shop.yaml")
        let answer = try small.setting("backends.rest.answer.retryAfter", to: "2s").scenario.backends[1].answer
        #expect(answer == .status(429, retryAfter: .seconds(2)))
    }

    @Test(arguments: [
        ("retry: { attempts: 4 }", "retry.retries", "1", "retry: { retries: 1 }"),
        ("retry: { retries: 4 }", "retry.attempts", "1", "retry: { attempts: 1 }"),
        (
            "retry: { attempts: 2, budget: { tokens: 10, ratio: 0.1 } }", "retry.budget.share", "20%",
            "retry: { attempts: 2, budget: { share: 20% } }"
        ),
        (
            "retry: { attempts: 2, budget: { share: 20%, ttl: 5s } }", "retry.budget.throttle", "2",
            "retry: { attempts: 2, budget: { throttle: 2 } }"
        ),
        (
            "breaker: { failures: 5, open: 30s }", "breaker.ratio", "50%", "breaker: { ratio: 50%, open: 30s }"
        ),
        (
            "breaker: { ratio: 50%, window: 10s, minimum: 5, slow: { after: 1s }, open: 30s }", "breaker.failures",
            "5", "breaker: { failures: 5, open: 30s }"
        ),
        (
            "breaker: { ratio: 50%, slow: { after: 1s, ratio: 20% }, open: 30s }", "breaker.slow.ratio", "80%",
            "breaker: { ratio: 50%, slow: { after: 1s, ratio: 80% }, open: 30s }"
        ),
        (
            "breaker: { ratio: 50%, open: 30s }", "breaker.slow.after", "1s",
            "breaker: { ratio: 50%, slow: { after: 1s }, open: 30s }"
        ),
        (
            "rateLimit: { tokenBucket: { rate: 5/s, burst: 1 }, maxWait: 1s }", "rateLimit.fixedWindow",
            "{ limit: 5, window: 1s }", "rateLimit: { fixedWindow: { limit: 5, window: 1s }, maxWait: 1s }"
        ),
        (
            "bulkhead: { adaptive: vegas }", "bulkhead.adaptive.vegas.max", "50",
            "bulkhead: { adaptive: { vegas: { max: 50 } } }"
        ),
        (
            "bulkhead: { adaptive: vegas }", "bulkhead.adaptive.aimd.max", "50",
            "bulkhead: { adaptive: { aimd: { max: 50 } } }"
        ),
        (
            "bulkhead: { concurrent: 9, queue: 9, codel: none }", "bulkhead.codel.target", "1ms",
            "bulkhead: { concurrent: 9, queue: 9, codel: { target: 1ms } }"
        ),
        ("fallback: { value: 1 }", "fallback.stale", "any", "fallback: { stale: any }"),
        ("fallback: omit", "fallback.value", "1", "fallback: { value: 1 }"),
        ("timeout: { total: 2s, read: 1s }", "timeout", "1s", "timeout: 1s"),
    ])
    func anAlternativeTakesThePlaceOfTheFirst(layer: String, path: String, value: String, result: String) throws {
        let changed = try document(layer).setting("policies.guarded.\(path)", to: value)
        #expect(changed.scenario.policies == (try document(result).scenario.policies))
        #expect(changed.value(at: "policies.guarded.\(path)") == value)
    }

    @Test func anotherWayToSendTakesItsCompanionsAlong() throws {
        let topped = try full.setting("clients.herd.flow", to: "top")
        let herd = try topped.setting("clients.herd.users", to: "3").scenario.clients[5]
        #expect(herd.workload == .users(count: 3, think: .fixed(.zero)))
        let people = try full.setting("clients.people.at", to: "1s").scenario.clients[2]
        #expect(people.workload == .once(at: [.seconds(1)]))
    }

    @Test(arguments: [
        (
            "timeout: { total: 2s }",
            "timeout.connect=unlimited timeout.read=unlimited"
        ),
        (
            "retry: { attempts: 4 }",
            "retry.backoff=exponential retry.base=1s retry.factor=2x retry.max=unlimited "
                + "retry.jitter=none retry.retryAfter=honour retry.budget=none retry.retries=3"
        ),
        (
            "retry: { retries: 3, budget: { tokens: 4 } }",
            "retry.attempts=4 retry.budget.ratio=0.1"
        ),
        (
            "retry: { retries: 3, budget: { share: 5% } }",
            "retry.budget.perSecond=10/s retry.budget.ttl=10s"
        ),
        (
            "retry: { retries: 3, budget: { active: 5% } }",
            "retry.budget.least=3"
        ),
        (
            "retry: { retries: 3, budget: { throttle: 2 } }",
            "retry.budget.window=2m"
        ),
        (
            "breaker: { failures: 5, open: 30s }",
            "breaker.growth=1x breaker.maxOpen=unlimited breaker.trials=1 breaker.like=pollyV7 "
                + "breaker.state=auto"
        ),
        (
            "breaker: { ratio: 50%, open: 30s }",
            "breaker.window=30s breaker.minimum=100 breaker.slow=none breaker.like=pollyV8"
        ),
        (
            "breaker: { ratio: 50%, slow: { after: 1s }, open: 30s }",
            "breaker.window=100 breaker.slow.ratio=100% breaker.like=resilience4j breaker.trials=10"
        ),
        (
            "bulkhead: { concurrent: 9 }",
            "bulkhead.queue=0 bulkhead.full=reject bulkhead.maxWait=unlimited bulkhead.order=fifo "
                + "bulkhead.codel=none bulkhead.adaptive=none"
        ),
        (
            "bulkhead: { concurrent: 9, full: wait }",
            "bulkhead.queue=unlimited"
        ),
        (
            "bulkhead: { queue: 5, codel: {}, adaptive: { gradient: {} } }",
            "bulkhead.concurrent=20 bulkhead.codel.target=5ms bulkhead.codel.interval=100ms "
                + "bulkhead.adaptive.gradient.initial=20 bulkhead.adaptive.gradient.min=1 "
                + "bulkhead.adaptive.gradient.max=200"
        ),
        (
            "bulkhead: { adaptive: vegas }",
            "bulkhead.adaptive.vegas.min=1"
        ),
        (
            "rateLimit: { leakyBucket: { rate: 5/s } }",
            "rateLimit.maxWait=0s rateLimit.leakyBucket.burst=0"
        ),
        (
            "hedge: 1s",
            "hedge.copies=1"
        ),
        (
            "{ hedge: { after: 1s } }",
            "hedge.copies=1"
        ),
    ])
    func whatIsLeftOutHasADefaultThatCanBeSet(layer: String, defaults: String) throws {
        let document = try document(layer)
        for pair in defaults.split(separator: " ") {
            let parts = pair.split(separator: "=").map(String.init)
            let (path, value) = ("policies.guarded.\(parts[0])", parts[1])
            #expect(document.value(at: path) == value, "\(path)")
            #expect(try document.setting(path, to: value).scenario.policies == document.scenario.policies, "\(path)")
        }
        #expect(document.value(at: "policies.guarded.nothing") == nil)
    }

    @Test func theFailuresThatCountAreShown() throws {
        let retry = try document("retry: { attempts: 2 }").value(at: "policies.guarded.retry.on")
        #expect(retry == "[timeout, refused, reset, rejected, 429, 500, 503]")
        let breaker = try document("breaker: { failures: 5, open: 1s }").value(at: "policies.guarded.breaker.on")
        #expect(breaker == "[timeout, refused, reset, rejected, 429, 500, 503, policy]")
    }

    @Test func aPolicyIsGivenAnOrder() throws {
        #expect(full.value(at: "policies.guarded.order") == "written")
        let changed = try full.setting("policies.guarded.order", to: "dotnet")
        #expect(
            changed.scenario.policies[0].layers.map(\.name) == [
                "fallback", "rateLimit", "bulkhead", "timeout", "retry", "hedge", "breaker", "timeout2",
            ])
        #expect(changed.value(at: "policies.guarded.order") == "dotnet")
        #expect(try changed.setting("policies.guarded.order", to: "written").scenario == full.scenario)
        #expect(shown("policies.guarded.order", "polly").contains("known: written, resilience4j, dotnet"))
    }

    @Test(arguments: [
        "policies.guarded.retry.attempts = 9", "policies.guarded.breaker.state = disabled",
        "policies.guarded.rateLimit.tokenBucket.rate = 1/s", "policies.guarded.bulkhead.adaptive = none",
        "policies.guarded.timeout2.total = unlimited", "policies.standard.breaker.failures = 3",
        "flows.careful.1.guard.with = guarded",
    ])
    func everySettingChangesDuringARun(setting: String) throws {
        try full.validated(Intervention(text: "at 3s: set \(setting)"))
    }

    @Test(arguments: [
        "policies.guarded = [ timeout: 1s ]", "policies.guarded.order = dotnet",
        "policies.standard.layers = [ { retry: { attempts: 2 } } ]",
        "policies = { guarded: [ timeout: 1s ] }",
    ])
    func layersDoNotComeOrGoDuringARun(setting: String) throws {
        let intervention = try Intervention(text: "at 3s: set \(setting)")
        #expect(throws: ScenarioError.self) { try full.validated(intervention) }
    }

    @Test func aChangeMeetsTheChecksOfTheFile() {
        #expect(
            shown("policies.guarded.retry.jitter", "120%") == """
                --set:1:31: error: "120%" is not within 0% to 100%
                   1 | policies.guarded.retry.jitter=120%
                     |                               ^~~~
                   write 100%
                """)
        #expect(
            shown("policies.guarded.retry.base", "20s") == """
                --set:1:1: error: max (10s) is less than base (20s) (full.yaml:46:78)
                   1 | policies.guarded.retry.base=20s
                     | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                """)
    }
}
