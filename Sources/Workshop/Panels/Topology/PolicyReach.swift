import Analysis
import Trace

/// Which policies stand before which backends, as far as the calls of a run show it.
struct PolicyReach: Sendable {
    private let policies: [NameID: [NameID]]

    /// Passes of each policy that are looked at: what a policy guards does not change from pass to pass.
    private static let enough = 256

    /// O(events).
    init(_ index: TraceIndex) {
        var passes: [NameID: Int] = [:]
        var policies: [NameID: [NameID]] = [:]
        for event in index.trace.events where event.kind == .guardStarted {
            guard passes[event.component, default: 0] < Self.enough else { continue }
            passes[event.component, default: 0] += 1
            guard let call = index.firstCall(in: event.span) else { continue }
            if policies[call.component]?.contains(event.component) != true {
                policies[call.component, default: []].append(event.component)
            }
        }
        self.policies = policies
    }

    /// The layers of a kind that calls to a backend go through.
    func layers(_ kind: Component.Kind, before backend: NameID, in index: TraceIndex) -> [LayerInfo] {
        guard let policies = policies[backend] else { return [] }
        return index.policies.filter { policies.contains($0.id) }.flatMap(\.layers).filter { $0.kind == kind }
    }
}
