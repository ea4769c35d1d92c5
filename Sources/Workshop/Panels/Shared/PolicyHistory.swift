import Trace

/// The changes of breakers and of bulkheads' limits in a run, by layer: so that a picture of the whole run finds them
/// without a search.
struct PolicyHistory: Sendable {
    struct Change: Hashable, Sendable {
        var event: EventID
        var time: VirtualTime
        var kind: EventKind
        var value: Int64
    }

    private let changes: [NameID: [Change]]
    /// Of limits that move by themselves, the highest they get.
    private let highestLimits: [NameID: Int64]

    /// O(events) for a run with policies.
    init(_ trace: Trace) {
        var changes: [NameID: [Change]] = [:]
        if !trace.components(.policy).isEmpty {
            let concurrent = trace.names.find("concurrent")
            for (position, event) in trace.events.enumerated() {
                switch event.kind {
                case .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerDisabled, .limitChanged: break
                case .layerConfigured where event.detail == concurrent: break
                default: continue
                }
                changes[event.component, default: []].append(
                    Change(
                        event: EventID(UInt32(position + 1)), time: event.time, kind: event.kind, value: event.value))
            }
        }
        self.changes = changes
        highestLimits = changes.compactMapValues { all in
            all.contains { $0.kind == .limitChanged } ? all.map(\.value).max() : nil
        }
    }

    /// All of them, in order.
    func changes(of layer: NameID) -> [Change] { changes[layer] ?? [] }

    /// The highest that a limit gets in the whole run; `nil`: it does not move by itself.
    func highestLimit(of layer: NameID) -> Int64? { highestLimits[layer] }
}
