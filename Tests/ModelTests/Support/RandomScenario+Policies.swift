import Scenario

extension RandomScenario {
    static let names = ["p", "q", "r"]

    /// Three policies of up to four layers each, and one of every kind whose settings change.
    mutating func policies() -> String {
        let random = Self.names.map { name in "  \(name): [ \(some(1...4) { $0.layer() }) ]" }.joined(separator: "\n")
        return """
            policies:
            \(random)
              s:
                - timeout: 800ms
                - retry: { attempts: 3, backoff: exponential, base: 20ms, jitter: full }
                - breaker: { failures: 5, open: 2s }
                - bulkhead: { concurrent: 3, queue: 4 }
            """
    }

    private mutating func layer() -> String {
        switch number(0...7) {
        case 0:
            return "{ timeout: \(pick("300ms", "1s", "{ connect: 5ms, read: 200ms }", "{ total: 2s, read: 90ms }")) }"
        case 1: return "{ deadline: \(pick("200ms", "1500ms")) }"
        case 2:
            let budget = pick(
                "", ", budget: { tokens: 10, ratio: 0.1 }", ", budget: { share: 20%, perSecond: 1/s, ttl: 2s }",
                ", budget: { active: 20%, least: 2 }", ", budget: { throttle: 2, window: 4s }")
            let backoff = pick(
                "none", "constant, base: 50ms, jitter: 20%", "exponential, base: 20ms, jitter: full",
                "decorrelated, base: 20ms, max: 1s", "exponential, base: 10ms, max: 2s, jitter: equal")
            return "{ retry: { attempts: \(number(1...4)), backoff: \(backoff)\(budget) } }"
        case 3:
            return "{ breaker: " + pick(
                "{ failures: 3, open: 1s }", "{ failures: 2, open: 500ms, like: gobreaker }",
                "{ ratio: 50%, window: 4s, minimum: 5, open: 1s }",
                "{ ratio: 50%, window: 2s, minimum: 4, open: 1s, like: hystrix }",
                "{ ratio: 50%, window: 10, minimum: 5, slow: { after: 80ms, ratio: 50% }, open: 1s, trials: 3 }") + " }"
        case 4:
            return "{ bulkhead: " + pick(
                "{ concurrent: 2, queue: 3 }", "{ concurrent: 1, queue: 2, full: shedOldest, order: lifo }",
                "{ concurrent: 3, full: wait, maxWait: 200ms }", "{ concurrent: 2, queue: 0 }",
                "{ concurrent: 2, queue: 9, codel: { target: 5ms, interval: 100ms }, order: adaptive }",
                "{ adaptive: { vegas: { initial: 4, min: 1, max: 10 } }, queue: 5 }") + " }"
        case 5:
            return "{ rateLimit: " + pick(
                "{ tokenBucket: { rate: 20/s, burst: 5 } }", "{ leakyBucket: { rate: 30/s, burst: 3 }, maxWait: 50ms }",
                "{ fixedWindow: { limit: 10, window: 1s }, maxWait: 100ms }",
                "{ slidingWindow: { limit: 10, window: 1s } }", "{ slidingLog: { limit: 10, window: 1s } }") + " }"
        case 6: return "{ hedge: \(pick("30ms", "{ after: 60ms, copies: 2 }", "0s")) }"
        default: return "{ fallback: \(pick("{ value: 1 }", "{ stale: any }", "omit", "{ stale: 1s }")) }"
        }
    }

    /// One that is not round the step already: its bulkhead could wait for itself.
    private mutating func policy() -> String {
        let others = (Self.names + ["s"]).filter { !around.contains($0) }
        return others[number(0...others.count - 1)]
    }

    mutating func guardedCall(_ operation: String) -> String {
        "{ call: { to: \(operation), with: \(policy()), idempotencyKey: \(pick("true", "false")) } }"
    }

    mutating func guarded(_ depth: Int) -> String {
        switch number(0...3) {
        case 0:
            return "{ fallback: { do: [ \(steps(depth - 1)) ], \(pick("value: 2", "stale: any", "omit: true")) } }"
        case 1: return "{ fallback: { do: [ \(steps(depth - 1)) ], or: [ \(steps(depth - 1)) ] } }"
        default:
            let policy = policy()
            around.append(policy)
            defer { around.removeLast() }
            return "{ guard: { with: \(policy), do: [ \(steps(depth - 1)) ] } }"
        }
    }

    mutating func policyChange() -> Intervention.Action {
        switch number(0...5) {
        case 0: .set(path: "policies.s.timeout", value: pick("100ms", "5s"))
        case 1: .set(path: "policies.s.retry.attempts", value: pick("1", "5"))
        case 2: .set(path: "policies.s.breaker.failures", value: pick("2", "9"))
        case 3: .set(path: "policies.s.breaker.state", value: pick("forcedOpen", "auto", "disabled"))
        case 4: .set(path: "policies.s.bulkhead.concurrent", value: pick("1", "8"))
        default: .set(path: "policies.s.bulkhead.queue", value: pick("0", "20"))
        }
    }
}
