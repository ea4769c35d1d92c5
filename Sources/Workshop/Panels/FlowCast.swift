import Analysis
import TerminalKit
import Trace

/// Whom the requests of a flow talk to in a run, and what about: so that pictures of one request after another keep
/// their columns.
struct FlowCast: Hashable {
    /// Backends and caches, in the order of the scenario.
    var components: [NameID] = []
    /// The longest operation or cache key, in columns.
    var labelWidth = 0

    /// The casts of all flows. O(events).
    static func all(in index: TraceIndex) -> [NameID: FlowCast] {
        struct Line: Hashable {
            var flow: NameID
            var component: NameID
            var label: NameID
        }
        var flows = Array(repeating: NameID.none, count: index.requestCount + 1)
        var lines: Set<Line> = []
        for event in index.trace.events where Int(event.request.rawValue) < flows.count {
            switch event.kind {
            case .requestStarted: flows[Int(event.request.rawValue)] = event.detail
            case .callSent, .cacheLookup, .cacheStored, .cacheInvalidated:
                let flow = flows[Int(event.request.rawValue)]
                lines.insert(Line(flow: flow, component: event.component, label: event.detail))
            default: break
            }
        }
        var casts: [NameID: FlowCast] = [:]
        for flow in index.trace.components(.flow) {
            let own = lines.filter { $0.flow == flow.name }
            let met = Set(own.map(\.component))
            casts[flow.name] = FlowCast(
                components: index.trace.components.map(\.name).filter(met.contains),
                labelWidth: own.map { Text.width(index.trace.name($0.label)) }.max() ?? 0)
        }
        return casts
    }
}
