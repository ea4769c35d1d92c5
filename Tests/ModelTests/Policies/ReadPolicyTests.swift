import Model
import Scenario
import Testing

/// What may be written and what the policies of `Resilience` accept are the same: no policy that can be read ends its
/// run.
@Suite struct ReadPolicyTests {
    /// For each layer its settings, each with values at and beyond its boundaries; empty: left out.
    private static let settings: [(layer: String, choices: [[String]])] = [
        ("timeout", [["", "total: 1ns", "total: 8760h", "total: unlimited"], ["", "connect: 1ns"], ["", "read: 1ns"]]),
        ("hedge", [["after: 0s", "after: 1ns", "after: 8760h"], ["", "copies: 1", "copies: 10", "copies: 11"]]),
        (
            "retry",
            [
                ["attempts: 1", "attempts: 1000", "retries: 0"],
                ["", "none", "constant", "linear", "exponential", "decorrelated", "decorrelated-v2"]
                    .map { $0.isEmpty ? "" : "backoff: \($0)" },
                ["", "base: 1ns", "base: 8760h"], ["", "factor: 1x", "factor: 1000x"],
                ["", "max: 1ns", "max: 1s", "max: 8760h", "max: unlimited"],
                ["", "jitter: 0%", "jitter: 100%", "jitter: full", "jitter: equal"],
                ["", "on: [timeout, refused, reset, rejected, policy, 4xx, 5xx]"], ["", "retryAfter: ignore"],
                ["", "{ tokens: 1, ratio: 0.001 }", "{ tokens: 1000, ratio: 1000 }", "{ share: 0.1% }"]
                    .map { $0.isEmpty ? "" : "budget: \($0)" },
            ]
        ),
        (
            "retry",
            [
                ["attempts: 2"],
                [
                    "{ share: 100%, perSecond: 0/s, ttl: 1ms }", "{ share: 0%, perSecond: 1000000/s, ttl: 1h }",
                    "{ share: 0.05% }", "{ share: 1%, ttl: 999us }", "{ active: 0%, least: 1 }",
                    "{ active: 100%, least: 1000000 }", "{ throttle: 1, window: 1ns }",
                    "{ throttle: 1000, window: 8760h }", "{ quota: 5 }", "{ quota: 1000000 }",
                    "{ tokens: 1000.5 }", "{ tokens: 5, ratio: 0.0005 }",
                ].map { "budget: \($0)" },
            ]
        ),
        (
            "breaker",
            [
                ["failures: 1", "failures: 1000000", "ratio: 0.0001%", "ratio: 100%"],
                [
                    "", "window: 1", "window: 2", "window: 1000000", "window: 1ns", "window: 199ms", "window: 400ms",
                    "window: 500ms", "window: 700ms", "window: 1s", "window: 1500ms", "window: 12h",
                ],
                ["", "minimum: 1", "minimum: 2", "minimum: 1000000"],
                ["", "slow: { after: 1ns, ratio: 0.0001% }", "slow: { after: 8760h }"],
                ["open: 1ns", "open: 499ms", "open: 500ms", "open: 8760h"], ["", "growth: 1x", "growth: 1000x"],
                ["", "maxOpen: 1s", "maxOpen: 8760h"], ["", "trials: 1", "trials: 2", "trials: 1000"],
                ["", "pollyV7", "pollyV8", "resilience4j", "hystrix", "gobreaker", "pybreaker", "envoy"]
                    .map { $0.isEmpty ? "" : "like: \($0)" },
                ["", "state: forcedOpen", "state: disabled"], ["", "on: [5xx]"],
            ]
        ),
        (
            "bulkhead",
            [
                ["", "concurrent: 1", "concurrent: 200", "concurrent: 1000000"],
                ["", "queue: 0", "queue: 1", "queue: 1000000", "queue: unlimited"],
                ["", "full: reject", "full: shedOldest", "full: wait"], ["", "maxWait: 1ns", "maxWait: unlimited"],
                ["", "order: lifo", "order: adaptive"],
                [
                    "", "codel: {}", "codel: { target: 1ns, interval: 2ns }", "codel: { target: 2ns, interval: 2ns }",
                    "codel: { like: facebook }",
                ],
                [
                    "", "adaptive: aimd", "adaptive: vegas", "adaptive: gradient", "adaptive: envoy",
                    "adaptive: { aimd: { initial: 1, min: 1, max: 1 } }", "adaptive: { vegas: { min: 1000000 } }",
                    "adaptive: { gradient: { initial: 200, max: 1000000 } }",
                ],
            ]
        ),
        (
            "rateLimit",
            [
                [
                    "tokenBucket: { rate: 1/h, burst: 1 }", "tokenBucket: { rate: 1000000/s, burst: 1000000 }",
                    "tokenBucket: { rate: 1/s, burst: 0.5 }", "leakyBucket: { rate: 1/h }",
                    "leakyBucket: { rate: 3.6/h }", "leakyBucket: { rate: 1000000/s, burst: 1000000 }",
                    "fixedWindow: { limit: 1, window: 1ns }", "slidingWindow: { limit: 1000000, window: 8760h }",
                    "slidingLog: { limit: 1000000, window: 1ns }",
                ],
                ["", "maxWait: 0s", "maxWait: 8760h"],
            ]
        ),
    ]

    private static func yaml(_ layer: String) -> String {
        """
        duration: 20ms
        backends: { sql: { latency: 1ms, errors: 50% } }
        policies: { guarded: [ \(layer) ] }
        flows: { page: { call: { to: sql.read, with: guarded } } }
        clients: { web: { flow: page, at: [0s, 1ms, 2ms] } }
        """
    }

    @Test func everyPolicyThatIsReadCanRun() throws {
        try forEachLayer { yaml, _ in
            _ = try Run(ScenarioDocument(yaml: yaml, file: "policy.yaml")).trace()
        }
    }

    @Test func everyPolicyThatIsReadCanTakeThePlaceOfAnotherDuringARun() throws {
        var before: [String: ScenarioDocument] = [:]
        try forEachLayer { yaml, layer in
            let document = try ScenarioDocument(yaml: yaml, file: "policy.yaml")
            let path = "policies.guarded.\(layer.kind)"
            let change = Intervention(at: .microseconds(1500), action: .set(path: path, value: layer.rule))
            if let other = before[layer.kind] {
                try other.validated(change)
                _ = try Run(other, interventions: [change]).trace()
            }
            before[layer.kind] = document
        }
    }

    /// Calls `run` with a scenario for each of many layers; it throws what is wrong with the scenario.
    private func forEachLayer(_ run: (_ yaml: String, _ layer: (kind: String, rule: String)) throws -> Void) throws {
        var random = TestRandom(state: 7)
        var read = 0
        var refused = 0
        for _ in 0..<4000 {
            let (kind, choices) = Self.settings.randomElement(using: &random) ?? Self.settings[0]
            let written = choices.compactMap { $0.randomElement(using: &random) }.filter { !$0.isEmpty }
            let rule = "{ \(written.joined(separator: ", ")) }"
            do {
                try run(Self.yaml("\(kind): \(rule)"), (kind, rule))
                read += 1
            } catch is ScenarioError {
                refused += 1
            } catch {
                Issue.record("\(kind): \(rule): \(error)")
            }
        }
        #expect(read > 800 && refused > 800, "\(read) read, \(refused) refused")
    }
}
