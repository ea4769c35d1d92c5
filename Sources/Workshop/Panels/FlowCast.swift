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
        var flows = Array(repeating: NameID.none, count: index.requestCount + 1)
        var met: [NameID: Met] = [:]
        let names = index.trace.names.names.count
        var latest = (flow: NameID.none, met: Met(names: names))
        for event in index.trace.events where Int(event.request.rawValue) < flows.count {
            switch event.kind {
            case .requestStarted: flows[Int(event.request.rawValue)] = event.detail
            case .callSent, .cacheLookup, .cacheStored, .cacheInvalidated:
                let flow = flows[Int(event.request.rawValue)]
                if flow != latest.flow || met.isEmpty {
                    latest = (flow, met[flow] ?? Met(names: names))
                    met[flow] = latest.met
                }
                latest.met.add(event)
            default: break
            }
        }
        return met.mapValues { met in
            FlowCast(
                components: index.trace.components.map(\.name).filter { met.components[Int($0.rawValue)] },
                labelWidth: met.labels.indices.filter { met.labels[$0] }
                    .map { Text.width(index.trace.names.names[$0]) }.max() ?? 0)
        }
    }

    /// Names that were seen, each a place in a table.
    private final class Met {
        private(set) var components: [Bool]
        private(set) var labels: [Bool]

        init(names: Int) {
            components = Array(repeating: false, count: names)
            labels = components
        }

        func add(_ event: Event) {
            if Int(event.component.rawValue) < components.count { components[Int(event.component.rawValue)] = true }
            if Int(event.detail.rawValue) < labels.count { labels[Int(event.detail.rawValue)] = true }
        }
    }
}
