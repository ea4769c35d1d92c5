import Trace

/// What happened in the policies of a run, as lists that can be asked about any window.
struct PolicyActivities: Sendable {
    struct Policy: Sendable {
        let name: NameID
        /// Places of its layers, outermost first.
        var layers: Range<Int>
        var started: [UInt32] = []
        var ended = OutcomeEvents()
        var inside = StepSeries()
    }

    var policies: [Policy] = []
    var layers: [LayerActivity] = []
    /// Places by name, -1 where there is none.
    private var policyPlaces: [Int32] = []
    private var layerPlaces: [Int32] = []

    /// Layers stand behind their policy, whose name and a dot begin theirs. Anything else is passed over.
    init(components: [Component], names: NameTable) {
        guard components.contains(where: { $0.kind == .policy }) else { return }
        policyPlaces = [Int32](repeating: -1, count: names.names.count)
        layerPlaces = policyPlaces
        for component in components where Int(component.name.rawValue) < layerPlaces.count {
            let number = Int(component.name.rawValue)
            if component.kind == .policy, policyPlaces[number] < 0 {
                policyPlaces[number] = Int32(policies.count)
                policies.append(Policy(name: component.name, layers: layers.count..<layers.count))
            } else if component.kind.isLayer, let policy = policies.last, layerPlaces[number] < 0 {
                let prefix = names[policy.name] + "."
                guard names[component.name].hasPrefix(prefix) else { continue }
                layerPlaces[number] = Int32(layers.count)
                let short = String(names[component.name].dropFirst(prefix.count))
                layers.append(
                    LayerActivity(
                        LayerInfo(id: component.name, policy: policy.name, name: short, kind: component.kind)))
                policies[policies.count - 1].layers = policy.layers.lowerBound..<layers.count
            }
        }
    }

    var isEmpty: Bool { policies.isEmpty }

    func place(ofPolicy name: NameID) -> Int? { Self.place(name, policyPlaces) }
    func place(ofLayer name: NameID) -> Int? { Self.place(name, layerPlaces) }

    /// `nil`: no layer of that name, or of another kind.
    func layer(_ name: NameID, _ kind: Component.Kind) -> LayerActivity? {
        place(ofLayer: name).map { layers[$0] }.flatMap { $0.info.kind == kind ? $0 : nil }
    }

    private static func place(_ name: NameID, _ places: [Int32]) -> Int? {
        Int(name.rawValue) < places.count && places[Int(name.rawValue)] >= 0 ? Int(places[Int(name.rawValue)]) : nil
    }
}
