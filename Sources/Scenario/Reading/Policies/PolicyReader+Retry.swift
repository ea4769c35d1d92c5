/// Retries: backoff and budgets.
extension PolicyReader {
    /// Each kind of budget: the key that chooses it, and those that go with it.
    static let budgetKeys = [
        ["tokens", "ratio"], ["share", "perSecond", "ttl"], ["active", "least"], ["quota"], ["throttle", "window"],
    ]
    private static let mostAttempts = 1000

    private enum RetryAfterUse: String, CaseIterable { case honour, ignore }

    enum BackoffKind: String, CaseIterable {
        case none, constant, linear, exponential, decorrelated
        case decorrelatedV2 = "decorrelated-v2"
    }

    func retry(_ node: YAMLNode) -> RetryRule? {
        reader.mapping(node, "retry", example: "{ attempts: 3, base: 1s }") { map in
            let attempts = map.one(of: ["attempts", "retries"]).flatMap { chosen in
                chosen.key == "attempts"
                    ? reader.count(chosen.value, in: 1...Self.mostAttempts)
                    : reader.count(chosen.value, in: 0...Self.mostAttempts - 1).map { $0 + 1 }
            }
            let backoff = self.backoff(map)
            let on = map.optional("on").flatMap(failureKinds)
            let use = map.optional("retryAfter").flatMap {
                reader.word($0, "a use of Retry-After", of: RetryAfterUse.self)
            }
            let budget = part(map.optional("budget"), read: self.budget)
            guard let attempts, let backoff else { return nil }
            return RetryRule(
                attempts: attempts, backoff: backoff, on: on, honoursRetryAfter: use != .ignore, budget: budget)
        }
    }

    private func backoff(_ map: YAMLMapping) -> Backoff? {
        let kindNode = map.optional("backoff")
        let kind = kindNode.map { reader.word($0, "a backoff", of: BackoffKind.self) } ?? .exponential
        let base = map.optional("base").map(system.positive) ?? .seconds(1)
        let factor = map.optional("factor").map { reader.factor($0, in: 1...1000) } ?? 2
        let maxNode = map.optional("max")
        let max = maxNode.map(limit) ?? .some(nil)
        let jitterNode = map.optional("jitter")
        let jitter = jitterNode.map(self.jitter) ?? Backoff.Jitter.none
        guard let kind, let base, let factor, let max, let jitter else { return nil }
        if let maxNode, let max, max < base {
            reader.report("max (\(max.written)) is less than base (\(base.written))", at: maxNode.mark)
        }
        if let jitterNode, jitter != .none, [.decorrelated, .decorrelatedV2].contains(kind) {
            reader.report(
                "\(kind.rawValue) waits have their own jitter", at: jitterNode.mark, suggestion: "remove jitter")
        }
        return Backoff(shape: Self.shape(kind, factor: factor), base: base, max: max, jitter: jitter)
    }

    private static func shape(_ kind: BackoffKind, factor: Double) -> Backoff.Shape {
        switch kind {
        case .none: .none
        case .constant: .constant
        case .linear: .linear
        case .exponential: .exponential(factor: factor)
        case .decorrelated: .decorrelated
        case .decorrelatedV2: .decorrelatedV2
        }
    }

    private func jitter(_ node: YAMLNode) -> Backoff.Jitter? {
        let words: [(word: String, jitter: Backoff.Jitter)] = [("none", .none), ("full", .full), ("equal", .equal)]
        if let known = words.first(where: { $0.word == node.text }) { return known.jitter }
        if let text = node.text, !node.isNull, text.first?.isLetter == true {
            reader.report(
                "\(SafeText.quoted(text)) is not a jitter", at: node.mark,
                suggestion: Suggestion.sentence(for: text, in: words.map(\.word) + ["20%"]))
            return nil
        }
        return reader.share(node).map { $0 == 0 ? .none : .proportional($0) }
    }

    /// Deposits are counted in thousandths of a retry.
    private func depositShare(_ node: YAMLNode) -> Double? {
        guard let share = reader.share(node) else { return nil }
        if share == 0 || share >= 0.001 { return share }
        reader.report("\(node.found) is less than a budget can count", at: node.mark, suggestion: "write 0.1% or 0%")
        return nil
    }

    private func timeToLive(_ node: YAMLNode) -> Duration? {
        guard let ttl = system.positive(node) else { return nil }
        if ttl >= .milliseconds(1), ttl <= .seconds(3600) { return ttl }
        reader.report("\(ttl.written) is not within 1ms to 1h", at: node.mark)
        return nil
    }

    private func budget(_ node: YAMLNode) -> RetryBudgetRule? {
        reader.mapping(node, "a retry budget", example: "{ tokens: 10, ratio: 0.1 }") { map in
            guard let chosen = map.one(of: Self.budgetKeys.map { $0[0] }) else { return nil }
            return budget(chosen.key, chosen.value, map)
        }
    }

    private func budget(_ key: String, _ node: YAMLNode, _ map: YAMLMapping) -> RetryBudgetRule? {
        switch key {
        case "tokens":
            let tokens = reader.number(node, in: 1...1000)
            let ratio = map.optional("ratio").map { reader.number($0, in: 0.001...1000) } ?? 0.1
            if let tokens, let ratio { return .tokens(max: tokens, ratio: ratio) }
        case "share":
            let share = depositShare(node)
            let rate = map.optional("perSecond").map { reader.rate($0, in: 0...Double(Self.most)) } ?? 10
            let ttl = map.optional("ttl").map(timeToLive) ?? .seconds(10)
            guard let share, let rate, let ttl else { return nil }
            if share == 0, rate == 0 { reader.report("this budget allows no retry", at: node.mark) }
            return .deposits(share: share, perSecond: rate, ttl: ttl)
        case "active":
            let share = reader.share(node)
            let least = map.optional("least").map { reader.count($0, in: 0...Self.most) } ?? 3
            guard let share, let least else { return nil }
            if share == 0, least == 0 { reader.report("this budget allows no retry", at: node.mark) }
            return .active(share: share, least: least)
        case "quota": return reader.count(node, in: 5...Self.most).map(RetryBudgetRule.quota)
        default:
            let factor = reader.number(node, in: 1...1000)
            let window = map.optional("window").map(system.positive) ?? .seconds(120)
            if let factor, let window { return .adaptive(k: factor, window: window) }
        }
        return nil
    }
}
