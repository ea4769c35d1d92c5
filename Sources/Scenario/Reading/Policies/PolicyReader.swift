/// Reads one policy: its layers, outermost first, and the settings of each.
struct PolicyReader {
    static let layerKeys = ["fallback", "deadline", "timeout", "retry", "breaker", "bulkhead", "rateLimit", "hedge"]
    static let most = 1_000_000
    private static let mostLayers = 16

    let system: ScenarioReader

    var reader: YAMLReader { system.reader }

    func policy(_ entry: YAMLEntry) -> Policy? {
        let what = "policy \(SafeText.quoted(entry.key))"
        guard let entries = entry.value.entries else {
            return layers(entry.value, what).map { Policy(name: entry.key, layers: $0) }
        }
        if let layer = entries.first(where: { Self.layerKeys.contains($0.key) }) {
            reader.report(
                "\(what) is a list of layers, and this is a mapping", at: layer.keyMark,
                suggestion: "begin each layer with - or write [ ... ]")
            return nil
        }
        return reader.mapping(entry.value, what) { map in
            let order = map.optional("order").flatMap { reader.word($0, "an order of layers", of: LayerOrder.self) }
            let layers = map.required("layers").flatMap { self.layers($0, what) }
            return layers.map { Policy(name: entry.key, layers: (order ?? .written).sorted($0)) }
        }
    }

    private func layers(_ node: YAMLNode, _ what: String) -> [Layer]? {
        guard let items = reader.sequence(node, what) else { return nil }
        if items.isEmpty { reader.report("\(what) has no layers", at: node.mark, suggestion: Self.knownLayers) }
        if items.count > Self.mostLayers {
            reader.report("\(what) has more than \(Self.mostLayers) layers", at: items[Self.mostLayers].mark)
            return nil
        }
        var counts: [String: Int] = [:]
        return items.compactMap { item in
            guard let entry = layerEntry(item) else { return nil }
            counts[entry.key, default: 0] += 1
            let name = LayerName(kind: entry.key, number: counts[entry.key] ?? 1).text
            return rule(entry.key, entry.value).map { Layer(name: name, rule: $0) }
        }
    }

    private static let knownLayers = "layers: \(layerKeys.joined(separator: ", "))"

    private func layerEntry(_ node: YAMLNode) -> YAMLEntry? {
        guard let entry = node.entries?.first else {
            reader.report("expected a layer, found \(node.found)", at: node.mark, suggestion: Self.knownLayers)
            return nil
        }
        if let second = node.entries?.dropFirst().first {
            let isLayer = Self.layerKeys.contains(second.key)
            let (first, other) = (SafeText.quoted(entry.key), SafeText.quoted(second.key))
            reader.report(
                "a layer has one key, and this one has \(first) and \(other)", at: second.keyMark,
                suggestion: isLayer ? "begin a new layer with -" : "indent it, or put it in { } after \(entry.key):")
            return nil
        }
        if Self.layerKeys.contains(entry.key) { return entry }
        reader.report(
            "unknown layer \(SafeText.quoted(entry.key))", at: entry.keyMark,
            suggestion: Suggestion.sentence(for: entry.key, in: Self.layerKeys))
        return nil
    }

    private func rule(_ key: String, _ node: YAMLNode) -> Layer.Rule? {
        switch key {
        case "timeout": timeout(node).map(Layer.Rule.timeout)
        case "deadline": system.positive(node).map(Layer.Rule.deadline)
        case "retry": retry(node).map(Layer.Rule.retry)
        case "breaker": breaker(node).map(Layer.Rule.breaker)
        case "bulkhead": bulkhead(node).map(Layer.Rule.bulkhead)
        case "rateLimit": rateLimit(node).map(Layer.Rule.rateLimit)
        case "hedge": hedge(node).map(Layer.Rule.hedge)
        default: fallback(node).map(Layer.Rule.fallback)
        }
    }

    // MARK: What several layers have

    func part<Rule>(_ node: YAMLNode?, read: (YAMLNode) -> Rule?) -> Rule? { system.part(node, read: read) }

    /// A duration above zero, or `unlimited`: then the outer value is there and the inner is not.
    func limit(_ node: YAMLNode) -> Duration?? {
        if node.text == "unlimited" { return .some(nil) }
        return system.positive(node).map { .some($0) }
    }

    /// What counts as a failure: `[timeout, 429, 5xx]`.
    func failureKinds(_ node: YAMLNode) -> [FailureKind]? {
        guard let items = reader.sequence(node, "the failures of on") else { return nil }
        if items.isEmpty { reader.report("on needs at least one kind of failure", at: node.mark) }
        var kinds: [FailureKind] = []
        for item in items {
            for kind in failureKinds(of: item) where !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds
    }

    private func failureKinds(of node: YAMLNode) -> [FailureKind] {
        guard let text = reader.text(node, "a kind of failure, such as timeout or 503") else { return [] }
        if let kind = FailureKind.words.first(where: { $0.word == text }) { return [kind.kind] }
        if ["4xx", "5xx"].contains(text) {
            return ErrorAnswer.statuses.filter { String($0).first == text.first }.map(FailureKind.status)
        }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return system.status(node).map { [.status($0)] } ?? []
        }
        reader.report(
            "\(SafeText.quoted(text)) is not a kind of failure", at: node.mark,
            suggestion: Suggestion.sentence(
                for: text, in: FailureKind.words.map(\.word) + ErrorAnswer.statuses.map(String.init) + ["4xx", "5xx"])
                ?? "known: \(FailureKind.words.map(\.word).joined(separator: ", ")), a status, 4xx, 5xx")
        return []
    }
}

extension FailureKind {
    /// The kinds that have a word; the others are statuses.
    static let words: [(word: String, kind: FailureKind)] = [
        ("timeout", .timeout), ("refused", .refused), ("reset", .reset), ("rejected", .rejected), ("policy", .policy),
    ]
}
