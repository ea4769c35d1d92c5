import Scenario

extension Part {
    /// Whether it can go there: what is written already, and what is no list, is not offered.
    func fits(_ path: NodePath, in root: YAMLNode) -> Bool {
        if !needs.isEmpty, !needs.contains(where: { root[path]?[$0] != nil }) { return false }
        return switch form {
        case .key(let key, _): root[path]?[key] == nil && root[path]?.items == nil
        case .named, .value: true
        case .item: true
        }
    }

    /// Puts it into a draft. What it needs and the system has not yet (a policy for a call) is made too.
    ///
    /// - Parameter index: before which item of the list; `nil`: at its end.
    /// - Returns: where it stands.
    func add(
        to draft: inout ScenarioDraft, at path: NodePath, before index: Int? = nil
    ) throws(ScenarioError) -> NodePath {
        let text = filled(&draft, at: path)
        let node = try ScenarioDraft.value(text)
        switch form {
        case .key(let key, let others):
            draft.spellOut(path)
            for other in others { draft.remove(path.key(other)) }
            draft.insert(key, node, in: path)
            return path.key(key)
        case .named(let name, let section):
            let place = path.isRoot ? section.map { path.key($0) } ?? path : path
            let free = draft.freeName(name)
            draft.insert(free, node, in: place)
            return place.key(free)
        case .item(let list):
            let place = list.map { path.key($0) } ?? path
            let count = draft.root[place].map { $0.items?.count ?? ($0.isNull ? 0 : 1) } ?? 0
            let place_ = min(index ?? count, count)
            draft.insert(item: node, at: place_, in: place)
            guard let entries = node.entries, entries.count == 1 else { return place.item(place_) }
            return place.item(place_).key(entries[0].key)
        case .value:
            draft.set(node, at: path)
            return path
        }
    }

    /// Names of what the system has; what it has not is made.
    private func filled(_ draft: inout ScenarioDraft, at path: NodePath) -> String {
        var text = yaml
        for (sign, section, part) in Self.needed where text.contains(sign) {
            if draft.root[section]?.entries?.first == nil, let node = try? ScenarioDraft.value(part.yaml) {
                draft.insert(draft.freeName(part.label), node, in: .root.key(section))
            }
            text = text.replacing(sign, with: draft.root[section]?.entries?.first?.key ?? "")
        }
        // A service does not begin by calling itself.
        let own: String? =
            if path.count > 1, path.steps[0] == .key("backends"), case .key(let name) = path.steps[1] { name } else {
                nil
            }
        let operations = draft.operations
        let call = operations.first { own == nil || !$0.hasPrefix("\(own ?? "").") } ?? operations.first
        text = text.replacing("$CALL", with: call ?? "service.get")
        let called = operations.compactMap { $0.split(separator: ".").first.map(String.init) == own ? $0 : nil }
        let names = called.compactMap { $0.split(separator: ".").last }.map { "\($0): { latency: 20ms }" }
        text = text.replacing("$OPERATIONS", with: names.joined(separator: ", "))
        let duration = draft.root["duration"]?.text.flatMap { Duration(written: $0) } ?? .seconds(30)
        let from = Self.round(duration / 3)
        return text.replacing("$FROM", with: from.written).replacing("$TO", with: Self.round(duration * 2 / 3).written)
    }

    private static let needed: [(sign: String, section: String, part: Part)] = [
        ("$CACHE", "caches", PartCatalogue.cache), ("$POLICY", "policies", PartCatalogue.policy),
        ("$KEYS", "keys", PartCatalogue.keys), ("$FLOW", "flows", PartCatalogue.flow),
        ("$BACKEND", "backends", PartCatalogue.backend),
    ]

    /// Moments that people would write.
    private static func round(_ duration: Duration) -> Duration {
        let milliseconds = duration.wholeNanoseconds / 1_000_000
        switch milliseconds {
        case ..<1: return duration
        case ..<1000: return .milliseconds(milliseconds)
        default: return .seconds(milliseconds / 1000)
        }
    }
}

extension ScenarioDraft {
    /// Gives a value in short form (`call: sql.get`) the form that can hold more keys.
    fileprivate mutating func spellOut(_ path: NodePath) {
        guard let node = root[path], node.text != nil, !node.isNull, let key = path.name else { return }
        let long = ["call": "to", "send": "to", "balancer": "use", "hedge": "after", "timeout": "total"][key]
        guard let long else { return }
        root.change(at: path) { value in
            value = YAMLNode(.mapping([YAMLEntry(key: long, keyMark: node.mark, value: node)]), mark: node.mark)
        }
    }
}
