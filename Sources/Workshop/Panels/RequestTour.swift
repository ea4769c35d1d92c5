import Analysis
import Trace

/// Which request to show while nobody has chosen one: from its start to its end, then the next one that starts.
///
/// With many requests at once, always showing the newest would leave no time to see any of them through.
public struct RequestTour: Sendable {
    /// In the order of their starts.
    private let starts: [(event: EventID, request: RequestID)]

    /// O(k log n) for a tour of k requests.
    init(_ index: TraceIndex) {
        var starts: [(event: EventID, request: RequestID)] = []
        var next = 1
        while next <= index.requestCount, let request = index.request(RequestID(UInt32(next))) {
            starts.append((request.startEvent, request.id))
            guard let end = request.end else { break }
            let startedBefore = index.trace.eventCount(through: VirtualTime(nanoseconds: end.nanoseconds - 1))
            next = max(next, index.requestsStarted(at: Cursor(time: end, eventCount: startedBefore))) + 1
        }
        self.starts = starts
    }

    /// The request to show; `nil` before the first one starts. O(log k).
    func request(at cursor: Cursor) -> RequestID? {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if cursor.includes(starts[middle].event) { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : starts[low - 1].request
    }
}
