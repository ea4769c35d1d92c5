/// What settings of policies stand for when a file does not write them.
extension Defaults {
    static func policy(_ path: ArraySlice<String>, _ scenario: Scenario) -> String? {
        guard let policy = scenario.policies.first(where: { $0.name == path.first }) else { return nil }
        let rest = path.dropFirst()
        if rest == ["order"] { return LayerOrder.written.rawValue }
        guard let layer = policy.layers.first(where: { $0.name == rest.first }) else { return nil }
        return value(at: Array(rest.dropFirst()), of: layer.rule)
    }

    private static func value(at path: [String], of rule: Layer.Rule) -> String? {
        switch rule {
        case .timeout: ["total", "connect", "read"].contains(path.first) && path.count == 1 ? "unlimited" : nil
        case .retry(let rule): retry(path, rule)
        case .breaker(let rule): breaker(path, rule)
        case .bulkhead(let rule): bulkhead(path, rule)
        case .rateLimit(let rule): rateLimit(path, rule)
        case .hedge(let rule): path == ["copies"] ? String(rule.copies) : nil
        case .deadline, .fallback: nil
        }
    }

    private static func retry(_ path: [String], _ rule: RetryRule) -> String? {
        switch path {
        case ["attempts"]: String(rule.attempts)
        case ["retries"]: String(rule.attempts - 1)
        case ["backoff"]: PolicyReader.BackoffKind.exponential.rawValue
        case ["base"]: rule.backoff.base.written
        case ["factor"]: "2x"
        case ["max"]: "unlimited"
        case ["jitter"], ["budget"]: "none"
        case ["retryAfter"]: "honour"
        case ["on"]: written(FailureKind.retried)
        case _ where path.count == 2 && path[0] == "budget": rule.budget.flatMap { budget(path[1], $0) }
        default: nil
        }
    }

    private static func budget(_ key: String, _ rule: RetryBudgetRule) -> String? {
        switch (rule, key) {
        case (.tokens(_, let ratio), "ratio"): Quantity.text(ratio)
        case (.deposits(_, let rate, _), "perSecond"): "\(Quantity.text(rate))/s"
        case (.deposits(_, _, let ttl), "ttl"): ttl.written
        case (.active(_, let least), "least"): String(least)
        case (.adaptive(_, let window), "window"): window.written
        default: nil
        }
    }

    private static func breaker(_ path: [String], _ rule: BreakerRule) -> String? {
        if case .ratio(_, let minimum, let window) = rule.trip {
            switch path {
            case ["minimum"]: return String(minimum)
            case ["window"]: return window.written
            case ["slow"]: return "none"
            case ["slow", "ratio"]: return rule.slow.map { Quantity.percent($0.ratio) }
            default: break
            }
        }
        return switch path {
        case ["growth"]: "1x"
        case ["maxOpen"]: "unlimited"
        case ["trials"]: String(rule.trials)
        case ["like"]: rule.profile.rawValue
        case ["sweep"]: rule.sweep?.written
        case ["state"]: rule.mode.rawValue
        case ["on"]: written(FailureKind.retried + [.policy])
        default: nil
        }
    }

    private static func bulkhead(_ path: [String], _ rule: BulkheadRule) -> String? {
        switch path {
        case ["concurrent"]: String(rule.concurrent)
        case ["queue"]: rule.whenFull == .wait ? "unlimited" : String(rule.queue)
        case ["full"]: rule.whenFull.rawValue
        case ["maxWait"]: "unlimited"
        case ["order"]: rule.order.rawValue
        case ["codel"], ["adaptive"]: "none"
        case ["codel", "target"]: rule.codel?.target.written
        case ["codel", "interval"]: rule.codel?.interval.written
        case ["codel", "like"]: rule.codel?.profile.rawValue
        case _ where path.count == 3 && path[0] == "adaptive" && path[1] == rule.adaptive?.algorithm.rawValue:
            rule.adaptive.flatMap { bound(path[2], $0) }
        default: nil
        }
    }

    private static func bound(_ key: String, _ rule: BulkheadRule.Adaptive) -> String? {
        switch key {
        case "initial": String(rule.initial)
        case "min": String(rule.min)
        case "max": String(rule.max)
        default: nil
        }
    }

    private static func rateLimit(_ path: [String], _ rule: RateLimitRule) -> String? {
        if path == ["maxWait"] { return "0s" }
        if case .leakyBucket = rule.algorithm, path == ["leakyBucket", "burst"] { return "0" }
        return nil
    }

    private static func written(_ kinds: [FailureKind]) -> String {
        "[\(kinds.map(\.written).joined(separator: ", "))]"
    }
}

extension BreakerRule.Window {
    fileprivate var written: String {
        switch self {
        case .time(let duration): duration.written
        case .count(let calls): String(calls)
        }
    }
}

extension FailureKind {
    /// What is worth another attempt when a retry does not say.
    fileprivate static let retried: [FailureKind] =
        [.timeout, .refused, .reset, .rejected] + [429, 500, 503].map(FailureKind.status)

    fileprivate var written: String {
        if case .status(let status) = self { return String(status) }
        return Self.words.first { $0.kind == self }?.word ?? ""
    }
}
