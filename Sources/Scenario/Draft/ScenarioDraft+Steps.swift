/// The next values of a value, as `+` and `-` go through them.
extension ScenarioDraft {
    /// What the value at a place may become: the nearest first. Whether one fits is found on reading. Empty where
    /// nothing is next to it.
    public func neighbours(of path: NodePath, up: Bool) -> [YAMLNode] {
        guard let node = root[path], let text = node.text else { return [] }
        let words = words(at: path, now: text)
        if let place = words.firstIndex(of: text) {
            let rest = up ? Array(words[(place + 1)...]) : words[..<place].reversed()
            return rest.map { YAMLNode(.scalar($0, plain: true), mark: node.mark) }
        }
        guard let next = Self.next(text, up: up, isWhole: path.name == "seed" || path.last == .key("maglev")) else {
            return []
        }
        return [YAMLNode(.scalar(next, plain: true), mark: node.mark)]
    }

    /// By the first figure, and by the second below twenty: 9ms, 10ms, 11ms, ... 20ms, 30ms. From 0 to one.
    private static func next(_ text: String, up: Bool, isWhole: Bool) -> String? {
        if text == "unlimited" { return up ? nil : "100" }
        guard let value = Stepped(text) else { return nil }
        let one = value.kind == .duration ? 1_000_000 : Stepped.scale
        if value.units == 0, !up { return nil }
        if value.units <= 0 { return value.kind.written(value.units + (up ? one : -one)) }
        var figure = 1
        while figure <= value.units / 10 { figure *= 10 }
        var step = (up ? value.units < 2 * figure : value.units <= 2 * figure) ? figure / 10 : figure
        if value.kind == .duration, value.units >= 60_000_000_000 { step = timeStep(value.units, up: up) }
        // Whole units from one on; below it, and for what has no parts, as fine as it is.
        let hasParts = value.kind != .plain
        if step < one, value.units > one || up && value.units == one || !hasParts { step = one }
        if isWhole { step = Stepped.scale }
        let (next, overflow) = value.units.addingReportingOverflow(up ? max(1, step) : -max(1, step))
        return overflow || next < 0 ? nil : value.kind.written(next)
    }

    /// Minutes and hours go by their own: 50s, 1m, 2m, 10m, 20m, 1h.
    private static func timeStep(_ units: Int, up: Bool) -> Int {
        let minute = 60_000_000_000
        switch units {
        case minute where !up: return minute / 6
        case ..<(10 * minute): return minute
        case (10 * minute) where !up: return minute
        case ..<(60 * minute): return 10 * minute
        case (60 * minute) where !up: return 10 * minute
        default: return 60 * minute
        }
    }

    // MARK: Words

    /// The words of which the value is one, in their order; empty for a value that is none of a few.
    private func words(at path: NodePath, now: String) -> [String] {
        if ["true", "false"].contains(now) { return ["false", "true"] }
        let key = path.name ?? ""
        let names = names(for: key, at: path)
        if names.contains(now) { return names }
        return Self.wordLists.first { $0.keys.contains(key) && $0.words.contains(now) }?.words ?? []
    }

    private static let wordLists: [(keys: [String], words: [String])] = [
        (["backoff"], PolicyReader.BackoffKind.allCases.map(\.rawValue)),
        (["jitter"], ["none", "equal", "full"]),
        (["retryAfter"], ["ignore", "honour"]),
        (["order"], LayerOrder.allCases.map(\.rawValue)),
        (["order"], BulkheadRule.Order.allCases.map(\.rawValue)),
        (["full"], BulkheadRule.WhenFull.allCases.map(\.rawValue)),
        (["adaptive"], BulkheadRule.Adaptive.Algorithm.allCases.map(\.rawValue)),
        (["like"], BreakerRule.Profile.allCases.map(\.rawValue)),
        (["like"], Pool.OutlierRule.Profile.allCases.map(\.rawValue)),
        (["like"], Pool.AccrualRule.Profile.allCases.map(\.rawValue)),
        (["like"], Pool.SlowStart.Profile.allCases.map(\.rawValue)),
        (["like"], BulkheadRule.CoDel.Profile.allCases.map(\.rawValue)),
        (["state"], BreakerRule.Mode.allCases.map(\.rawValue)),
        (["eviction"], Cache.Eviction.allCases.map(\.rawValue)),
        (["writes"], Cache.Writes.allCases.map(\.rawValue)),
        (["balancer", "use"], Pool.Algorithm.words.map(\.word)),
        (["start"], Pool.HealthCheck.Start.allCases.map(\.rawValue)),
        (["then"], Pool.HealthCheck.Observing.Then.allCases.map(\.rawValue)),
        (["merge", "how"], ["concat", "zip"]),
        (["answer", "status"], ["400", "401", "403", "404", "409", "429", "500", "503", "reset"]),
    ]

    /// The names that a key refers to.
    private func names(for key: String, at path: NodePath) -> [String] {
        func section(_ name: String) -> [String] { root[name]?.entries?.map(\.key) ?? [] }
        switch key {
        case "flow": return section("flows")
        case "with": return section("policies")
        case "keys" where path.steps.first == .key("clients"): return section("keys")
        case "in" where ["cache", "write", "invalidate"].contains(path.parent.name): return section("caches")
        case "call", "send", "to": return operations
        case "on", "kill", "restore": return section("backends")
        default: return []
        }
    }

    /// Everything that can be called: what backends list, and what is called of those that list nothing.
    public var operations: [String] {
        let called = root.calls
        return (root["backends"]?.entries ?? []).flatMap { backend in
            let listed = backend.value["operations"]?.entries?.map { "\(backend.key).\($0.key)" } ?? []
            if !listed.isEmpty { return listed }
            var seen: [String] = []
            for call in called where call.hasPrefix(backend.key + ".") && !seen.contains(call) { seen.append(call) }
            return seen.isEmpty ? ["\(backend.key).get"] : seen
        }
    }
}

extension YAMLNode {
    /// What its steps call, in their order.
    fileprivate var calls: [String] {
        switch content {
        case .scalar: []
        case .sequence(let items): items.flatMap(\.calls)
        case .mapping(let entries):
            entries.flatMap { entry -> [String] in
                guard ["call", "send"].contains(entry.key) else { return entry.value.calls }
                return [entry.value.text ?? entry.value["to"]?.text].compactMap(\.self)
            }
        }
    }
}
