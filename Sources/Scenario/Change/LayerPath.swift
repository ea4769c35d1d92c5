/// Layers go by their names in paths: `policies.guarded.timeout2.read`. In the file they are items of a list, each a
/// mapping with one key.
extension YAMLNode {
    /// A path as it leads through the file: `policies.guarded.3.timeout.read`. Unchanged when it leads to no layer.
    func placed(_ path: [String]) -> [String] {
        guard path.count >= 3, path[0] == "policies", let policy = self["policies"]?[path[1]],
            let place = policy.place(ofLayer: path[2])
        else { return path }
        return path[..<2] + place + path[3...]
    }

    /// The same for a change. Throws when the policy has no such layer.
    mutating func placed(_ parts: [Setting.Part]) throws(ScenarioError) -> [Setting.Part] {
        guard parts.count >= 3, parts[0].name == "policies", let policy = self["policies"]?[parts[1].name] else {
            return parts
        }
        let layer = parts[2]
        if let place = policy.place(ofLayer: layer.name) {
            return parts[..<2] + place.map { Setting.Part(name: $0, mark: layer.mark) } + parts[3...]
        }
        if ["order", "layers"].contains(layer.name) {
            spellOut(policy, name: parts[1].name)
            return parts
        }
        if Int(layer.name) != nil { return parts }
        throw ScenarioError(problems: [
            layer.mark.problem(
                "policy \(SafeText.quoted(parts[1].name)) has no layer \(SafeText.quoted(layer.name))",
                suggestion: Suggestion.sentence(for: layer.name, in: policy.layerNames))
        ])
    }

    /// The list of layers of a policy, whichever form it has.
    private var layerItems: [YAMLNode] { items ?? self["layers"]?.items ?? [] }

    private var layerNames: [String] {
        var counts: [String: Int] = [:]
        return layerItems.compactMap { $0.entries?.first?.key }.map { kind in
            counts[kind, default: 0] += 1
            return LayerName(kind: kind, number: counts[kind] ?? 1).text
        }
    }

    /// Where a layer stands in a policy: `["3", "timeout"]`, `["layers", "3", "timeout"]`.
    private func place(ofLayer name: String) -> [String]? {
        guard let index = layerNames.firstIndex(of: name) else { return nil }
        return (items == nil ? ["layers"] : []) + ["\(index)", LayerName(name).kind]
    }

    /// Gives a policy that is a list the form that has an order too.
    private mutating func spellOut(_ policy: YAMLNode, name: String) {
        guard policy.items != nil, case .mapping(var entries) = content,
            let index = entries.firstIndex(where: { $0.key == "policies" }),
            case .mapping(var policies) = entries[index].value.content,
            let own = policies.firstIndex(where: { $0.key == name })
        else { return }
        let layers = YAMLEntry(key: "layers", keyMark: policy.mark, value: policy)
        policies[own].value = YAMLNode(.mapping([layers]), mark: policy.mark)
        entries[index].value.content = .mapping(policies)
        content = .mapping(entries)
    }
}

extension Policy {
    /// What cannot change during a run: its name and those of its layers.
    var parts: [String] { [name] + layers.map(\.name) }
}
