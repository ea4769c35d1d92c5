/// A scenario's own file over what its diagram says.
enum DiagramMerge {
    /// What the file says counts; mappings are merged key by key. Who writes other clients does without the diagram's.
    static func merge(_ own: YAMLNode, over translated: YAMLNode) -> YAMLNode {
        var below = translated
        if let clients = own["clients"]?.entries, let made = translated["clients"]?.entries {
            if !clients.contains(where: { own in made.contains { $0.key == own.key } }) {
                remove(["clients"], from: &below)
            }
            // Another way to send takes the place of the one request at the start.
            for entry in clients where Self.ways.contains(where: { entry.value[$0] != nil }) {
                remove(["clients", entry.key, "at"], from: &below)
            }
        }
        // A latency of a backend is that of all its work.
        for backend in own["backends"]?.entries ?? [] where backend.value["latency"] != nil {
            for operation in translated["backends"]?[backend.key]?["operations"]?.entries ?? [] {
                remove(["backends", backend.key, "operations", operation.key, "latency"], from: &below)
            }
        }
        return merged(own, below)
    }

    private static let ways = ScenarioReader.workloadKeys.map { $0[0] }

    private static func merged(_ own: YAMLNode, _ below: YAMLNode) -> YAMLNode {
        if own.isNull { return below }
        guard let entries = own.entries, let others = below.entries else { return own }
        let written = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        var all = others.map { entry in
            guard let own = written[entry.key] else { return entry }
            return YAMLEntry(key: own.key, keyMark: own.keyMark, value: merged(own.value, entry.value))
        }
        let known = Set(others.map(\.key))
        all += entries.filter { !known.contains($0.key) }
        return YAMLNode(.mapping(all), mark: own.mark)
    }

    private static func remove(_ path: [String], from node: inout YAMLNode) {
        guard var entries = node.entries, let place = entries.firstIndex(where: { $0.key == path[0] }) else { return }
        if path.count == 1 {
            entries.remove(at: place)
        } else {
            remove(Array(path.dropFirst()), from: &entries[place].value)
        }
        node.content = .mapping(entries)
    }
}
