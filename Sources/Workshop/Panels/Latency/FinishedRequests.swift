import Analysis
import Trace

/// The requests of a run in the order in which they end, by flow: so that a chart finds its points without a search.
struct FinishedRequests: Sendable {
    struct Entry: Hashable, Sendable {
        var request: RequestID
        var event: EventID
        var end: VirtualTime
        /// In nanoseconds.
        var latency: Int64
        var isOK: Bool
    }

    private let flows: [NameID: [Entry]]
    /// The longest latency of all, in nanoseconds.
    let longest: Int64

    /// O(n log n).
    init(_ index: TraceIndex) {
        var flows: [NameID: [Entry]] = [:]
        var longest: Int64 = 0
        for request in index.requests {
            guard let end = request.end, let latency = request.latency else { continue }
            longest = max(longest, latency)
            flows[request.flow, default: []].append(
                Entry(
                    request: request.id, event: request.endEvent, end: end, latency: latency,
                    isOK: request.outcome.isSuccess))
        }
        self.flows = flows.mapValues { $0.sorted { $0.event < $1.event } }
        self.longest = longest
    }

    func count(_ flow: NameID) -> Int { flows[flow]?.count ?? 0 }

    /// Those that have ended at a cursor. O(log n).
    func ended(_ flow: NameID, at cursor: Cursor) -> ArraySlice<Entry> {
        guard let entries = flows[flow] else { return [] }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if cursor.includes(entries[middle].event) { low = middle + 1 } else { high = middle }
        }
        return entries[..<low]
    }
}
