import Scenario

/// What goes with a part that is removed, in words: a path only where there are none.
struct RemovalWords {
    private let root: YAMLNode
    private let removed: NodePath

    /// - Parameter removed: where the part stands in the system as it is.
    init(_ root: YAMLNode, _ removed: NodePath) {
        self.root = root
        self.removed = removed
    }

    /// What people call the part: its name, or its path where it has none.
    var name: String { removed.count <= 2 ? removed.name ?? "\(removed)" : "\(removed)" }

    /// Each once: a flow may call the part in several of its steps.
    func list(_ paths: [NodePath], _ language: Language) -> [String] {
        var lines: [String] = []
        for path in paths {
            let line = words(path)(language)
            if !lines.contains(line) { lines.append(line) }
        }
        return lines
    }

    private func words(_ path: NodePath) -> LocalizedText {
        guard path.count >= 2, case .key(let section) = path.steps[0] else { return LocalizedText("\(path)") }
        let node = root[path]
        guard case .key(let owner) = path.steps[1] else { return listed(section, node) ?? LocalizedText("\(path)") }
        switch section {
        case "flows" where path.count == 2: return LocalizedText(en: "the flow \(owner)", es: "el flujo \(owner)")
        case "clients" where path.count == 2:
            let flow = node?["flow"]?.text ?? ""
            return LocalizedText(
                en: "the client \(owner), which runs \(flow)", es: "el cliente \(owner), que ejecuta \(flow)")
        case "clients" where path.name == "keys":
            return LocalizedText(en: "the keys of the client \(owner)", es: "las claves del cliente \(owner)")
        case "backends" where path.count == 2:
            return LocalizedText(en: "the backend \(owner)", es: "el backend \(owner)")
        case "flows", "backends":
            if path.name == "with", let policy = node?.text {
                return LocalizedText(
                    en: "the policy \(policy) round a step of \(owner)",
                    es: "la política \(policy) en un paso de \(owner)")
            }
            return (path.index == nil ? nil : step(node, of: owner)) ?? LocalizedText("\(path)")
        default: return LocalizedText("\(path)")
        }
    }

    /// A step of a flow or of an operation.
    private func step(_ node: YAMLNode?, of owner: String) -> LocalizedText? {
        guard let entries = node?.entries, let first = entries.first else { return nil }
        if ["call", "send"].contains(first.key), let target = first.value.text ?? first.value["to"]?.text {
            let name = target.split(separator: ".").first.map(String.init) ?? target
            return LocalizedText(en: "the call from \(owner) to \(name)", es: "la llamada de \(owner) a \(name)")
        }
        return LocalizedText(en: "the step \(first.key) of \(owner)", es: "el paso \(first.key) de \(owner)")
    }

    /// An item of a list of the whole file.
    private func listed(_ section: String, _ node: YAMLNode?) -> LocalizedText? {
        let text = node?.summary(room: 30) ?? ""
        switch section {
        case "interventions":
            return LocalizedText(en: "the intervention \(text)", es: "la intervención \(text)")
        case "controls": return LocalizedText(en: "the control \(text)", es: "el control \(text)")
        default: return nil
        }
    }
}
