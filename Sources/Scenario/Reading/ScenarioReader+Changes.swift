/// Controls, marks and interventions.
extension ScenarioReader {
    static let actionKeys = ["kill", "restore", "crash", "restart", "join", "leave", "set"] + faultKeys
    private static let mostControlValues = 1000

    /// Whether its path and values fit the scenario is checked when the rest is known to be valid.
    func control(_ node: YAMLNode) -> Control? {
        reader.mapping(node, "a control") { map in
            let path = map.required("set").flatMap { reader.text($0, "a path, such as backends.sql.concurrency") }
            let label = map.optional("label").flatMap { reader.localizedText($0, "the label") }
            let range = map.one(of: ["values", "from"])
            let values = range.flatMap { $0.key == "values" ? self.values($0.value) : self.range(map, from: $0.value) }
            let labels = map.optional("labels").flatMap { self.labels($0, of: values ?? []) }
            guard let path, let values else { return nil }
            return Control(
                path: path, label: label ?? LocalizedText(path), range: Control.Range(values: values),
                labels: labels ?? [:])
        }
    }

    private func labels(_ node: YAMLNode, of values: [String]) -> [String: LocalizedText]? {
        // Nobody knows what fits values that cannot be read.
        if values.isEmpty { return nil }
        return reader.mapping(node, "the labels of values") { map in
            var labels: [String: LocalizedText] = [:]
            for value in values {
                labels[value] = map.optional(value).flatMap { reader.localizedText($0, "the label of a value") }
            }
            return labels
        }
    }

    private func values(_ node: YAMLNode) -> [String]? {
        guard let items = reader.sequence(node, "the values of a control") else { return nil }
        if items.isEmpty { reader.report("a control needs at least one value", at: node.mark) }
        return items.map(\.written)
    }

    private func range(_ map: YAMLMapping, from: YAMLNode) -> [String]? {
        let from = quantity(from)
        let to = map.required("to").flatMap(quantity)
        let stepNode = map.optional("step")
        let step = stepNode.flatMap(quantity)
        guard let from, let to, stepNode == nil || step != nil else { return nil }
        let place = stepNode ?? map.node["to"] ?? map.node
        guard from.kind == to.kind, from.units < to.units else {
            let message = from.kind == to.kind ? "from must be less than to" : "from and to have different units"
            reader.report(message, at: (map.node["to"] ?? map.node).mark)
            return nil
        }
        let size = step ?? Stepped(units: Stepped.scale, kind: .plain)
        guard size.kind == from.kind, size.units > 0 else {
            let example = Stepped(units: max(1, (to.units - from.units) / 10), kind: from.kind)
            reader.report(
                step == nil ? "this range needs a step" : "step does not go with from and to", at: place.mark,
                suggestion: "write a step such as \(example.kind.written(example.units))")
            return nil
        }
        guard (to.units - from.units) / size.units < Self.mostControlValues else {
            reader.report(
                "a control has at most \(Self.mostControlValues) values", at: place.mark,
                suggestion: "use a larger step")
            return nil
        }
        let steps = (to.units - from.units) / size.units
        return (0...steps).map { from.kind.written(from.units + $0 * size.units) }
    }

    private func quantity(_ node: YAMLNode) -> Stepped? {
        if let text = node.text, let stepped = Stepped(text) { return stepped }
        reader.report("expected a number with its unit, if it has one, found \(node.found)", at: node.mark)
        return nil
    }

    func mark(_ node: YAMLNode) -> Mark? {
        reader.mapping(node, "a mark") { map in
            let at = map.required("at").flatMap(self.moment)
            let label = map.required("label").flatMap { reader.localizedText($0, "the label") }
            if let at, let label { return Mark(at: at, label: label) }
            return nil
        }
    }

    /// Whether a `set` fits the scenario is checked when the rest is known to be valid.
    func intervention(_ node: YAMLNode) -> Intervention? {
        reader.mapping(node, "an intervention") { map in
            let at = map.required("at").flatMap(self.moment)
            let action = map.one(of: Self.actionKeys).flatMap { self.action($0.key, $0.value, map) }
            if let at, let action { return Intervention(at: at, action: action) }
            return nil
        }
    }

    private func action(_ key: String, _ node: YAMLNode, _ map: YAMLMapping) -> Intervention.Action? {
        switch key {
        case "kill": return backendName(node, key).map(Intervention.Action.kill)
        case "restore": return backendName(node, key).map(Intervention.Action.restore)
        case "crash": return cacheName(node, key).map(Intervention.Action.crash)
        case "restart": return cacheName(node, key).map(Intervention.Action.restart)
        case "join": return serverName(node, key).map(Intervention.Action.join)
        case "leave": return serverName(node, key).map(Intervention.Action.leave)
        case "set":
            let path = reader.text(node, "a path, such as backends.sql.concurrency")
            let value = map.required("to").map(\.written)
            if let path, let value { return .set(path: path, value: value) }
            return nil
        default:
            let fault = self.fault(key, node, map)
            let backend = map.required("on").flatMap { backendName($0, key) }
            let length = map.optional("for").flatMap(positive)
            if let fault, let backend { return .inject(fault, backend: backend, duration: length) }
            return nil
        }
    }
}
