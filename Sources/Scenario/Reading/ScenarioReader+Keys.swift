/// Which keys requests are about.
extension ScenarioReader {
    /// Each way to choose keys: its key, and those that go with it.
    static let keyKinds = [["uniform"], ["zipf", "count"], ["loop"], ["hotspot"], ["file"]]
    private static let mostKeys = 1_000_000
    /// Steeper than anything measured: with 10 nearly every request is for the first key.
    private static let exponents = 0.0...10.0

    func keySource(_ entry: YAMLEntry) -> KeySource? {
        popularity(entry.value, "keys \(SafeText.quoted(entry.key))").map { KeySource(name: entry.key, popularity: $0) }
    }

    private func popularity(_ node: YAMLNode, _ what: String) -> KeySource.Popularity? {
        if let items = node.items { return listed(items, what, at: node.mark).map(KeySource.Popularity.listed) }
        if node.text == "scan" { return .scan }
        guard node.entries != nil else {
            reader.report(
                "expected a way to choose keys for \(what), found \(node.found)", at: node.mark,
                suggestion: "write { zipf: 0.8, count: 1000 }, { uniform: 1000 }, { loop: 100 }, scan or [a, b]")
            return nil
        }
        return reader.mapping(node, what) { map in
            map.one(of: Self.keyKinds.map { $0[0] }).flatMap { popularity($0.key, $0.value, map) }
        }
    }

    private func popularity(_ kind: String, _ node: YAMLNode, _ map: YAMLMapping) -> KeySource.Popularity? {
        switch kind {
        case "uniform": return keyCount(node).map { .uniform(count: $0) }
        case "loop": return keyCount(node).map { .loop(count: $0) }
        case "zipf":
            let exponent = reader.number(node, in: Self.exponents)
            let count = map.required("count").flatMap(keyCount)
            if let exponent, let count { return .zipf(exponent: exponent, count: count) }
            return nil
        case "file": return loadedKeys(node).map(KeySource.Popularity.listed)
        default: return hotspot(node)
        }
    }

    private func hotspot(_ node: YAMLNode) -> KeySource.Popularity? {
        reader.mapping(node, "hotspot", example: "{ count: 1000, hot: 10, share: 90%, every: 10s }") { map in
            let count = map.required("count").flatMap(keyCount)
            let hotNode = map.required("hot")
            let hot = hotNode.flatMap(keyCount)
            let share = map.required("share").flatMap { reader.share($0) }
            let every = map.required("every").flatMap(positive)
            guard let count, let hot, let share, let every else { return nil }
            if let hotNode, hot > count {
                reader.report(
                    "hot (\(hot)) is more than the \(count) keys there are", at: hotNode.mark,
                    suggestion: "at most \(count)")
            }
            return .hotspot(count: count, hot: hot, share: share, every: every)
        }
    }

    private func keyCount(_ node: YAMLNode) -> Int? { reader.count(node, in: 1...Self.mostKeys) }

    /// Keys one by one: texts, and numbers as they are written.
    private func listed(_ items: [YAMLNode], _ what: String, at mark: SourceMark) -> [String]? {
        guard (1...Self.mostItems).contains(items.count) else {
            reader.report("\(what) needs 1 to \(Self.mostItems) keys, found \(items.count)", at: mark)
            return nil
        }
        let keys = items.compactMap(key)
        return keys.count == items.count ? keys : nil
    }

    /// A key of at least one character.
    private func key(_ node: YAMLNode) -> String? {
        guard let key = reader.text(node, "a key") else { return nil }
        if !key.isEmpty { return key }
        reader.report("a key cannot be empty", at: node.mark)
        return nil
    }

    /// What an operation knows: `[a, b]`, or `{ list: product, count: 100 }`.
    func knownKeys(_ node: YAMLNode) -> [String]? {
        if let items = node.items { return listed(items, "knows", at: node.mark) }
        let example = "{ list: product, count: 100 }"
        guard node.entries != nil else {
            reader.report(
                "expected keys for knows, found \(node.found)", at: node.mark, suggestion: "write [a, b] or \(example)")
            return nil
        }
        return reader.mapping(node, "knows", example: example) { map in
            let name = map.required("list").flatMap { reader.text($0, "what the keys are called") }
            let count = map.required("count").flatMap { reader.count($0, in: 1...Self.mostItems) }
            guard let name, let count else { return nil }
            return (1...count).map { "\(name)-\($0)" }
        }
    }

    /// The name of a key source.
    func keySourceName(_ node: YAMLNode) -> String? {
        guard let name = reader.text(node, "the name of keys") else { return nil }
        guard let declared, !declared.keys.contains(name) else { return name }
        reader.report(
            "there are no keys \(SafeText.quoted(name))", at: node.mark,
            suggestion: Suggestion.sentence(for: name, in: declared.keys) ?? "add them to keys")
        return nil
    }
}
