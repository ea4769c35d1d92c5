import Trace

/// How often each backend was called, by whom.
struct CallCounts {
    /// Callers in the order in which they first call.
    private(set) var callers: [NameID: [(caller: NameID, calls: Int)]] = [:]

    /// Of the whole run. O(spans · their depth).
    init(_ index: TraceIndex) {
        for id in index.spanOrder {
            let first = index.trace.events[Int(index.records[Int(id)].opened) - 1]
            guard first.kind == .callSent else { continue }
            let caller = index.caller(of: id)
            if let place = callers[first.component]?.firstIndex(where: { $0.caller == caller }) {
                callers[first.component]?[place].calls += 1
            } else {
                callers[first.component, default: []].append((caller, 1))
            }
        }
    }
}
