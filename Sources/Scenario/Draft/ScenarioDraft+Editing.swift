/// Changes of a draft, piece by piece. What has no place to go leaves the draft as it is.
extension ScenarioDraft {
    /// Replaces the value at a place.
    public mutating func set(_ value: YAMLNode, at path: NodePath) { root.change(at: path) { $0 = value } }

    /// Adds a key to a mapping, after its others. What holds nothing (`sql:`) becomes a mapping; a step alone stays
    /// one. Keys on the way that are not there are made.
    public mutating func insert(_ key: String, _ value: YAMLNode, in path: NodePath) {
        make(path)
        let entry = entry(key, value)
        root.change(at: path) { node in
            if case .mapping(let entries) = node.content, node[key] == nil {
                node.content = .mapping(entries + [entry])
            } else if node.isNull {
                node.content = .mapping([entry])
            }
        }
    }

    /// Adds an item to a list, before the one that stands there now; `nil`: at its end. What holds nothing becomes a
    /// list, and one step without a list becomes the first of a list.
    public mutating func insert(item: YAMLNode, at index: Int? = nil, in path: NodePath) {
        make(path)
        root.change(at: path) { node in
            var items = node.items ?? (node.isNull || node.entries?.isEmpty == true ? [] : [node])
            items.insert(item, at: min(max(0, index ?? items.count), items.count))
            node = YAMLNode(.sequence(items), mark: node.mark)
        }
    }

    /// Takes a key or an item out. A mapping in a list that has nothing left goes too.
    public mutating func remove(_ path: NodePath) {
        guard let last = path.last else { return }
        root.change(at: path.parent) { node in
            switch (node.content, last) {
            case (.mapping(let entries), .key(let key)): node.content = .mapping(entries.filter { $0.key != key })
            case (.sequence(var items), .item(let index)) where items.indices.contains(index):
                items.remove(at: index)
                node.content = .sequence(items)
            default: break
            }
        }
        let holder = path.parent
        if holder.index != nil, root[holder]?.entries?.isEmpty == true { remove(holder) }
    }

    /// Moves an item in its list, or a key among its neighbours, by so many places. Returns where it is then.
    public mutating func move(_ path: NodePath, by step: Int) -> NodePath {
        var moved = path
        root.change(at: path.parent) { node in
            switch (node.content, path.last) {
            case (.sequence(var items), .item(let index)?):
                let place = min(max(0, index + step), items.count - 1)
                guard items.indices.contains(index) else { return }
                items.insert(items.remove(at: index), at: place)
                node.content = .sequence(items)
                moved = path.parent.item(place)
            case (.mapping(var entries), .key(let key)?):
                guard let index = entries.firstIndex(where: { $0.key == key }) else { return }
                entries.insert(entries.remove(at: index), at: min(max(0, index + step), entries.count - 1))
                node.content = .mapping(entries)
            default: break
            }
        }
        return moved
    }

    /// Whose keys are names of the author's.
    static let namedSections = ["backends", "caches", "policies", "keys", "flows", "clients"]

    /// A name that no part has: the one wanted, or that with a number.
    public func freeName(_ wanted: String) -> String {
        var taken: Set<String> = []
        for section in Self.namedSections {
            for entry in root[section]?.entries ?? [] {
                taken.insert(entry.key)
                for inner in ["servers", "operations"] {
                    taken.formUnion((entry.value[inner]?.entries ?? []).map(\.key))
                }
            }
        }
        if !taken.contains(wanted) { return wanted }
        var number = 2
        while taken.contains("\(wanted)\(number)") { number += 1 }
        return "\(wanted)\(number)"
    }

    /// Adds an intervention after those that are there.
    public mutating func insert(_ intervention: Intervention) throws(ScenarioError) {
        let reader = YAMLReader()
        let node = InterventionText(intervention.description, origin: "intervention").node(reader)
        insert(item: try reader.finish(node), in: .root.key("interventions"))
    }

    /// Makes the mappings that lead to a place, as far as they are missing.
    private mutating func make(_ path: NodePath) {
        guard root[path] == nil, let last = path.last, case .key(let key) = last else { return }
        insert(key, YAMLNode(.scalar("", plain: true), mark: root.mark), in: path.parent)
    }
}
