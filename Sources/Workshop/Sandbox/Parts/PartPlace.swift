import Scenario

/// What stands at a place of a scenario file, as far as parts can be added to it.
enum PartPlace: Hashable {
    case system, backend, operations, operation, servers, server, balancer, health
    case cache, flush, policy, retry, breaker, bulkhead, rateLimit, hedge
    case layer, step
    case steps, call, send, loop, cacheStep, writeStep, choices, branch
    case client, arrivals, latency, faults, interventions
    case section(String)
    case other

    /// The places of a path and of everything that it stands in, the innermost first.
    static func all(of path: NodePath, in root: YAMLNode) -> [(path: NodePath, place: PartPlace)] {
        var found: [(path: NodePath, place: PartPlace)] = [(.root, .system)]
        var place = PartPlace.system
        for step in path.steps {
            let next =
                switch step {
                case .key(let key): found[found.count - 1].path.key(key)
                case .item(let index): found[found.count - 1].path.item(index)
                }
            place = place.inside(step, root[next])
            found.append((next, place))
        }
        return found.reversed()
    }

    private func inside(_ step: NodePath.Step, _ node: YAMLNode?) -> PartPlace {
        switch (self, step) {
        case (.system, .key("interventions")): .interventions
        case (.system, .key(let key)): .section(key)
        case (.section("network"), .key("hop")): .latency
        case (.section(let section), .key): Self.named[section] ?? .other
        case (.policy, .key("layers")): .policy
        case (.policy, .item): .layer
        case (.layer, .key(let layer)): Self.layers[layer] ?? .other
        // A list in a list is a sequence; a single step needs no list.
        case (.steps, .item): node?.items == nil ? .step : .steps
        case (.steps, .key(let key)), (.step, .key(let key)): Self.stepKinds[key] ?? .other
        case (.operations, .key): .operation
        case (.servers, .key): .server
        case (.choices, .item): .branch
        case (.choices, .key("of")): .choices
        case (_, .key(let key)): Self.keys[key]?(self) ?? .other
        case (_, .item): .other
        }
    }

    private static let named: [String: PartPlace] = [
        "backends": .backend, "caches": .cache, "policies": .policy, "flows": .steps, "clients": .client,
    ]
    private static let layers: [String: PartPlace] = [
        "retry": .retry, "breaker": .breaker, "bulkhead": .bulkhead, "rateLimit": .rateLimit, "hedge": .hedge,
    ]
    private static let stepKinds: [String: PartPlace] = [
        "call": .call, "send": .send, "sequence": .steps, "parallel": .steps, "forEach": .loop, "repeat": .loop,
        "guard": .loop, "cache": .cacheStep, "write": .writeStep, "choose": .choices, "wait": .latency,
        "fallback": .loop,
    ]
    /// By the key, whatever it stands in.
    private static let keys: [String: @Sendable (PartPlace) -> PartPlace] = [
        "latency": { _ in .latency }, "hop": { _ in .latency }, "think": { _ in .latency },
        "faults": { $0 == .backend || $0 == .server ? .faults : .other },
        "operations": { $0 == .backend ? .operations : .other },
        "servers": { $0 == .backend ? .servers : .other },
        "balancer": { $0 == .backend ? .balancer : .other },
        "health": { $0 == .balancer ? .health : .other },
        "flush": { $0 == .cache ? .flush : .other },
        "arrivals": { $0 == .client ? .arrivals : .other },
        "do": { [.operation, .loop, .cacheStep, .writeStep, .branch].contains($0) ? .steps : .other },
        "or": { $0 == .loop ? .steps : .other },
    ]
}
