/// Names of parts, and what refers to them.
extension ScenarioDraft {
    /// Whether a key is a name of the author's: a part of the system, a server, an operation.
    public func isName(_ path: NodePath) -> Bool {
        guard let key = path.name, path.count >= 2, case .key(let section) = path.steps[0] else { return false }
        if path.count == 2 { return Self.namedSections.contains(section) }
        guard section == "backends", path.count == 4 else { return false }
        return path.steps[2] == .key("operations") || path.steps[2] == .key("servers") && key != "count"
    }

    /// Gives a part another name, also wherever the file refers to it. Returns where it is then.
    ///
    /// Throws ``ScenarioError`` when that cannot be a name. Whether it is free is found on reading.
    public mutating func rename(_ path: NodePath, to name: String) throws(ScenarioError) -> NodePath {
        guard isName(path), let old = path.name, case .key(let section) = path.steps[0] else { return path }
        let mark = SourceText(file: "name", text: name).mark(line: 1, column: 1, length: name.unicodeScalars.count)
        let reader = YAMLReader()
        _ = reader.checkName(name, at: mark)
        if name != old, root[path.parent]?[name] != nil {
            let name = SafeText.quoted(name)
            reader.report(LocalizedText(en: "the name \(name) is taken", es: "el nombre \(name) ya se usa"), at: mark)
        }
        try reader.finish()
        root.change(at: path.parent) { node in
            guard case .mapping(var entries) = node.content, let place = entries.firstIndex(where: { $0.key == old })
            else { return }
            entries[place].key = name
            node.content = .mapping(entries)
        }
        let backend: String? = if path.count == 4, case .key(let key) = path.steps[1] { key } else { nil }
        let kind = path.count == 4 ? (path.steps[2] == .key("operations") ? "operations" : "servers") : section
        root.refer(to: name, insteadOf: old, PartReference(kind: kind, backend: backend), key: nil, holder: nil)
        return path.parent.key(name)
    }
}

/// How a kind of part is referred to.
private struct PartReference {
    /// The section of the file that declares it; `operations`, `servers`.
    var kind: String
    /// Of an operation.
    var backend: String?

    /// What a value becomes where it refers to the part.
    func replaced(_ text: String, _ old: String, _ new: String, key: String?, holder: String?) -> String? {
        let isCall = ["call", "send", "to"].contains(key) && text.contains(".")
        switch kind {
        case "backends" where isCall && text.hasPrefix(old + "."): return new + text.dropFirst(old.count)
        case "operations" where isCall && text == "\(backend ?? "").\(old)": return "\(backend ?? "").\(new)"
        case "backends" where text == old && ["kill", "restore", "on"].contains(key): return new
        case "servers" where text == old && ["kill", "restore", "on", "join", "leave"].contains(key): return new
        case "flows" where text == old && key == "flow": return new
        case "policies" where text == old && key == "with": return new
        case "keys" where text == old && key == "keys": return new
        case "caches" where text == old && key == "in" && ["cache", "write", "invalidate"].contains(holder): return new
        case "caches" where text == old && ["crash", "restart"].contains(key): return new
        case _ where key == "set": return inPath(text, old, new)
        default: return nil
        }
    }

    /// The path of a control or an intervention: `backends.sql.latency`.
    private func inPath(_ text: String, _ old: String, _ new: String) -> String? {
        var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let place: Int
        if kind == "operations" || kind == "servers" {
            guard parts.count > 3, parts[0] == "backends", parts[1] == backend, parts[2] == kind else { return nil }
            place = 3
        } else {
            guard parts.count > 1, parts[0] == kind else { return nil }
            place = 1
        }
        guard parts[place] == old else { return nil }
        parts[place] = new
        return parts.joined(separator: ".")
    }
}

extension YAMLNode {
    /// Holds what the author makes up, whatever it looks like.
    private static let data = ["args", "returns", "value", "label", "diagram"]

    /// - Parameters:
    ///   - key: under which it stands; items of a list stand under the list's.
    ///   - holder: under which that key's mapping stands.
    fileprivate mutating func refer(
        to name: String, insteadOf old: String, _ reference: PartReference, key: String?, holder: String?
    ) {
        switch content {
        case .scalar(let text, let plain):
            if let new = reference.replaced(text, old, name, key: key, holder: holder) {
                content = .scalar(new, plain: plain)
            }
        case .sequence(let items):
            content = .sequence(
                items.map { item in
                    var item = item
                    item.refer(to: name, insteadOf: old, reference, key: key, holder: holder)
                    return item
                })
        case .mapping(let entries):
            content = .mapping(
                entries.map { entry in
                    if Self.data.contains(entry.key) { return entry }
                    var entry = entry
                    entry.value.refer(to: name, insteadOf: old, reference, key: entry.key, holder: key)
                    return entry
                })
        }
    }
}
