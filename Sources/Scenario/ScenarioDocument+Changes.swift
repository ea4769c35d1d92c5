/// Checks of the changes that a scenario offers: its controls and its interventions.
extension ScenarioDocument {
    /// Each check reads the scenario again; no file needs more than this many nodes read.
    private static let mostNodesRead = 1_000_000

    /// Tries the values of each control, and the interventions one after another in the order of their times.
    func checkChanges() throws(ScenarioError) {
        let reader = YAMLReader()
        let controls = Array(zip(scenario.controls, root["controls"]?.items ?? []))
        let interventions = Array(zip(scenario.interventions, root["interventions"]?.items ?? []))
        let tries = controls.reduce(interventions.count) { $0 + Self.values($1.0, $1.1).count }
        guard tries == 0 || tries <= Self.mostNodesRead / root.nodeCount else {
            reader.report(
                "too many values of controls and interventions for a scenario of this size", at: root.mark)
            return try reader.finish()
        }
        for (control, node) in controls { check(control, at: node, reader) }
        var document = self
        for index in interventions.indices.sorted(by: { left, right in
            (interventions[left].0.at, left) < (interventions[right].0.at, right)
        }) {
            let (intervention, node) = interventions[index]
            do {
                document = try document.applying(intervention, origin: "interventions")
            } catch {
                reader.report(error, path: node["set"] ?? node, value: node["to"] ?? node)
            }
        }
        try reader.finish()
    }

    private func check(_ control: Control, at node: YAMLNode, _ reader: YAMLReader) {
        for (value, place) in Self.values(control, node) {
            do {
                _ = try setting(control.path, to: value, origin: "control")
            } catch {
                reader.report(error, path: node["set"] ?? node, value: place)
                return
            }
        }
    }

    /// The values to try, each with its place. Of a range its ends: whatever is valid at both is valid between them.
    private static func values(_ control: Control, _ node: YAMLNode) -> [(value: String, place: YAMLNode)] {
        let values = control.range.values
        if let items = node["values"]?.items { return Array(zip(values, items)) }
        return Array(
            zip([values.first, values.last].compactMap(\.self), [node["from"], node["to"]].compactMap(\.self)))
    }
}

extension YAMLNode {
    /// How many nodes the tree has.
    fileprivate var nodeCount: Int {
        switch content {
        case .scalar: 1
        case .sequence(let items): items.reduce(1) { $0 + $1.nodeCount }
        case .mapping(let entries): entries.reduce(1) { $0 + $1.value.nodeCount }
        }
    }
}
